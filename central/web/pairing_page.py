"""`/pair`: the page that a till's QR leads to. An officer types the code and their token, sees which till asks, and says of which
shop it is.

No script, no cookie: each step is a form that carries what the one before was told. Its words are the officers': Indonesian.
"""

from __future__ import annotations

import html
from collections.abc import Awaitable, Callable, Mapping
from typing import Final
from urllib.parse import parse_qs

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection

from central import figures, grants, officers
from central.officers import Officer, OfficerRole
from central.problems import ProblemCode, Refusal
from central.web import bodies
from central.web.service import Service
from central.world import World

PAGE: Final = grants.PAGE
_SAFE: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_STYLE: Final = """
body { font: 19px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 2rem auto; padding: 0 1rem; color: #1d2733; background: #fff }
label { display: block; margin-top: 1rem } input, select, button { font: inherit; min-height: 3rem; width: 100%; box-sizing: border-box }
button { margin-top: 1rem; border: 0; border-radius: 6px; background: #17694a; color: #fff } button.no { background: #8a1f1f }
dt { color: #55616b } dd { margin: 0 0 .6rem; font-weight: 600 } p.wrong { color: #8a1f1f }
"""
_WRONG: Final[Mapping[ProblemCode, str]] = {
    ProblemCode.CODE_WRONG: "Kode tidak dikenal atau sudah kedaluwarsa. Minta kode baru di kasir.",
    ProblemCode.TOO_MANY_TRIES: "Terlalu banyak kode salah. Coba lagi seperempat jam lagi.",
    ProblemCode.TOKEN_MISSING: "Token petugas belum diisi.",
    ProblemCode.TOKEN_WRONG: "Token petugas tidak dikenal.",
    ProblemCode.SHOP_UNKNOWN: "Toko ini bukan di bawah petugas ini.",
    ProblemCode.ROLE_MAY_NOT: "Hanya petugas yang boleh memasangkan kasir.",
    ProblemCode.TOO_MANY_REQUESTS: "Terlalu banyak permintaan. Tunggu sebentar.",
    ProblemCode.BUSY: "Server sedang sibuk. Coba lagi sebentar lagi.",
}
_UNCLEAR: Final = "Tidak berhasil. Coba lagi."
_DONE: Final = {
    grants.State.APPROVED: "Kasir sudah dipasangkan. Layar kasir akan berlanjut sendiri.",
    grants.State.DENIED: "Permintaan ditolak.",
}


def handlers(world: World, service: Service) -> tuple[Callable[[Request], Awaitable[Response]], Callable[[Request], Awaitable[Response]]]:
    """Of GET and POST."""

    async def show(request: Request) -> Response:
        try:
            service.address_may(request)
        except Refusal as refused:
            return _page(_first("", _words(refused)), refused)
        return _page(_first(request.query_params.get("code", "")))

    async def decide(request: Request) -> Response:
        form: Mapping[str, str] = {}
        try:
            service.address_may(request)
            form = _form(await bodies.read_body(request))
            told = await service.in_thread(lambda: _work(world, form))
            return _page(told) if isinstance(told, str) else _page(_first(form.get("code", ""), _words(told)), told)
        except Refusal as refused:
            return _page(_first(form.get("code", ""), _words(refused)), refused)

    return show, decide


def _form(body: bytes) -> dict[str, str]:
    try:
        found = parse_qs(body.decode("ascii"), max_num_fields=10)
    except (UnicodeDecodeError, ValueError) as error:
        raise Refusal(ProblemCode.UNREADABLE) from error
    return {name: values[0][:200] for name, values in found.items()}


def _work(world: World, form: Mapping[str, str]) -> str | Refusal:
    """The next step's page. A refusal that is returned is kept: a wrong code was counted."""
    with world.database.write() as connection:
        officer = officers.officer_of(connection, form.get("token", "").strip())
        if officer.role is not OfficerRole.OFFICER:
            raise Refusal(ProblemCode.ROLE_MAY_NOT)
        found = grants.asking(world, connection, form.get("code", ""), officer.uid)
        if isinstance(found, Refusal):
            return found
        if found.state is not grants.State.PENDING:
            return f"<p>{_DONE[found.state]}</p>"
        if "answer" not in form:
            return _second(connection, officer, found, form)
        approve = form["answer"] == "yes"
        shop = officers.shop_of(connection, officer, form.get("shop", ""), changes=True) if approve else 0
        return f"<p>{_DONE[grants.decide(connection, found, shop, approve, officer.uid)]}</p>"


def _first(code: str, wrong: str = "") -> str:
    said = f"<p class='wrong' role='alert'>{_text(wrong)}</p>" if wrong else ""
    return (
        f"{said}<form method='post' action='{PAGE}' autocomplete='off'>"
        f"<label>Kode di layar kasir<input name='code' required maxlength='9' value='{_text(code)}'></label>"
        "<label>Token petugas<input name='token' type='password' required></label><button>Lanjut</button></form>"
    )


def _second(connection: Connection, officer: Officer, found: grants.Asking, form: Mapping[str, str]) -> str:
    shops = "".join(
        f"<option value='{shop.uid}'>{_text(f'{shop.name}, {shop.address}')}</option>" for shop in figures.shops_of(connection, officer.uid)
    )
    kept = "".join(f"<input type='hidden' name='{name}' value='{_text(form.get(name, ''))}'>" for name in ("code", "token"))
    return (
        f"<dl><dt>Kasir</dt><dd>{_text(found.device_name)}</dd><dt>Program</dt><dd>{_text(found.program)}</dd>"
        f"<dt>Sidik kunci</dt><dd>{_text(found.fingerprint)}</dd></dl>"
        f"<form method='post' action='{PAGE}'>{kept}<label>Toko<select name='shop'>{shops}</select></label>"
        "<button name='answer' value='yes'>Pasangkan dengan toko ini</button>"
        "<button class='no' name='answer' value='no' formnovalidate>Tolak</button></form>"
    )


def _page(body: str, refused: Refusal | None = None) -> Response:
    headers = dict(_SAFE)
    if refused is not None and refused.retry_after is not None:
        headers["Retry-After"] = str(refused.retry_after)
    whole = (
        "<!doctype html><html lang='id'><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        f"<title>Pasangkan kasir - e-Peken</title><style>{_STYLE}</style><h1>Pasangkan kasir</h1>{body}"
    )
    return HTMLResponse(whole, status_code=refused.status if refused is not None else 200, headers=headers)


def _words(refused: Refusal) -> str:
    return _WRONG.get(refused.code, _UNCLEAR)


def _text(words: str) -> str:
    return html.escape(words, quote=True)
