"""The known failures of a shop, as codes with fields. Owns no sentences: `pos.ui.messages` has those.

Everything a person at the counter can meet and mend is a `ShopError`. A bug is anything else.
"""

from __future__ import annotations

from enum import StrEnum


class ErrorCode(StrEnum):
    """What went wrong, so that a screen can say it and name the way on."""

    UNCLEAR_AMOUNT = "unclear_amount"
    UNCLEAR_QUANTITY = "unclear_quantity"
    UNKNOWN_BARCODE = "unknown_barcode"
    EMPTY_BASKET = "empty_basket"
    BASKET_CHANGED = "basket_changed"
    TOO_LITTLE_MONEY = "too_little_money"
    NO_CASH_SESSION = "no_cash_session"
    CASH_SESSION_ALREADY_OPEN = "cash_session_already_open"
    BASKET_NOT_EMPTY = "basket_not_empty"
    PRODUCT_NOT_FOUND = "product_not_found"
    SALE_NOT_FOUND = "sale_not_found"
    QUANTITY_OUT_OF_RANGE = "quantity_out_of_range"
    AMOUNT_OUT_OF_RANGE = "amount_out_of_range"
    # online orders
    ORDER_NOT_FOUND = "order_not_found"
    ORDER_STEP_NOT_ALLOWED = "order_step_not_allowed"
    PICKUP_CODE_UNREADABLE = "pickup_code_unreadable"
    PICKUP_CODE_FORGED = "pickup_code_forged"
    PICKUP_CODE_USED = "pickup_code_used"
    PICKUP_CODE_UNKNOWN = "pickup_code_unknown"
    PICKUP_TOO_MANY_TRIES = "pickup_too_many_tries"
    # the store
    DISK_FULL = "disk_full"
    FOLDER_READ_ONLY = "folder_read_only"
    STORE_BUSY = "store_busy"
    STORE_IN_USE = "store_in_use"
    STORE_DAMAGED = "store_damaged"
    STORE_NEWER = "store_newer"
    STORE_ON_NETWORK = "store_on_network"
    # the line
    NO_LINE = "no_line"
    CENTRAL_REFUSED = "central_refused"
    CENTRAL_UNREADABLE = "central_unreadable"
    PAIRING_CODE_WRONG = "pairing_code_wrong"
    PAIRING_CODE_USED = "pairing_code_used"
    PAIRING_CODE_EXPIRED = "pairing_code_expired"
    PAIRING_TOO_MANY_TRIES = "pairing_too_many_tries"
    PAIRING_OTHER_SHOP = "pairing_other_shop"
    ALREADY_PAIRED = "already_paired"
    NOT_PAIRED = "not_paired"
    DEVICE_REVOKED = "device_revoked"
    PROGRAM_TOO_OLD = "program_too_old"
    TLS_FAILED = "tls_failed"
    CLOCK_WRONG = "clock_wrong"
    NO_KEYRING = "no_keyring"
    SETTINGS_BROKEN = "settings_broken"
    # paper
    PRINTER_NOT_SET = "printer_not_set"
    PRINTER_NOT_FOUND = "printer_not_found"
    PRINT_JOB_NOT_FOUND = "print_job_not_found"
    # spreadsheets
    SHEET_UNREADABLE = "sheet_unreadable"
    SHEET_PASSWORD = "sheet_password"
    SHEET_EMPTY = "sheet_empty"
    SHEET_NO_COLUMNS = "sheet_no_columns"
    SHEET_TOO_LONG = "sheet_too_long"
    SHEET_KIND_UNKNOWN = "sheet_kind_unknown"
    SHEET_NOT_FOUND = "sheet_not_found"


class ShopError(Exception):
    """A known failure. `fields` fill the sentence; they never hold personal data.

    Attributes:
        code: which failure.
        fields: values for the sentence (`{"typed": "12,500"}`).
    """

    def __init__(self, code: ErrorCode, **fields: object) -> None:
        self.code = code
        self.fields = fields
        super().__init__(code.value, fields)
