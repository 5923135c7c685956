"""Running an import as an admin does."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

ImportText = Callable[..., dict[str, Any]]


@pytest.fixture
def import_text(tmp_path: Path, db: None) -> ImportText:
    """Import an export given as text; the summary as `--json` prints it."""

    def run(text: str | bytes, **options: Any) -> dict[str, Any]:
        path = tmp_path / "export.xml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        output = StringIO()
        call_command("import_wordpress", str(path), json=True, stdout=output, stderr=StringIO(), **options)
        summary: dict[str, Any] = json.loads(output.getvalue())
        return summary

    return run
