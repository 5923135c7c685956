"""Columns that several apps' models take."""

import zlib
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    _TextField = models.Field[str, str]
else:
    _TextField = models.Field

_LEVEL = 3
"""Of compression: a third of the time of the usual 6, for a tenth more bytes."""


class CompressedTextField(_TextField):
    """Long text that is kept small: compressed in the database, a plain `str` in Python. Cannot be searched there."""

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        prepared_value = super().get_db_prep_value(value, connection, prepared)
        return None if prepared_value is None else connection.Database.Binary(prepared_value)

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else zlib.compress(str(value).encode(), _LEVEL)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        return None if value is None else zlib.decompress(bytes(value)).decode()

    def to_python(self, value: Any) -> str:
        return str(value)

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))
