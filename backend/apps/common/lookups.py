"""Lookups of our own."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db.models import IntegerField, Lookup

if TYPE_CHECKING:
    _Lookup = Lookup[Any]
else:
    _Lookup = Lookup


@IntegerField.register_lookup
class Among(_Lookup):
    """`id__among=[…]`: one of hundreds of whole numbers. They are written into the statement: as parameters, they
    take Django and the driver longer than the whole query takes the database."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        numbers = ",".join([str(int(number)) for number in self.rhs])
        if not numbers:
            raise EmptyResultSet
        column, values = self.process_lhs(compiler, connection)
        # PostgreSQL reads one array in half the time that it takes for a list of as many numbers.
        among = f"= ANY ('{{{numbers}}}'::bigint[])" if connection.vendor == "postgresql" else f"IN ({numbers})"
        return f"{column} {among}", values
