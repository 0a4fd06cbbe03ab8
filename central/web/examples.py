"""A message of each kind, for the pages. Made of the wire types, so that no example can be of another shape."""

from __future__ import annotations

from typing import Final

import msgspec

from central.qris_text import QrisText
from pos.sync import protocol as wire

_SHOP: Final = "6f1c0f6e2b8d4a7f9a51c2d3e4f50617"
_DEVICE: Final = "0d9f8e7c6b5a49382716f5e4d3c2b1a0"
_PRODUCT: Final = "11112222333344445555666677778888"
_UNIT: Final = "99990000aaaabbbbccccddddeeeeffff"
_ORDER: Final = "a1b2c3d4e5f60718293a4b5c6d7e8f90"
_KEY: Final = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
_NOW: Final = 1_795_500_000_000
_STATIC: Final = QrisText(
    (
        ("00", "01"),
        ("01", "11"),
        ("51", "0014ID.CO.QRIS.WWW0215ID10203040506070303UMI"),
        ("52", "5411"),
        ("53", "360"),
        ("58", "ID"),
        ("59", "TOKO SINAR JAYA"),
        ("60", "SURABAYA"),
        ("61", "60111"),
    ),
    "ID1020304050607",
    "TOKO SINAR JAYA",
)
QRIS_TEXT: Final = _STATIC.for_amount(12_500, "0011223344556677")

_ENTRY: Final = f"{_DEVICE}.1.7"
IN_PATH: Final = {"shop": _SHOP, "order": _ORDER, "device": _DEVICE, "user_code": "WDJB-MJHT", "entry": _ENTRY}

shop_info: Final = wire.ShopInfo(uid=_SHOP, name="Toko Sinar Jaya", address="Jl. Kenanga 12, Surabaya", cap_amount=30_000_000)
enrol_request: Final = wire.EnrolRequest(code="7KQM-3XWD", public_key=_KEY, device_name="Kasir depan", program="epeken-pos 0.1.0")
enrol_answer: Final = wire.EnrolAnswer(
    device=_DEVICE,
    prefix="A",
    epoch=1,
    timeline="5b1f7d0c9e8a4b6c8d2e3f4051627384",
    shop=shop_info,
    access_token="bxwPbiuNSn-aUcLT5PUGFw.kJ4Yb0m8u3S6zq1rC2t5vXyZaBdEfGhI",
    access_expires_in=3600,
    refresh_token="bxwPbiuNSn-aUcLT5PUGFw.pQ7Lw9n2k4J6h8G0f1D3s5A7z9X1c3V5",
    server_key=_KEY,
    server_time=_NOW,
)
device_start: Final = wire.DeviceStart(public_key=_KEY, device_name="Kasir depan", program="epeken-pos 0.1.0")
device_started: Final = wire.DeviceStarted(
    device_code="GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS-g",
    user_code="WDJB-MJHT",
    verification_uri="https://epeken.example/pair",
    verification_uri_complete="https://epeken.example/pair?code=WDJB-MJHT",
    expires_in=900,
)
device_poll: Final = wire.DevicePoll(device_code=device_started.device_code)
token_request: Final = wire.TokenRequest(refresh_token=enrol_answer.refresh_token)
token_answer: Final = wire.TokenAnswer(access_token=enrol_answer.access_token, access_expires_in=3600, server_time=_NOW)

