"""A preview says where each block stands in the source; nothing else about it differs from what readers get."""

import re

import pytest

from apps.common.markup import render, render_preview

TEXT = """# Salt

It keeps.[^1]

- one
- two

> quoted

```python
x = 1
```

    indented

| a | b |
|---|---|
| 1 | 2 |

![Pans](/pans.png "At dawn")

<div>raw</div>

***

[^1]: Mostly.
"""


def test_preview_names_the_line_of_each_block() -> None:
    html = render_preview(TEXT, "markdown")
    for tag, line in {
        "h1": 1,
        "p": 3,
        "ul": 5,
        "blockquote": 8,
        "pre": 10,
        "table": 16,
        "figure": 20,
        "hr": 24,
    }.items():
        assert f'<{tag} data-line="{line}"' in re.sub(r'(<\w+)[^>]*?( data-line="\d+")', r"\1\2", html), tag
    assert re.search(r'<li[^>]* data-line="6"', html)


def _without_lines(html: str) -> str:
    """Nor the attributes that every image is given, which come in no certain order."""
    return re.sub(r' (data-line="\d+"|loading="lazy"|decoding="async")', "", html)


def test_preview_is_otherwise_what_readers_get() -> None:
    assert _without_lines(render_preview(TEXT, "markdown")) == _without_lines(render(TEXT, "markdown"))
    assert render_preview("<p>As it was.</p>", "html") == "<p>As it was.</p>"


def test_readers_get_no_lines() -> None:
    assert "data-line" not in render(TEXT + '\n<p data-line="3">x</p>', "markdown")


@pytest.mark.parametrize("value", ["x", "-1", "1 onclick=alert(1)", ""])
def test_a_line_is_a_number(value: str) -> None:
    assert "data-line" not in render_preview(f'<p data-line="{value}">x</p>', "html")
