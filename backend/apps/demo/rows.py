"""Rows straight into a table, past what a model does when it is saved."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Max, Model


def write_rows(model: type[Model], objects: Iterable[Any]) -> None:
    """Insert rows with their ids: by COPY on PostgreSQL, one prepared statement elsewhere. Several times as fast as
    bulk_create, which builds each statement anew."""
    fields = model._meta.concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column or field.attname) for field in fields)
    table = quote(model._meta.db_table)
    rows: Iterator[list[Any]] = (
        [field.get_db_prep_save(getattr(obj, field.attname), connection) for field in fields] for obj in objects
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(fields))
        while batch := list(islice(rows, 5000)):
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", batch)  # noqa: S608


def next_id(model: type[Model]) -> int:
    """The id of the next row: one more than the largest that there is."""
    rows = model._default_manager.aggregate(last=Max("pk"))
    return int(rows["last"] or 0) + 1
