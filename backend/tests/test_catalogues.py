"""Every text that mails and pages of ours say is translated, and the compiled catalogues are those of their sources."""

from pathlib import Path

import pytest

from tools.catalogues import catalogues, problems_of, texts


def test_there_are_texts_and_a_catalogue() -> None:
    assert "Hello %(name)s," in texts()
    assert "Your password was changed" in texts()
    assert [path.parent.parent.name for path in catalogues()] == ["de"]


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: path.parent.parent.name)
def test_catalogue_is_complete_and_compiled(path: Path) -> None:
    assert problems_of(path) == [], "run `python3 -m tools.catalogues write` and translate what is new"
