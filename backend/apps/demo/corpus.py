"""A publication of any size, made quickly: rows are written straight into the tables, all derived columns with them."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.management.color import no_style
from django.db import connection, transaction

from apps.accounts.models import Follow, User
from apps.comments.models import MAX_DEPTH, Comment, path_segment
from apps.common.markup import RULES_VERSION
from apps.common.slugs import slugify
from apps.demo.prose import MATTERS, NOUNS, Prose
from apps.demo.rows import next_id, write_rows
from apps.posts.models import Post, PostSlug, PostTag
from apps.posts.services import recount
from apps.tags.models import Category, Tag
from apps.tags.services import create_category

FIRST = datetime(2016, 1, 1, tzinfo=UTC)
LAST = datetime(2026, 1, 1, tzinfo=UTC)
CHUNK = 2000
"""Posts in one transaction."""
BUSY_EVERY, BUSY_COMMENTS = 1000, 500
"""One post in a thousand has a long thread; they are the same length in a corpus of any size."""
POST_SIZE = 4000
NO_PASSWORD = "!"  # noqa: S105 - what Django writes for accounts that nobody can sign in to
READERS_FOR_EACH_AUTHOR = 10


@dataclass(frozen=True, kw_only=True)
class CorpusSize:
    """How much there shall be."""

    posts: int
    comments: int
    authors: int = 40
    tags: int = 60
    categories: int = 12
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Shelf:
    """What posts refer to: ids."""

    authors: Sequence[int]
    readers: Sequence[int]
    tags: Sequence[tuple[int, str, str]]
    """Id, slug and name of each."""
    categories: Sequence[int]


@dataclass(frozen=True, slots=True)
class Maker:
    """Draws the rows of one corpus."""

    size: CorpusSize
    shelf: Shelf
    prose: Prose
    chance: random.Random


def make_corpus(size: CorpusSize, *, report: Callable[[int], object] = lambda _: None) -> None:
    """Write the corpus. Calls `report` with the number of posts written so far. The same seed makes the same corpus."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
    chance = random.Random(size.seed)  # noqa: S311 - nothing secret about it
    prose = Prose(size.seed)
    with transaction.atomic():
        shelf = _make_shelf(size)
    maker = Maker(size, shelf, prose, chance)
    remarks = _comments_for_each_post(size, chance)
    post_id, comment_id = next_id(Post), next_id(Comment)
    written_by: Counter[int] = Counter()
    for start in range(0, size.posts, CHUNK):
        posts, threads = [], []
        for number in range(start, min(start + CHUNK, size.posts)):
            post = _make_post(maker, number, post_id + number)
            thread = _make_thread(maker, post, remarks[number], comment_id)
            comment_id += len(thread)
            post.comment_count = sum(comment.status == "visible" for comment in thread)
            written_by.update(comment.author_id or 0 for comment in thread if comment.status == "visible")
            posts.append(post)
            threads.extend(thread)
        _write_chunk(maker, posts, threads)
        report(start + len(posts))
    _finish(written_by)


def _finish(written_by: Counter[int]) -> None:
    with transaction.atomic():
        for user in User.objects.filter(pk__in=list(written_by)).only("pk", "comment_count"):
            User.objects.filter(pk=user.pk).update(comment_count=user.comment_count + written_by[user.pk])
        recount()
    may_vacuum = connection.vendor == "postgresql" and not connection.in_atomic_block
    models = [User, Tag, Category, Post, PostTag, PostSlug, Comment]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        # Fresh statistics and, on PostgreSQL, a visibility map: what autovacuum would do within minutes.
        cursor.execute("VACUUM ANALYZE" if may_vacuum else "ANALYZE")


