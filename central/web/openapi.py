"""The table of routes as an OpenAPI 3.1 document. Shapes come from the wire types themselves (msgspec), so they cannot differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

import msgspec

from central.problems import PROBLEMS, ProblemCode
from central.web import examples
from central.web.route import AN_ID, ANYWHERE, PATH, Parameter, Route, Who
from central.web.routes import ROUTES
from pos.sync import protocol as wire

_REF: Final = "#/components/schemas/{name}"
_JSON: Final = "application/json"
_PROBLEM: Final = "application/problem+json"
PAYLOADS: Final[Mapping[str, type[wire.Wire]]] = {
    wire.OperationKind.SALE.value: wire.SalePayload,
    wire.OperationKind.STOCK.value: wire.StockPayload,
    wire.OperationKind.PRODUCT.value: wire.ProductPayload,
    wire.OperationKind.SESSION_OPENED.value: wire.SessionOpenedPayload,
    wire.OperationKind.SESSION_CLOSED.value: wire.SessionClosedPayload,
    wire.OperationKind.ORDER_COMMAND.value: wire.OrderCommandPayload,
    wire.OperationKind.ORDER_PICKED_UP.value: wire.OrderPickedUpPayload,
    wire.OperationKind.CASH_MOVEMENT.value: wire.CashMovementPayload,
    wire.OperationKind.TENDER_SETTLED.value: wire.TenderSettledPayload,
    wire.OperationKind.CREDIT.value: wire.CreditPayload,
    wire.OperationKind.DEPOSIT.value: wire.DepositPayload,
    wire.OperationKind.STOCK_TAKE.value: wire.StockTakePayload,
    wire.OperationKind.PRODUCT_EDIT.value: wire.ProductEditPayload,
    wire.OperationKind.SET_ASIDE.value: wire.SetAsidePayload,
}
_FILES: Final = (wire.MirrorHead, wire.MirrorLine)
"""Shapes of the protocol that no place is asked with."""
_TAGS: Final[Mapping[Who, str]] = {
    Who.DEVICE_KEY: "tills",
    Who.DEVICE: "tills",
    Who.BUYER: "buyers",
    Who.OFFICER: "officers",
    Who.CITY: "city",
}
_SECURITY: Final[Mapping[Who, list[dict[str, list[str]]]]] = {
    Who.DEVICE_KEY: [{"proof": []}],
    Who.DEVICE: [{"proof": [], "access": []}],
    Who.BUYER: [{"buyer": []}],
    Who.OFFICER: [{"officer": []}],
    Who.CITY: [{"officer": []}],
}


def program_version() -> str:
    """Of the installed program."""
    try:
        return version("epeken-pos")
    except PackageNotFoundError:
        return "0"


def document() -> dict[str, Any]:
    """The whole document, as what JSON can say."""
    types = [kind for route in ROUTES for kind in (route.request, route.answer) if kind is not None]
    schemas, components = msgspec.json.schema_components([*types, wire.Problem, *PAYLOADS.values(), *_FILES], ref_template=_REF)
    named = dict(zip(map(str, types), schemas, strict=False))
    # the schema of raw JSON is empty; say what it may hold
    components["Operation"]["properties"]["payload"] = {
        "description": "By `kind`: " + ", ".join(f"{kind} {shape.__name__}" for kind, shape in PAYLOADS.items()),
        "anyOf": [{"$ref": _REF.format(name=shape.__name__)} for shape in PAYLOADS.values()],
    }
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, named)
    paths["/health"] = {"get": _health()}
    whole = {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "e-Peken central",
            "version": program_version(),
            "summary": f"Protocol {wire.PROTOCOL_VERSION} between tills, buyers and the city",
            "description": "The prose to it is docs/protocol.md: hashes, signatures, and what each end does when something goes wrong.",
            "license": {"name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"},
        },
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "proof": {"type": "apiKey", "in": "header", "name": "DPoP", "description": "RFC 9449, by Ed25519, with the server's nonce"},
                "access": {"type": "http", "scheme": "DPoP", "description": "The access token, bound to the proof's key"},
                "buyer": {"type": "http", "scheme": "bearer"},
                "officer": {"type": "http", "scheme": "bearer"},
            },
        },
    }
    found: dict[str, Any] = _plain(whole)
    return found


def _operation(route: Route, schemas: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "tags": [_TAGS[route.who]],
        "security": _SECURITY[route.who],
        "responses": {"200": _good(route, schemas), **_bad((*route.problems, *ANYWHERE))},
    }
    parameters = [*_in_path(route), *route.query]
    if parameters:
        found["parameters"] = [
            {"name": one.name, "in": one.where, "required": one.required, "schema": one.schema, "example": one.example}
            for one in parameters
        ]
    if route.request is not None:
        content = {"schema": schemas[str(route.request)], "example": _plain(route.request_example)}
        found["requestBody"] = {"required": True, "description": "May be gzipped (Content-Encoding: gzip).", "content": {_JSON: content}}
    return found


def _in_path(route: Route) -> list[Parameter]:
    names = [part[1:-1] for part in route.path.split("/") if part.startswith("{")]
    return [Parameter(name, "path", PATH.get(name, AN_ID), examples.IN_PATH[name]) for name in names]


def _good(route: Route, schemas: Mapping[str, Any]) -> dict[str, Any]:
    good: dict[str, Any] = {
        "description": "Done",
        "content": {_JSON: {"schema": schemas[str(route.answer)], "example": _plain(route.example)}},
    }
    if route.who.is_till:
        good["headers"] = {"DPoP-Nonce": {"description": "For the next proof; on refusals, too", "schema": {"type": "string"}}}
    return good


def _bad(codes: Iterable[ProblemCode]) -> dict[str, Any]:
    by_status: dict[str, list[ProblemCode]] = {}
    for code in codes:
        by_status.setdefault(str(PROBLEMS[code][0]), []).append(code)
    return {
        status: {
            "description": "; ".join(f"`{code.value}`: {PROBLEMS[code][1]}" for code in found),
            "content": {
                _PROBLEM: {
                    "schema": {"$ref": _REF.format(name="Problem")},
                    "example": {"code": found[0].value, "title": PROBLEMS[found[0]][1], "status": int(status)},
                }
            },
        }
        for status, found in sorted(by_status.items())
    }


def _health() -> dict[str, Any]:
    schema = {"type": "object", "properties": {"status": {"const": "ok"}, "version": {"type": "string"}}, "required": ["status", "version"]}
    return {
        "operationId": "health",
        "summary": "Whether the server and its database answer",
        "security": [],
        "responses": {
            "200": {"description": "They do", "content": {_JSON: {"schema": schema, "example": {"status": "ok", "version": "0.1.0"}}}},
            **_bad([ProblemCode.BUSY]),
        },
    }


def _plain(message: object) -> Any:
    return msgspec.json.decode(msgspec.json.encode(message))