sale: Final = wire.SalePayload(
    receipt="A1-000001-3f9c",
    session="c0ffee00c0ffee00c0ffee00c0ffee00",
    total=7_000,
    lines=(wire.SaleLine(product=_PRODUCT, unit=_UNIT, factor=1, quantity=2, unit_price=3_500, amount=7_000),),
    payments=(wire.Payment(tender="cash", amount=7_000, received=50_000, change=43_000),),
)
operation: Final = wire.Operation(
    id="3f9c2d1e0b4a59687786950a1b2c3d4e", seq=1, kind="sale@1", at=_NOW, payload=msgspec.Raw(wire.encode(sale))
)
sync_request: Final = wire.SyncRequest(
    protocol=wire.PROTOCOL_VERSION,
    cursor="",
    batch=wire.Batch(epoch=1, prev_hash=wire.GENESIS, operations=(operation,)),
    handshake=wire.Handshake(epoch=1, last_seq=1, acked_seq=0, chain_hash=wire.GENESIS),
)
_head: Final = wire.chain_hash(
    wire.GENESIS, operation.id, operation.seq, operation.kind, operation.at, wire.payload_hash(bytes(operation.payload))
)
sync_answer: Final = wire.SyncAnswer(
    results=(wire.OperationResult(id=operation.id, status="applied", flags=("stock_negative",)),),
    acked_seq=1,
    chain_hash=_head,
    head_signature="rG0f1D3s5A7z9X1c3V5pQ7Lw9n2k4J6h8G0f1D3s5A7z9X1c3V5pQ7Lw9n2k4J6h8G0f1D3s5A7z9X1c3V5pQw",
    changes=(wire.Change(seq=1, kind="shop", uid=_SHOP, shop=shop_info),),
    cursor="5b1f7d0c9e8a4b6c8d2e3f4051627384.1-0.2",
    more=False,
    timeline=enrol_answer.timeline,
    server_time=_NOW,
    next_sync_in=60_000,
    wait=True,
)
wait_answer: Final = wire.WaitAnswer(changed=True)
recovery_request: Final = wire.RecoveryRequest(scope="shop", since=_NOW - 7 * 86_400_000, kinds=("sale@1",))
recovery_answer: Final = wire.RecoveryAnswer(
    operations=(
        wire.KnownOperation(
            device=_DEVICE, prefix="A", epoch=1, operation=operation, status="applied", received_at=_NOW + 900, booked_at=_NOW
        ),
    ),
    cursor=f"{_DEVICE}.1.1",
    more=False,
    server_time=_NOW + 1_000,
)
issue_qris: Final = wire.IssueQris(id="00112233445566778899aabbccddeeff", amount=12_500, reference="A1-000001")
issued_qris: Final = wire.IssuedQris(
    uid=issue_qris.id,
    payload=QRIS_TEXT,
    expires_at=_NOW + 300_000,
    nmid="ID1020304050607",
    merchant="TOKO SINAR JAYA",
)

listed_goods: Final = wire.ListedGoods(
    product=_PRODUCT,
    name="Indomie Goreng",
    category="Mi instan",
    size="85 g",
    unit="bungkus",
    unit_uid=_UNIT,
    factor=1,
    price=3_500,
    sellable=38,
)
place_order: Final = wire.PlaceOrder(
    id="00112233445566778899aabbccddeeff",
    shop=_SHOP,
    items=(wire.BasketItem(product=_PRODUCT, unit_uid=_UNIT, count=2),),
    slot_from=_NOW + 3_600_000,
    slot_to=_NOW + 7_200_000,
    note="kecap botol kaca",
)
buyer_order: Final = wire.BuyerOrder(uid=_ORDER, number="1000", shop=_SHOP, status="placed", version=1, total=7_000, paid=False)

officer_shop: Final = wire.OfficerShop(uid=_SHOP, name="Toko Sinar Jaya", address="Jl. Kenanga 12", tills=2, seen_at=_NOW, quarantined=1)
officer_device: Final = wire.OfficerDevice(
    uid=_DEVICE, prefix="A", name="Kasir depan", program="epeken-pos 0.1.0", created_at=_NOW - 86_400_000, seen_at=_NOW
)
device_asking: Final = wire.DeviceAsking(
    user_code="WDJB-MJHT", device_name="Kasir depan", program="epeken-pos 0.1.0", fingerprint="1IG2tMH7", state="pending"
)
device_decision: Final = wire.DeviceDecision(shop=_SHOP)
pairing_code: Final = wire.PairingCode(code="7KQM-3XWD", expires_at=_NOW + 86_400_000)
quarantine_entry: Final = wire.QuarantineEntry(
    name=_ENTRY, source="operation", operation=operation.id, kind="sale@2", code="kind_unknown", at=_NOW, size=214
)
quarantine_shown: Final = wire.QuarantineShown(entry=quarantine_entry, payload=wire.b64(wire.encode(sale)))
released: Final = wire.Released(names=(_ENTRY,))
shop_figures: Final = wire.ShopFigures(
    shop=_SHOP, sales=151, turnover=4_215_500, duplicates=0, quarantined=1, goods=1_204, on_hand=18_400, open_orders=2
)
city_figures: Final = wire.CityFigures(shops=1_100, tills=1_320, silent=12, goods=940_000, open_orders=310, quarantined=4)
