"""docs/permissions.md says what the code does."""

import re

from tests.access.document import DOCUMENT, filled_in


def test_tables_of_permissions_are_what_the_code_and_the_matrix_say() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")

    assert set(re.findall(r"<!-- (\w+) -->", text)) == {"roles", "scopes", "operations", "size", "end"}
    assert "not in the schema" not in text
    assert text == filled_in(text), "run `make schema` and commit the result"
