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
    RUPIAH_TOO_LITTLE = "rupiah_too_little"
    STOCK_SHORT = "stock_short"
    LOOSE_STICK = "loose_stick"
    SCALE_SILENT = "scale_silent"
    SCALE_MOVING = "scale_moving"
    SCALE_OVERLOAD = "scale_overload"
    SCALE_NEGATIVE = "scale_negative"
    SCALE_EMPTY = "scale_empty"
    SCALE_NOT_FOR = "scale_not_for"
    LABEL_CHECK_WRONG = "label_check_wrong"
    LABEL_PATTERN_WRONG = "label_pattern_wrong"
    PACK_EMPTY = "pack_empty"
    PACK_NOT_SET = "pack_not_set"
    DEPOSIT_NEEDS_CUSTOMER = "deposit_needs_customer"
    DEPOSIT_TOO_MANY = "deposit_too_many"
    # paying
    TENDER_TOO_MUCH = "tender_too_much"
    TENDER_EMPTY = "tender_empty"
    CUSTOMER_NEEDED = "customer_needed"
    CUSTOMER_NOT_FOUND = "customer_not_found"
    CUSTOMER_NAME_EMPTY = "customer_name_empty"
    CREDIT_LIMIT = "credit_limit"
    REPAYMENT_TOO_MUCH = "repayment_too_much"
    TITIPAN_TOO_LITTLE = "titipan_too_little"
    QRIS_UNREADABLE = "qris_unreadable"
    QRIS_NOT_OURS = "qris_not_ours"
    QRIS_OVER_CAP = "qris_over_cap"
    QRIS_NOT_SET = "qris_not_set"
    QRIS_NOT_PAID = "qris_not_paid"
    QRIS_GONE = "qris_gone"
    LATE_MONEY_NO_MATCH = "late_money_no_match"
    # after the sale
    NOT_THIS_SESSION = "not_this_session"
    NOT_CORRECTABLE = "not_correctable"
    ALREADY_CORRECTED = "already_corrected"
    EMPTY_RETURN = "empty_return"
    RETURN_TOO_MANY = "return_too_many"
    DRAWER_TOO_EMPTY = "drawer_too_empty"
    REASON_NEEDED = "reason_needed"
    # people and the drawer
    NEEDS_ROLE = "needs_role"
    PIN_WRONG = "pin_wrong"
    PIN_WAIT = "pin_wait"
    PIN_SHAPE = "pin_shape"
    PIN_EASY = "pin_easy"
    USER_NAME_EMPTY = "user_name_empty"
    USER_NAME_TAKEN = "user_name_taken"
    USER_NOT_FOUND = "user_not_found"
    USER_TOO_MANY = "user_too_many"
    LAST_OWNER = "last_owner"
    CASH_SHORT = "cash_short"
    COUNT_DIFFERS = "count_differs"
    KEY_TAKEN = "key_taken"
    KEY_NOT_ALLOWED = "key_not_allowed"
    # online orders
    ORDER_NOT_FOUND = "order_not_found"
    ORDER_STEP_NOT_ALLOWED = "order_step_not_allowed"
    PICKUP_CODE_UNREADABLE = "pickup_code_unreadable"
    PICKUP_CODE_FORGED = "pickup_code_forged"
    PICKUP_CODE_USED = "pickup_code_used"
    PICKUP_CODE_UNKNOWN = "pickup_code_unknown"
    PICKUP_TOO_MANY_TRIES = "pickup_too_many_tries"
    PICKUP_EARLY = "pickup_early"
    PICKUP_LATE = "pickup_late"
    # the store
    DISK_FULL = "disk_full"
    FOLDER_READ_ONLY = "folder_read_only"
    STORE_BUSY = "store_busy"
    STORE_IN_USE = "store_in_use"
    STORE_DAMAGED = "store_damaged"
    STORE_NEWER = "store_newer"
    STORE_ON_NETWORK = "store_on_network"
    COPY_NOT_A_SHOP = "copy_not_a_shop"
    COPY_DAMAGED = "copy_damaged"
    COPY_PASSPHRASE_WRONG = "copy_passphrase_wrong"
    COPY_PASSPHRASE_SHORT = "copy_passphrase_short"
    COPY_PLACE_MISSING = "copy_place_missing"
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
    GRANT_EXPIRED = "grant_expired"
    GRANT_DENIED = "grant_denied"
    STILL_UNSENT = "still_unsent"
    MIRROR_MISSING = "mirror_missing"
    ASIDE_GONE = "aside_gone"
    EDIT_GONE = "edit_gone"
    SETTINGS_BROKEN = "settings_broken"
    # paper
    PRINTER_NOT_SET = "printer_not_set"
    PRINTER_NOT_FOUND = "printer_not_found"
    PRINT_JOB_NOT_FOUND = "print_job_not_found"
    PRINTER_BUSY = "printer_busy"
    PRINTER_OTHER_PAPER = "printer_other_paper"
    LOGO_UNREADABLE = "logo_unreadable"
    LOGO_TOO_LARGE = "logo_too_large"
    LOGO_EMPTY = "logo_empty"
    NOTA_NOT_A_SALE = "nota_not_a_sale"
    NOTA_TAKEN_BACK = "nota_taken_back"
    NOTA_NOT_PAID = "nota_not_paid"
    BUYER_TOO_LONG = "buyer_too_long"
    LABELS_NONE = "labels_none"
    LABELS_TOO_MANY = "labels_too_many"
    PDF_NOT_WRITTEN = "pdf_not_written"
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
