"""The API as a page to read, made of the OpenAPI document. Nothing is fetched from elsewhere: it works in a room without internet."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from typing import Any, Final

_STYLE: Final = """
body { font: 17px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1d2733; background: #fff }
h2 { margin-top: 2.5rem; border-top: 1px solid #c9d3cd; padding-top: 1rem } h3 { margin-bottom: .3rem }
code, pre { font: 15px/1.45 ui-monospace, monospace; background: #f1f4f0; border-radius: 4px } code { padding: 0 .25em }
pre { padding: .75rem; overflow-x: auto } table { border-collapse: collapse; width: 100% }
td, th { text-align: left; vertical-align: top; border-bottom: 1px solid #dfe6e1; padding: .3rem .6rem .3rem 0 }
"""


def page(document: dict[str, Any]) -> str:
    """HTML of the whole API."""
    info = document["info"]
    return "".join(
        [
            f"<!doctype html><html lang='en'><meta charset='utf-8'><title>{_text(info['title'])}</title><style>{_STYLE}</style>",
            f"<h1>{_text(info['title'])} {_text(info['version'])}</h1><p>{_text(info['summary'])}. {_text(info['description'])}</p>",
            "<p>As data: <a href='openapi.json'>openapi.json</a> (OpenAPI 3.1)</p>",
            *_places(document),
            "<h2>Messages</h2>",
            *_shapes(document["components"]["schemas"]),
        ]
    )


def _places(document: dict[str, Any]) -> Iterator[str]:
    for path, methods in document["paths"].items():
        for method, place in methods.items():
            yield f"<h2 id='{place['operationId']}'><code>{method.upper()} {_text(path)}</code></h2><p>{_text(place['summary'])}.</p>"
            if "requestBody" in place:
                yield "<h3>Sent</h3>" + _content(place["requestBody"]["content"])
            yield "<h3>Told</h3><table>"
            for status, answer in place["responses"].items():
                yield f"<tr><th>{status}<td>{_marked(answer['description'])}"
                yield _content(answer["content"]) if status == "200" else ""
            yield "</table>"


def _content(content: dict[str, Any]) -> str:
    (found,) = content.values()
    example = json.dumps(found["example"], indent=2, ensure_ascii=False)
    return f"<p>{_kind(found['schema'])}</p><pre>{_text(example)}</pre>"


def _shapes(schemas: dict[str, Any]) -> Iterator[str]:
    for name, schema in sorted(schemas.items()):
        yield f"<h3 id='{name}'>{name}</h3><p>{_marked(schema.get('description', ''))}</p><table>"
        needed = set(schema.get("required", ()))
        for field, kind in schema.get("properties", {}).items():
            default = "" if field in needed else f" = {_text(json.dumps(kind.get('default')))}"
            yield f"<tr><th>{_text(field)}<td>{_kind(kind)}{default}<td>{_marked(kind.get('description', ''))}"
        yield "</table>"


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return f"<a href='#{name}'>{name}</a>"
    if "anyOf" in schema:
        return " or ".join(_kind(each) for each in schema["anyOf"])
    if "prefixItems" in schema:
        return f"({', '.join(_kind(each) for each in schema['prefixItems'])})"
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    return _text(str(schema.get("type", "any")))


def _marked(words: str) -> str:
    """Text with `code` in it."""
    return "".join(f"<code>{_text(part)}</code>" if place % 2 else _text(part) for place, part in enumerate(words.split("`")))


def _text(words: str) -> str:
    return html.escape(words)
