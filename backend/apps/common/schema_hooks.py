"""What the contract says of every operation, added to the finished OpenAPI document in one place.

Headers and errors that any answer may have, 304 where an ETag can be sent along, and the bounds of numbers: none of
them belongs to a single view, and written by hand at each they would be forgotten at some.
"""

from collections.abc import Iterator
from typing import Any

from apps.common.fields import MAX_ID

Document = dict[str, Any]

HEADERS: Document = {
    "X-Request-ID": {
        "description": "The request's id, as in the server's logs: yours from the request, or a new one.",
        "schema": {"type": "string", "maxLength": 128},
    },
    "RateLimit": {
        "description": "What is left of the limit, and the seconds until it is whole again.",
        "schema": {"type": "string", "maxLength": 200},
    },
    "RateLimit-Policy": {
        "description": "The limit: requests (q) in so many seconds (w).",
        "schema": {"type": "string", "maxLength": 200},
    },
    "Access-Control-Allow-Origin": {
        "description": "Sent to pages of other origins: any may read this.",
        "schema": {"type": "string", "const": "*"},
    },
    "Retry-After": {
        "description": "Seconds to wait before trying again.",
        "schema": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 86_400},
    },
    "ETag": {
        "description": "The version and a digest of what was sent, for If-Match and If-None-Match.",
        "schema": {"type": "string", "maxLength": 100},
    },
    "Location": {
        "description": "The address of what was made.",
        "schema": {"type": "string", "maxLength": 2000},
    },
    "Link": {
        "description": "The pages after and before this one, as `next` and `prev`.",
        "schema": {"type": "string", "maxLength": 5000},
    },
}
ANYWHERE = {
    "401": "The access token is not good, or no longer.",
    "500": "Something is wrong on our side; the request id helps to find out what.",
}
WHOLE_NUMBERS = {"int32": 2**31 - 1, "int64": MAX_ID}
MOST_RESULTS = 100
MOST_ITEMS = 1000
DATE_LENGTHS = {"date-time": 40, "date": 10, "uri": 2000, "email": 254}


def describe_contract(result: Document, generator: Any, request: Any, public: bool) -> Document:
    """The hook that drf-spectacular calls with the finished document."""
    result.setdefault("components", {})["headers"] = HEADERS
    for path, method, operation in _operations(result):
        _add_errors(operation)
        if "/posts/{slug}" in path:
            operation["responses"]["308"] = {"description": "The post has another slug now: see Location."}
        if any(parameter.get("name") == "If-None-Match" for parameter in operation.get("parameters", [])):
            operation["responses"]["304"] = {"description": "Nothing has changed since the ETag that you sent."}
        operation["responses"] = dict(sorted(operation["responses"].items()))
        for status, response in operation["responses"].items():
            response["headers"] = {**_headers(method, status, response), **response.get("headers", {})}
    for schema in _schemas(result):
        _bound(schema)
    return result


def _operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    for path, methods in document.get("paths", {}).items():
        for method, operation in methods.items():
            if method in {"get", "post", "put", "patch", "delete"}:
                yield path, method, operation


def _add_errors(operation: Document) -> None:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, description in ANYWHERE.items():
        operation["responses"].setdefault(status, {"description": description, "content": problem})


def _headers(method: str, status: str, response: Document) -> Document:
    names = ["X-Request-ID", "RateLimit", "RateLimit-Policy", "Access-Control-Allow-Origin"]
    if status in {"429", "503"}:
        names.append("Retry-After")
    if status in {"200", "201", "304"}:
        names.append("ETag")
    if status in {"201", "308"}:
        names.append("Location")
    if status == "200" and method == "get" and "Page" in str(response.get("content")):
        names.append("Link")
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _schemas(node: Any) -> Iterator[Document]:
    """Every schema in the document, however deep."""
    if isinstance(node, dict):
        if isinstance(node.get("type"), str | list):
            yield node
        for key, value in node.items():
            if key == "properties":
                yield from _schemas(list(value.values()))  # their names are no keywords
            elif key not in {"example", "examples", "default", "enum"}:
                yield from _schemas(value)
    elif isinstance(node, list):
        for value in node:
            yield from _schemas(value)


def _bound(schema: Document) -> None:
    """Give numbers their width, lists, dates and addresses their length, where the view has not."""
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if "integer" in kinds:
        width = schema.setdefault("format", "int32" if schema.get("maximum", 2**62) < 2**31 else "int64")
        schema.setdefault("minimum", 0)
        schema.setdefault("maximum", WHOLE_NUMBERS.get(width, WHOLE_NUMBERS["int64"]))
    if "array" in kinds:
        schema.setdefault("maxItems", MOST_ITEMS)
    results = schema.get("properties", {}).get("results")
    if results:
        results.setdefault("maxItems", MOST_RESULTS)
    if "string" in kinds and "enum" not in schema and schema.get("format") in DATE_LENGTHS:
        schema.setdefault("maxLength", DATE_LENGTHS[schema["format"]])
