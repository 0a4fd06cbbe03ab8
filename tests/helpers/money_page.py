"""The payment page in tests: goods on the counter, then what a cashier does with the money, and what a phone reads off the screen."""

from __future__ import annotations

import numpy
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.domain.changed import Changed
from pos.domain.customer import Customer
from pos.domain.sale import Tender
from pos.ui.payment.page import PaymentPage
from pos.ui.sale.customer_dialog import CustomerDialog
from tests.helpers.counter_window import CounterWindow, settle
from tests.helpers.paying import MI
from tests.helpers.stage import button_of


def to_the_money(counter: CounterWindow, *codes: str) -> PaymentPage:
    for code in codes or (MI,):
        counter.scan(code)
    counter.key("F9")
    page = counter.sale.payment
    assert page.isVisible()
    return page


def click(counter: CounterWindow, words: str) -> None:
    QTest.mouseClick(button_of(counter.window, words), Qt.MouseButton.LeftButton)
    settle()


def choose_customer(counter: CounterWindow, customer: Customer) -> None:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CustomerDialog)
    dialog.field.setText(customer.name)
    settle()
    click(counter, customer.name)


def hear(counter: CounterWindow) -> None:
    """What the sync worker says after the feed brought something."""
    counter.application.context.changed.emit(Changed(sales=True))
    settle()


def code_on_screen(page: PaymentPage) -> str:
    """The QR as a phone reads it off the screen."""
    image = page.entry.qris.code.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = memoryview(image.constBits()).tobytes()
    picture = numpy.frombuffer(pixels, numpy.uint8).reshape(image.height(), image.bytesPerLine())[:, : image.width()]
    found = zxingcpp.read_barcodes(picture)
    assert len(found) == 1
    return found[0].text


def paid(counter: CounterWindow) -> list[tuple[Tender, int]]:
    return [(part.tender, part.amount) for part in counter.sales()[0].payments]
