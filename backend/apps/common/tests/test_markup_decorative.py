"""A picture may say nothing on purpose, and is told from one whose words are missing."""

import pytest

from apps.common.markup import render
from apps.common.markup.anatomy import dissect


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('![](/media/a.webp "")', [True]),
        ("![](</media/a b.webp> '')", [True]),
        ("![](/media/a.webp)", [False]),
        ('![Pans](/media/a.webp "")', [False]),
        ('![](/media/a.webp "Pans")', [False]),
        ('[![](/media/a.webp "")](/posts/salt)', [True]),
        ('![](/media/a.webp "") and ![](/media/b.webp)', [True, False]),
        ('`![](/media/a.webp "")`', []),
    ],
)
def test_empty_title_says_that_there_is_nothing_to_describe(body: str, expected: list[bool]) -> None:
    assert [image.decorative for image in dissect(render(body, "markdown")).images] == expected


def test_imported_text_says_it_in_html() -> None:
    html = render('<img src="/media/a.webp" alt="" role="presentation">', "html")
    assert 'role="presentation"' in html
    assert dissect(html).images[0].decorative


@pytest.mark.parametrize("role", ["button", "alert", "presentation button", ""])
def test_no_other_role_gets_through(role: str) -> None:
    assert "role" not in render(f'<img src="/media/a.webp" alt="" role="{role}">', "html")
    assert "role" not in render('<p role="presentation">x</p>', "html")
