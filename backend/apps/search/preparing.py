"""What goes into the index of a post and of a comment."""

from dataclasses import dataclass

from apps.accounts.models import User
from apps.comments.models import Comment
from apps.common.markup import plain_text
from apps.posts.models import Post
from apps.search.matching import Text, author_mark, category_mark, tag_mark
from apps.search.models import position_of
from apps.search.words import folded, stem, stemming_of


@dataclass(frozen=True, slots=True)
class Prepared:
    """A row for the index: where it stands, what the engine keeps, and the words that it brings."""

    pk: int
    position: int
    stemming: str
    text: Text
    words: set[str]
    of_names: set[str]
    """Those of them that people are called."""


def prepare_post(post: Post, tag_ids: list[int]) -> Prepared:
    """Of a live post whose authors and tags are loaded."""
    people = [post.author, *post.co_authors]
    people_names = " ".join(_names_of(person) for person in people)
    tag_names = " ".join(name for _, name in post.shown_tags)
    marks = [*(author_mark(person.pk) for person in people), *(tag_mark(pk) for pk in tag_ids)]
    if post.category_id is not None:
        marks.append(category_mark(post.category_id))
    assert post.published_at is not None  # noqa: S101 - live posts have one, by constraint
    return _prepare(
        (post.pk, position_of(post.published_at, post.pk)),
        stemming_of(post.language),
        (post.title, f"{people_names} {tag_names}", f"{post.excerpt} {plain_text(post.body_html)}"),
        people=people_names,
        marks=marks,
    )


def prepare_comment(comment: Comment) -> Prepared:
    """Of a visible comment whose author and post are loaded. It speaks the language of the post."""
    name = _names_of(comment.author) if comment.author else comment.guest_name
    return _prepare(
        (comment.pk, position_of(comment.created_at, comment.pk)),
        stemming_of(comment.post.language),
        ("", name, plain_text(comment.body_html)),
        people=name,
        marks=[author_mark(comment.author.pk)] if comment.author else [],
    )


def _names_of(person: User) -> str:
    return person.username if person.name == person.username else f"{person.name} {person.username}"


def _prepare(
    row: tuple[int, int], stemming: str, texts: tuple[str, str, str], *, people: str, marks: list[str]
) -> Prepared:
    """`row`: its id and its position; `texts`: title, names, body; `people`: what of the names people are called."""
    pk, position = row
    words = [folded(text) for text in texts]
    title, names, body = (" ".join(stem(word, stemming) for word in part) for part in words)
    return Prepared(
        pk=pk,
        position=position,
        stemming=stemming,
        text=Text(title, names, body, " ".join(marks)),
        words={word for part in words for word in part},
        of_names=set(folded(people)),
    )
