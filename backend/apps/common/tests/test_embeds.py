"""Callouts, embeds and figures: what makes one, and that no text can forge another."""

from html.parser import HTMLParser

import pytest

from apps.common.markup import render
from apps.common.markup.embeds import IDS, Embed, embed_of, is_embed_id
from apps.common.tests.test_markup import ATTACKS, Guard

VIDEO = "dQw4w9WgXcQ"


@pytest.mark.parametrize(
    ("url", "embed"),
    [
        (f"https://www.youtube.com/watch?v={VIDEO}", Embed("youtube", VIDEO)),
        (f"https://m.youtube.com/watch?list=x&v={VIDEO}&t=1h2m3s", Embed("youtube", VIDEO, 3723)),
        (f"http://youtu.be/{VIDEO}?t=90", Embed("youtube", VIDEO, 90)),
        (f"https://youtube.com/shorts/{VIDEO}", Embed("youtube", VIDEO)),
        (f"https://www.youtube-nocookie.com/embed/{VIDEO}?start=7", Embed("youtube", VIDEO, 7)),
        (f"https://youtu.be/{VIDEO}?t=soon", Embed("youtube", VIDEO)),
        ("https://vimeo.com/76979871", Embed("vimeo", "76979871")),
        ("https://vimeo.com/76979871/0a1b2c3d4e", Embed("vimeo", "76979871/0a1b2c3d4e")),
        ("https://player.vimeo.com/video/76979871?h=0a1b2c3d4e", Embed("vimeo", "76979871/0a1b2c3d4e")),
        ("/posts/salt", Embed("post", "salt")),
        ("/posts/caf%C3%A9-צפון", Embed("post", "café-צפון")),
        ("http://127.0.0.1:8000/posts/salt", Embed("post", "salt")),
    ],
)
def test_addresses_lead_to_a_provider_and_an_id(url: str, embed: Embed) -> None:
    assert embed_of(url) == embed


@pytest.mark.parametrize(
    "url",
    [
        "https://youtube.com.evil.example/watch?v=" + VIDEO,
        "https://evil.example/youtu.be/" + VIDEO,
        f"https://youtu.be@evil.example/{VIDEO}",
        f"https://youtu.be/{VIDEO}/../../evil",
        f'https://youtu.be/{VIDEO[:-1]}"',
        f"https://youtu.be/{VIDEO}x",
        "https://www.youtube.com/watch",
        "https://www.youtube.com/@channel",
        "https://vimeo.com/channels/staffpicks",
        "https://vimeo.com/76979871/not-hex",
        "https://vimeo.com/٧٦٩٧٩٨٧١",
        f"javascript://youtu.be/{VIDEO}",
        "//youtu.be.evil.example/x",
        "//evil.example/posts/salt",
        "http://127.0.0.1:8001/posts/salt",
        "/posts/salt?x=1",
        "/posts/../admin",
        "/posts/" + "a" * 121,
        "/posts/",
        "http://[::1",
    ],
)
def test_other_addresses_lead_to_none(url: str) -> None:
    assert embed_of(url) is None


def test_an_address_alone_in_a_paragraph_is_embedded() -> None:
    html = render(f"https://youtu.be/{VIDEO}?t=90", "markdown")
    assert html.startswith(f'<figure class="embed" data-embed="youtube" data-id="{VIDEO}" data-start="90"><a href=')
    assert 'data-embed="vimeo" data-id="76979871"' in render("<https://vimeo.com/76979871>", "markdown")
    own = render("/posts/salt", "markdown")
    assert '<figure class="embed" data-embed="post" data-id="salt"><a href="/posts/salt"' in own


@pytest.mark.parametrize(
    "text",
    [
        f"See https://youtu.be/{VIDEO}",
        f"https://youtu.be/{VIDEO}\nhttps://youtu.be/{VIDEO}",
        f"- https://youtu.be/{VIDEO}",
        f"[a film](https://youtu.be/{VIDEO})",
        f"# https://youtu.be/{VIDEO}",
        f"`https://youtu.be/{VIDEO}`",
        f"x[^1]\n\n[^1]: https://youtu.be/{VIDEO}",
        "/posts/salt is the one",
        "`/posts/salt`",
    ],
)
def test_an_address_among_words_stays_a_link(text: str) -> None:
    assert "data-embed" not in render(text, "markdown")