def _make_shelf(size: CorpusSize) -> Shelf:
    authors = _make_users("writer", size.authors)
    readers = _make_users("reader", size.authors * READERS_FOR_EACH_AUTHOR)
    words = [*NOUNS, *MATTERS]
    names = [words[n] if n < len(words) else f"{words[n % len(words)]} {n // len(words) + 1}" for n in range(size.tags)]
    for name in names:
        Tag.objects.get_or_create(slug=slugify(name), defaults={"name": name})
    _follow_all(readers[0], authors)
    tags = list(Tag.objects.order_by("pk").values_list("pk", "slug", "name"))
    categories: list[Category] = []
    for number in range(size.categories):
        parent = categories[number // 3 - 1] if number >= 3 else None
        categories.append(
            create_category(name=f"{NOUNS[number % len(NOUNS)].capitalize()} {number + 1}", parent=parent)
        )
    return Shelf(authors, readers, tags, [category.pk for category in categories])


def _make_users(kind: str, count: int) -> list[int]:
    """Accounts that nobody can sign in to."""
    first = User.objects.filter(username__startswith=f"{kind}-").count()
    names = [f"{kind}-{number:05}" for number in range(first, first + count)]
    users = [
        User(
            username=name,
            email=f"{name}@example.org",
            display_name=name.replace("-", " ").title(),
            password=NO_PASSWORD,
        )
        for name in names
    ]
    User.objects.bulk_create(users, batch_size=500)
    return list(User.objects.filter(username__in=names).order_by("pk").values_list("pk", flat=True))


def _follow_all(reader: int, authors: Sequence[int]) -> None:
    """One reader has everybody in the feed: the longest that there can be."""
    Follow.objects.bulk_create([Follow(follower_id=reader, followed_id=author) for author in authors], batch_size=500)
    User.objects.filter(pk__in=authors).update(follower_count=1)


def _comments_for_each_post(size: CorpusSize, chance: random.Random) -> list[int]:
    counts = [0] * size.posts
    busy = list(range(BUSY_EVERY // 2, size.posts, BUSY_EVERY))
    long_thread = min(BUSY_COMMENTS, size.comments // (2 * len(busy)) if busy else 0)
    for number in busy:
        counts[number] = long_thread
    if size.posts:
        for number in chance.choices(range(size.posts), k=size.comments - long_thread * len(busy)):
            counts[number] += 1
    return counts


def _make_post(maker: Maker, number: int, pk: int) -> Post:
    size, shelf, prose, chance = maker.size, maker.shelf, maker.prose, maker.chance
    title = prose.title()
    body, html, minutes = prose.article(POST_SIZE)
    moment = FIRST + (LAST - FIRST) * (number / size.posts) + timedelta(seconds=chance.randrange(60))
    roll = 0.5 if number % BUSY_EVERY == BUSY_EVERY // 2 else chance.random()
    status = "draft" if roll < 0.02 else "archived" if roll < 0.03 else "scheduled" if roll < 0.035 else "published"
    published_at = {"draft": None, "scheduled": moment + timedelta(days=365 * 40)}.get(status, moment)
    return Post(
        id=pk,
        title=title,
        slug=f"{slugify(title)}-{pk}",
        status=status,
        published_at=published_at,
        body=body,
        body_html=html,
        reading_minutes=minutes,
        rendered_with=RULES_VERSION,
        excerpt=prose.sentence(),
        author_id=chance.choice(shelf.authors),
        category_id=chance.choice(shelf.categories) if shelf.categories else None,
        featured=chance.random() < 0.005,
        created_at=moment - timedelta(days=2),
        updated_at=moment,
    )


def _make_thread(maker: Maker, post: Post, count: int, first_id: int) -> list[Comment]:
    shelf, prose, chance = maker.shelf, maker.prose, maker.chance
    thread: list[Comment] = []
    by_id: dict[int, Comment] = {}
    for number in range(count):
        parent = chance.choice(thread[-12:]) if thread and chance.random() < 0.5 else None
        if parent is not None and parent.depth >= MAX_DEPTH:
            parent = by_id.get(parent.parent_id or 0)
        remark, pk = prose.remark(), first_id + number
        comment = Comment(
            id=pk,
            post_id=post.pk,
            body=remark.text,
            body_html=remark.html,
            parent_id=parent.pk if parent else None,
            root_id=parent.root_id if parent else pk,
            path=(parent.path if parent else "") + path_segment(pk),
            author_id=chance.choice(shelf.readers),
            status="visible" if chance.random() < 0.97 else chance.choice(["pending", "spam", "removed"]),
            created_at=post.updated_at + timedelta(minutes=7 * (number + 1)),
        )
        if comment.status == "visible":
            if parent is not None:
                parent.reply_count += 1
            for ancestor in comment.ancestor_ids:
                by_id[ancestor].visible_descendants += 1
        thread.append(comment)
        by_id[pk] = comment
    return thread


@transaction.atomic
def _write_chunk(maker: Maker, posts: list[Post], comments: list[Comment]) -> None:
    shelf, chance = maker.shelf, maker.chance
    tag_id = next_id(PostTag)
    rows: list[PostTag] = []
    for post in posts:
        listed = post.published_at if post.status in {"published", "scheduled"} else None
        chosen = chance.sample(shelf.tags, k=min(len(shelf.tags), chance.randint(1, 4)))
        post.tag_names = [[slug, name] for _, slug, name in chosen]
        for place, (tag, _, _) in enumerate(chosen):
            rows.append(PostTag(id=tag_id + len(rows), post=post, tag_id=tag, position=place, published_at=listed))
    slug_id = next_id(PostSlug)
    slugs = [
        PostSlug(id=slug_id + number, slug=post.slug, post=post, created_at=post.created_at)
        for number, post in enumerate(posts)
    ]
    for model, objects in ((Post, posts), (PostTag, rows), (PostSlug, slugs), (Comment, comments)):
        write_rows(model, objects)
