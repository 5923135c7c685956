"""The commands in docs/api.md work as they stand, one after the other in one shell, against a real server."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from apps.accounts.tests.factories import UserFactory
from apps.media.tests.pictures import picture

API_DOC = Path(__file__).resolve().parents[2] / "docs" / "api.md"


def shell_commands(document: Path) -> str:
    """All `sh` blocks of a document, as one script that stops at the first failure and says which line it was."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", document.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return "\n".join(["set -euo pipefail", "trap 'echo \"failed: $BASH_COMMAND\" >&2' ERR", *blocks])


@pytest.mark.django_db(transaction=True)
def test_commands_of_the_api_guide_work(live_server: Any, tmp_path: Path) -> None:
    (tmp_path / "portrait.jpg").write_bytes(picture("JPEG"))
    UserFactory.create(username="writer", password="an author's password", roles=["author"])
    for name in ("moderator", "another"):
        UserFactory.create(username=name, password="a moderator's password", roles=["moderator"])
    script = shell_commands(API_DOC)
    result = subprocess.run(
        ["bash", "-c", script],
        env={
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "BASE": live_server.url,
            "PORTRAIT": str(tmp_path / "portrait.jpg"),
            "AUTHOR_NAME": "writer",
            "AUTHOR_PASSWORD": "an author's password",
            "MODERATOR_NAME": "moderator",
            "MODERATOR_PASSWORD": "a moderator's password",
            "ANOTHER_NAME": "another",
            "ANOTHER_PASSWORD": "a moderator's password",
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-2000:]


def test_the_guide_has_commands() -> None:
    assert shell_commands(API_DOC).count("curl") > 10
