"""Cursor pagination by key: a page starts after the last row of the one before, so new rows never shift it.

The cost of a page does not depend on how far into the list it is, given an index over the order's columns.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

import orjson
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.errors import InvalidParameters

MAX_LIMIT = 100
DEFAULT_LIMIT = 20
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Order:
    """A total order: columns with `-` for descending, the last of them unique. All must be non-null in the list.

    `attributes` name the model's own fields that hold the same values, where the columns are those of a join.
    """

    name: str
    columns: tuple[str, ...]
    attributes: tuple[str, ...] = ()

    @property
    def fields(self) -> list[str]:
        """Where a row of the list carries its position."""
        return [column.lstrip("-") for column in self.attributes or self.columns]

    def reversed(self) -> list[str]:
        return [column[1:] if column.startswith("-") else f"-{column}" for column in self.columns]


@dataclass(frozen=True)
class Page(Generic[M]):
    """Rows in order, and the cursors of the pages around them (None where there are none)."""

    rows: Sequence[M]
    next_cursor: str | None
    previous_cursor: str | None


class PageQuery(serializers.Serializer[Any]):
    """Query parameters that every list takes."""

    cursor = serializers.CharField(
        required=False, max_length=400, help_text="Where the page starts: taken from `next` or `previous`."
    )
    limit = serializers.IntegerField(
        required=False, default=DEFAULT_LIMIT, min_value=1, max_value=MAX_LIMIT, help_text="Rows on a page."
    )


@dataclass(frozen=True)
class Position:
    """Where a page starts: beside the row with these values in the order's columns, or at the beginning (None).
    `backwards`: the page ends before that row instead of starting after it."""

    values: Sequence[Any] | None = None
    backwards: bool = False


def position_of(cursor: str | None, order: Order, model: type[Model]) -> Position:
    """What the cursor says. Raises InvalidParameters for a foreign one."""
    if not cursor:
        return Position()
    backwards, values = _decode(cursor, order, model)
    return Position(values, backwards)


def from_position(queryset: QuerySet[M], order: Order, position: Position) -> QuerySet[M]:
    """The rows from there on, in the order in which a page takes them: nearest first."""
    if position.values is not None:
        queryset = queryset.filter(_beyond(order.columns, position.values, backwards=position.backwards))
    return queryset.order_by(*(order.reversed() if position.backwards else order.columns))


def page_of_rows(rows: list[M], order: Order, position: Position, *, limit: int) -> Page[M]:
    """A page of the first rows from the position; `rows` holds one more than the page where there are more."""
    more = len(rows) > limit
    rows = rows[:limit]
    if position.backwards:
        rows.reverse()
    has_next = bool(rows) and (more or position.backwards)
    has_previous = bool(rows) and position.values is not None and (more or not position.backwards)
    return Page(
        rows,
        _encode(order, rows[-1], backwards=False) if has_next else None,
        _encode(order, rows[0], backwards=True) if has_previous else None,
    )


def paginate(queryset: QuerySet[M], order: Order, *, cursor: str | None, limit: int) -> Page[M]:
    """One page of the queryset in that order. Runs one query; raises InvalidParameters for a foreign cursor."""
    return paginate_together([queryset], order, cursor=cursor, limit=limit)


def paginate_together(querysets: Sequence[QuerySet[M]], order: Order, *, cursor: str | None, limit: int) -> Page[M]:
    """One page of the rows of all these querysets, which have none in common: one query each.

    So each walks the index that suits it, where one query for all of them, with an OR, would walk none.
    """
    position = position_of(cursor, order, querysets[0].model)
    rows = [row for queryset in querysets for row in from_position(queryset, order, position)[: limit + 1]]
    if len(querysets) > 1:
        for column in reversed(order.columns):
            field = order.fields[order.columns.index(column)]
            rows.sort(key=attrgetter(field), reverse=column.startswith("-") != position.backwards)
    return page_of_rows(rows[: limit + 1], order, position, limit=limit)


def page_response(request: Request, page: Page[Any], results: Sequence[Any]) -> Response:
    """The body of a list, with `next` and `previous` repeated as Link headers."""
    links = {
        "next": _link(request, page.next_cursor),
        "previous": _link(request, page.previous_cursor),
    }
    response = Response({"results": results, **links})
    header = ", ".join(
        f'<{url}>; rel="{rel}"' for rel, url in (("next", links["next"]), ("prev", links["previous"])) if url
    )
    if header:
        response.headers["Link"] = header
    return response


def _link(request: Request, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    given = request.query_params.lists()
    query = [(name, value) for name, values in given if name != "cursor" for value in values]
    return f"{request.build_absolute_uri(request.path)}?{urlencode([*query, ('cursor', cursor)])}"


def _beyond(columns: Sequence[str], position: Sequence[Any], *, backwards: bool) -> Q:
    """Rows after `position`: (a, b) > (x, y) written as a ≥ x and (a > x or b > y), which indexes understand."""
    column, value = columns[0], position[0]
    descending = column.startswith("-")
    name = column.lstrip("-")
    comparison = "lt" if descending != backwards else "gt"
    beyond = Q(**{f"{name}__{comparison}": value})
    if len(columns) == 1:
        return beyond
    tied = Q(**{name: value}) & _beyond(columns[1:], position[1:], backwards=backwards)
    return Q(**{f"{name}__{comparison}e": value}) & (beyond | tied)


def _encode(order: Order, row: Model, *, backwards: bool) -> str:
    payload = [order.name, int(backwards), *(getattr(row, field) for field in order.fields)]
    return base64.urlsafe_b64encode(orjson.dumps(payload)).decode().rstrip("=")


def _decode(cursor: str, order: Order, model: type[Model]) -> tuple[bool, list[Any]]:
    try:
        payload = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        name, backwards, *values = payload
        if name != order.name or backwards not in (0, 1) or len(values) != len(order.columns):
            raise ValueError("another list's cursor")
        fields = [model._meta.get_field(name) for name in order.fields]
        position = [_clean(field, value) for field, value in zip(fields, values, strict=True)]
    except (ValueError, TypeError, binascii.Error, ValidationError, OverflowError) as error:
        raise InvalidParameters(
            [
                {
                    "parameter": "cursor",
                    "detail": "This cursor does not belong to this list. Start again without one.",
                    "code": "invalid_cursor",
                }
            ]
        ) from error
    return bool(backwards), position


def _clean(field: Any, value: Any) -> Any:
    """The value as the column's type; anything else that a stranger put into a cursor is refused."""
    if value is None or isinstance(value, bool | float | dict | list):
        raise ValueError("not a position")
    if isinstance(value, str) and ("\0" in value or len(value) > 200):
        raise ValueError("not a position")
    cleaned = field.to_python(value)
    if isinstance(cleaned, int) and not -(2**63) <= cleaned < 2**63:
        raise ValueError("out of range")
    return cleaned