def test_an_embed_may_stand_in_a_quote_or_callout() -> None:
    assert 'data-embed="post"' in render("> [!TIP]\n> Read\n>\n> /posts/salt", "markdown")


@pytest.mark.parametrize(
    "attributes",
    [
        'data-embed="evil" data-id="x"',
        'data-embed="https://evil.example" data-id="https://evil.example/"',
        'data-embed="youtube" data-id="//evil.example"',
        'data-embed="youtube" data-id="../../evil"',
        'data-embed="youtube" data-id="javascript:alert(1)"',
        'data-embed="youtube" data-id="a?autoplay=1"',
        'data-embed="youtube" data-id="a#b"',
        'data-embed="youtube" data-id="x&quot; onload=&quot;alert(1)"',
        'data-embed="youtube" data-start="1;alert(1)"',
        'data-embed="youtube" data-src="https://evil.example"',
    ],
)
def test_raw_html_can_name_no_other_host(attributes: str) -> None:
    figure = f'<figure class="embed player" {attributes}><iframe src="https://evil.example"></iframe></figure>'

    class Ids(Guard):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            super().handle_starttag(tag, attrs)
            given = dict(attrs)
            assert given.keys() <= {"class", "data-embed", "data-id", "data-start"}
            assert given.get("class") == "embed"
            assert given.get("data-embed", "youtube") in IDS
            assert is_embed_id(given.get("data-id") or VIDEO)
            assert (given.get("data-start") or "0").isdigit()

    for html in (render(figure, "markdown"), render(figure, "html")):
        Ids().feed(html)


@pytest.mark.parametrize("kind", ["NOTE", "Tip", "important", "WARNING", "CAUTION"])
def test_callouts_say_their_kind_in_words(kind: str) -> None:
    html = render(f"> [!{kind}]\n> Mind *this*.", "markdown")
    assert f'<aside class="callout callout-{kind.lower()}" role="note">' in html
    assert f'<p class="callout-title">{kind.capitalize()}</p>' in html
    assert "<p>Mind <em>this</em>.</p>" in html


@pytest.mark.parametrize("text", ["> [!DANGER]\n> x", "> [!NOTE] x\n> y", "> x\n> [!NOTE]", "[!NOTE]"])
def test_other_quotes_are_no_callouts(text: str) -> None:
    assert "callout" not in render(text, "markdown")


def test_role_of_raw_html_is_none_but_a_note() -> None:
    assert (
        render('<aside role="alert">x</aside><p role="alert">y</p>', "html") == '<aside role="note">x</aside><p>y</p>'
    )


def test_linked_image_with_a_title_is_a_figure_too() -> None:
    html = render('[![A quay](/media/q.webp "At dawn")](/media/q.webp)', "markdown")
    assert html.startswith('<figure><a href="/media/q.webp"')
    assert "<figcaption>At dawn</figcaption></figure>" in html


CONSTRUCTS = [
    "> [!NOTE]\n> {}",
    "> [!NOTE]\n{}",
    "> [!{}]\n> x",
    "https://youtu.be/{}",
    "<https://youtu.be/{}>",
    "https://vimeo.com/{}",
    "/posts/{}",
    "http://127.0.0.1:8000/posts/{}",
    '![{}](/media/a.webp "x")',
    '![x](/media/a.webp "{}")',
    '[![x](/media/a.webp "{0}")]({0})',
    "x[^{0}]\n\n[^{0}]: {0}",
    "- [x] {}",
    "| {} |\n|-|\n| {} |",
    "## {}",
    "```{}\n{}\n```",
    '<aside class="callout" role="{0}">{0}</aside>',
    '<figure class="embed" data-embed="{0}" data-id="{0}" data-start="{0}">{0}</figure>',
]


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_nothing_acts_in_any_construct(construct: str) -> None:
    for attack in ATTACKS:
        for payload in (attack, attack.replace("\n", " "), attack.replace('"', "&quot;")):
            Guard().feed(render(construct.replace("{0}", payload).replace("{}", payload), "markdown"))


class _Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.targets: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids.add(given.get("id") or "")
        if (given.get("href") or "").startswith("#"):
            self.targets.add(str(given["href"])[1:])


def test_every_link_of_footnotes_has_its_target() -> None:
    found = _Ids()
    found.feed(render("a[^one] b[^two] c[^one]\n\n[^one]: 1\n[^two]: 2\n\n    more", "markdown"))
    assert len(found.targets) == 5
    assert found.targets <= found.ids
