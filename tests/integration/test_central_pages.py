"""The OpenAPI document and the page to read: whole, true to 3.1 by shape, and no example of another shape than its schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
import requests

from central.problems import PROBLEMS, ProblemCode
from central.web.openapi import document
from central.web.routes import ANYWHERE, ROUTES
from pos.sync import protocol as wire
from tests.helpers.central import City

METHODS = {"get", "post"}


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return document()


def walk(value: Any) -> Iterator[Any]:
    yield value
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for child in children:
        yield from walk(child)


def mismatch(value: Any, schema: dict[str, Any], schemas: dict[str, Any], place: str = "$") -> str:
    """Where a value is not what its schema says; empty when it is. The part of JSON Schema that the document uses."""
    if "$ref" in schema:
        return mismatch(value, schemas[schema["$ref"].removeprefix("#/components/schemas/")], schemas, place)
    if "anyOf" in schema:
        found = [mismatch(value, one, schemas, place) for one in schema["anyOf"]]
        return "" if "" in found else found[0]
    if "const" in schema:
        return "" if value == schema["const"] else place
    kinds: dict[str, tuple[type, ...]] = {
        "object": (dict,),
        "array": (list,),
        "string": (str,),
        "integer": (int,),
        "boolean": (bool,),
        "null": (type(None),),
    }
    if "type" in schema and not isinstance(value, kinds[schema["type"]]):
        return f"{place}: {schema['type']}"
    if isinstance(value, list):
        return next(filter(None, (mismatch(item, schema["items"], schemas, f"{place}[]") for item in value)), "")
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        missing = set(schema.get("required", ())) - value.keys()
        if missing or value.keys() - properties.keys():
            return f"{place}: {missing or value.keys() - properties.keys()}"
        return next(filter(None, (mismatch(item, properties[name], schemas, f"{place}.{name}") for name, item in value.items())), "")
    return ""


def test_the_document_has_the_shape_of_openapi_3_1(told: dict[str, Any]) -> None:
    assert re.fullmatch(r"3\.1\.\d+", told["openapi"])
    assert set(told) <= {"openapi", "info", "jsonSchemaDialect", "paths", "components"}
    assert {"title", "version"} <= set(told["info"])
    names = []
    for path, item in told["paths"].items():
        assert path.startswith("/")
        assert set(item) <= METHODS
        for place in item.values():
            names.append(place["operationId"])
            assert set(place) <= {"operationId", "summary", "tags", "security", "parameters", "requestBody", "responses"}
            in_path = {part["name"] for part in place.get("parameters", ()) if part["in"] == "path"}
            assert in_path == set(re.findall(r"\{(\w+)\}", path))
            for status, answer in place["responses"].items():
                assert re.fullmatch(r"[1-5]\d\d", status)
                assert answer["description"]
                assert set(answer) <= {"description", "headers", "content"}
            for need in place["security"]:
                assert set(need) <= set(told["components"]["securitySchemes"])
    assert len(names) == len(set(names))


def test_every_reference_leads_somewhere(told: dict[str, Any]) -> None:
    references = [item["$ref"] for item in walk(told) if isinstance(item, dict) and "$ref" in item]
    assert references
    for reference in references:
        assert reference.removeprefix("#/components/schemas/") in told["components"]["schemas"]


def test_every_route_has_its_messages_and_examples(told: dict[str, Any]) -> None:
    schemas = told["components"]["schemas"]
    for route in ROUTES:
        place = told["paths"][route.path][route.method.lower()]
        contents = [answer["content"] for answer in place["responses"].values()]
        if route.request is not None:
            assert place["requestBody"]["content"]["application/json"]["schema"] == {
                "$ref": f"#/components/schemas/{route.request.__name__}"
            }
            contents.append(place["requestBody"]["content"])
        for content in contents:
            ((_, found),) = content.items()
            assert mismatch(found["example"], found["schema"], schemas) == ""
        codes = {code for answer in place["responses"].values() for code in re.findall(r"`(\w+)`", answer["description"])}
        assert codes == {code.value for code in (*route.problems, *ANYWHERE)}


def test_every_message_of_the_wire_is_described(told: dict[str, Any]) -> None:
    kinds = {name for name, kind in vars(wire).items() if isinstance(kind, type) and issubclass(kind, wire.Wire) and kind is not wire.Wire}
    assert kinds == set(told["components"]["schemas"])


def test_every_problem_has_a_status_and_a_title_and_is_told_somewhere() -> None:
    assert set(PROBLEMS) == set(ProblemCode)
    told = {code for route in ROUTES for code in route.problems}
    assert set(ProblemCode) - told == {*ANYWHERE, ProblemCode.NO_SUCH_PLACE, ProblemCode.METHOD_NOT_ALLOWED}


class _Tags(HTMLParser):
    """Open tags, ids and links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        found = dict(attrs)
        self.ids.add(found.get("id") or "")
        self.links.add(found.get("href") or "")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_pages_are_served_and_need_nothing_from_elsewhere(city: City, told: dict[str, Any]) -> None:
    assert requests.get(f"{city.url}/openapi.json", timeout=10).json() == told
    page = requests.get(f"{city.url}/docs", timeout=10)
    assert page.headers["Content-Type"].startswith("text/html")
    tags = _Tags()
    tags.feed(page.text)
    assert not tags.tags & {"script", "link", "img", "iframe"}
    assert {link.removeprefix("#") for link in tags.links if link.startswith("#")} <= tags.ids
    assert {link for link in tags.links if link and not link.startswith("#")} == {"openapi.json"}
    assert {route.name for route in ROUTES} <= tags.ids
