"""The written content, as it lies in the repository."""

import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from apps.accounts.roles import Role
from apps.comments.models import MAX_DEPTH
from apps.common.markup import plain_text, render
from apps.demo.parsing import COVERS, IMAGES, Essay, Remark, StandingPage, parse_offset, read_publication, split_head

PUBLICATION = read_publication()
ESSAYS = {essay.slug: essay for essay in PUBLICATION.essays}
TEXTS: list[Essay | StandingPage] = [*PUBLICATION.essays, *PUBLICATION.pages]
LARGEST_IMAGE = 120_000
WIDTHS = (320, 640, 960, 1440)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("-3d4h", -timedelta(days=3, hours=4)),
        ("+2d", timedelta(days=2)),
        ("1h45m", timedelta(hours=1, minutes=45)),
        ("9m", timedelta(minutes=9)),
    ],
)
def test_spans_of_time_are_understood(text: str, span: timedelta) -> None:
    assert parse_offset(text) == span


@pytest.mark.parametrize("text", ["", "-", "soon", "3", "3h2d", "2w"])
def test_what_is_no_span_of_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no span of time"):
        parse_offset(text)


def test_a_head_needs_its_rules_and_colons() -> None:
    assert split_head("---\ntitle: One: two\n---\nText\n") == ({"title": "One: two"}, "Text\n")
    with pytest.raises(ValueError, match="does not begin with a head"):
        split_head("title: One\n")
    with pytest.raises(ValueError, match="is not `name: value`"):
        split_head("---\ntitle\n---\n")


@pytest.mark.parametrize("essay", PUBLICATION.essays, ids=lambda essay: essay.slug)
def test_essay_names_only_what_exists(essay: Essay) -> None:
    assert essay.author in {person.username for person in PUBLICATION.people if person.role != Role.READER}
    assert essay.category in {category["slug"] for category in PUBLICATION.categories}
    assert set(essay.tags) <= {tag["name"] for tag in PUBLICATION.tags}
    assert essay.series in {"", *(series["title"] for series in PUBLICATION.series)}
    assert bool(essay.cover) == bool(essay.cover_alt)
    assert len(essay.title) <= 300
    assert len(essay.excerpt) <= 600


def test_every_picture_that_is_named_exists_and_every_picture_is_named() -> None:
    named = {essay.cover for essay in PUBLICATION.essays} | {person.avatar for person in PUBLICATION.people}
    for text in TEXTS:
        named |= set(re.findall(r"/media/demo/([\w.-]+)", text.body))
    assert named - {""} == {picture.name for picture in IMAGES.iterdir()}


def test_covers_are_there_in_smaller_sizes() -> None:
    wanted = {
        f"{Path(essay.cover).stem}-{width}.avif" for essay in PUBLICATION.essays if essay.cover for width in WIDTHS
    }
    assert {path.name for path in COVERS.iterdir()} == wanted
    for path in COVERS.iterdir():
        with Image.open(path) as picture:
            assert picture.size == (width := int(path.stem.rpartition("-")[2]), width * 5 // 8)


def test_pictures_are_small() -> None:
    sizes = {picture.name: picture.stat().st_size for picture in IMAGES.iterdir()}
    assert {name: size for name, size in sizes.items() if size > LARGEST_IMAGE} == {}


def test_links_within_the_site_lead_somewhere() -> None:
    known = (
        {f"/posts/{essay.slug}" for essay in PUBLICATION.essays}
        | {f"/pages/{page.slug}" for page in PUBLICATION.pages}
        | {f"/authors/{person.username}" for person in PUBLICATION.people}
        | {f"/categories/{category['slug']}" for category in PUBLICATION.categories}
    )
    for text in TEXTS:
        links = set(re.findall(r"\]\((/[^)]*)\)", text.body))
        assert links <= known, text.slug


def test_images_in_a_text_state_their_size_so_that_nothing_shifts() -> None:
    for essay in PUBLICATION.essays:
        for tag in re.findall(r"<img [^>]*>", render(essay.body, "markdown")):
            assert re.search(r'width="\d+"', tag)
            assert re.search(r'height="\d+"', tag)
            assert re.search(r'alt="[^"]{20,}"', tag)


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("heading", r"<h2 id="),
        ("numbered list", r"<ol>"),
        ("bulleted list", r"<ul>"),
        ("quote", r"<blockquote>"),
        ("table with aligned numbers", r'<td class="align-right">'),
        ("footnote", r'class="footnote-ref"'),
        ("task list", r'class="task-list-item-checkbox"'),
        ("figure with caption", r"<figure><img [^>]*><figcaption>"),
        ("Python", r'data-language="python"><code><span'),
        ("JavaScript", r'data-language="javascript"><code><span'),
    ],
)
def test_the_texts_exercise_markdown(what: str, pattern: str) -> None:
    assert any(re.search(pattern, render(essay.body, "markdown")) for essay in PUBLICATION.essays), what


def test_the_posts_are_as_different_as_a_publication_meets_them() -> None:
    texts = PUBLICATION.essays
    assert len(texts) >= 12
    assert [essay.slug for essay in texts if essay.published is None] == ["notes-towards-a-pencil"]
    assert [essay.slug for essay in texts if essay.published and essay.published > timedelta()] == ["the-brass-brain"]
    assert [essay.slug for essay in texts if essay.featured] == ["how-long-is-a-coast"]
    assert any(essay.language == "de" for essay in texts)
    assert any(not essay.cover and essay.published for essay in texts)
    assert any(not essay.excerpt and essay.published for essay in texts)
    assert any(len(essay.title) > 120 for essay in texts)
    assert any(len(plain_text(render(essay.body, "markdown")).split()) < 250 for essay in texts if essay.published)
    assert sum(1 for essay in texts if len(essay.body.split()) > 600) >= 10


def test_the_cast_has_every_role() -> None:
    roles = Counter(person.role for person in PUBLICATION.people)
    assert roles == {"admin": 1, "editor": 1, "author": 3, "moderator": 1, "reader": 6}
    assert sum(1 for category in PUBLICATION.categories if "parent" in category) >= 2


@pytest.mark.parametrize("slug", PUBLICATION.discussions)
def test_a_discussion_is_whole(slug: str) -> None:
    thread = PUBLICATION.discussions[slug]
    essay = ESSAYS[slug]
    by_id = {remark.id: remark for remark in thread}
    assert len(by_id) == len(thread)
    assert essay.published is not None
    for remark in thread:
        assert remark.author in {person.username for person in PUBLICATION.people}
        assert essay.published + remark.at < timedelta(), f"{remark.id} would be in the future"
        assert not remark.parent or by_id[remark.parent].at < remark.at, f"{remark.id} answers before it is asked"
        assert depth(remark, by_id) <= MAX_DEPTH


def test_the_discussions_have_depth_and_every_state() -> None:
    remarks = [remark for thread in PUBLICATION.discussions.values() for remark in thread]
    assert len(remarks) >= 70
    assert {remark.status for remark in remarks} == {"visible", "pending", "removed", "deleted"}
    deepest = max(
        depth(remark, {other.id: other for other in thread})
        for thread in PUBLICATION.discussions.values()
        for remark in thread
    )
    assert deepest >= 4
    removed = next(remark for remark in remarks if remark.status == "removed")
    assert any(remark.parent == removed.id for remark in remarks), "the removed comment has answers"


def depth(remark: Remark, by_id: dict[str, Remark]) -> int:
    """0 for a remark that answers nobody."""
    return depth(by_id[remark.parent], by_id) + 1 if remark.parent else 0
