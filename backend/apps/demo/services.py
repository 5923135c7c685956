"""Putting the demo publication into an empty database."""

import secrets
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.relations import follow
from apps.accounts.roles import Role
from apps.accounts.services import assign_roles, sync_roles
from apps.comments.models import Comment
from apps.comments.services import Origin, add_comment, delete_comment
from apps.demo.conversation import converse
from apps.demo.covers import add_cover
from apps.demo.parsing import IMAGES, Essay, Publication, Remark, read_publication
from apps.pages.services import save_page
from apps.posts.models import Post
from apps.posts.services import PostChanges
from apps.posts.services.importing import PostOrigin, import_post
from apps.posts.services.series import save_series
from apps.site.services import update_site
from apps.tags.models import Category, Tag
from apps.tags.services import create_category, resolve_tags

FOLDER = "demo"
"""Where the pictures go, below MEDIA_ROOT. The texts name `/media/demo/…`."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_JOINED = timedelta(days=120)


@dataclass(frozen=True, kw_only=True)
class DemoAccount:
    """An account as it is told to the person who loads the demo, once."""

    username: str
    email: str
    display_name: str
    role: str
    password: str


def new_password() -> str:
    """Three groups of five letters and digits that cannot be mistaken for one another: 74 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(3))


@transaction.atomic
def load_publication(*, password: str | None = None) -> list[DemoAccount]:
    """Load everything, dated from now; answers the accounts. With `password`, all of them get that one."""
    publication = read_publication()
    now = timezone.now()
    copy_images()
    update_site(**publication.site)
    categories = _make_taxonomy(publication)
    people, accounts = _make_people(publication, now, password)
    for page in publication.pages:
        save_page(
            title=page.title,
            slug=page.slug,
            body=page.body,
            in_navigation=page.in_navigation,
            position=page.position,
            created_at=now - _JOINED,
            updated_at=now - _JOINED,
        )
    by_time = sorted(publication.essays, key=lambda essay: essay.published or timedelta())
    posts = {essay.slug: _make_post(essay, people, categories, now) for essay in by_time}
    comments = _make_comments(publication, posts, people)
    converse(publication.reactions, people=people, posts=posts, comments=comments)
    return accounts


def copy_images() -> int:
    """Copy the pictures to where uploads are served from; answers how many there are."""
    target = Path(settings.MEDIA_ROOT) / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    pictures = sorted(IMAGES.glob("*.webp"))
    for picture in pictures:
        shutil.copyfile(picture, target / picture.name)
    return len(pictures)


def image_url(name: str) -> str:
    """The address of one of the pictures, or nothing for no picture."""
    return f"{settings.MEDIA_URL}{FOLDER}/{name}" if name else ""


def _make_taxonomy(publication: Publication) -> dict[str, Category]:
    categories: dict[str, Category] = {}
    for entry in publication.categories:
        parent = categories[entry["parent"]] if "parent" in entry else None
        categories[entry["slug"]] = create_category(
            name=entry["name"], slug=entry["slug"], parent=parent, description=entry.get("description", "")
        )
    for tag, entry in zip(_tags(publication), publication.tags, strict=True):
        Tag.objects.filter(pk=tag.pk).update(description=entry.get("description", ""))
    for entry in publication.series:
        save_series(title=entry["title"], slug=entry["slug"], description=entry["description"])
    return categories


def _tags(publication: Publication) -> list[Tag]:
    return [resolve_tags([entry["name"]])[0] for entry in publication.tags]


def _make_people(
    publication: Publication, now: datetime, password: str | None
) -> tuple[dict[str, User], list[DemoAccount]]:
    sync_roles()
    people, accounts = {}, []
    for number, person in enumerate(publication.people):
        account = DemoAccount(
            username=person.username,
            email=f"{person.username}@kerf.example",
            display_name=person.display_name,
            role=person.role,
            password=password or new_password(),
        )
        user = User.objects.create_user(
            username=account.username,
            email=account.email,
            password=account.password,
            display_name=person.display_name,
            bio=person.bio,
            avatar_url=image_url(person.avatar),
            links=person.links,
            email_verified_at=now,
            date_joined=now - _JOINED + timedelta(days=2 * number),
            is_superuser=person.role == Role.ADMIN,
        )
        assign_roles(user=user, roles=[] if person.role == Role.READER else [Role(person.role)])
        people[person.username] = user
        accounts.append(account)
    for person in publication.people:
        for username in person.follows:
            follow(follower=people[person.username], followed=people[username])
    return people, accounts


def _make_post(essay: Essay, people: dict[str, User], categories: dict[str, Category], now: datetime) -> Post:
    moment = now + essay.published if essay.published is not None else None
    written = min(moment or now, now) - timedelta(hours=30)
    status = Post.Status.DRAFT if moment is None else Post.Status.SCHEDULED if moment > now else Post.Status.PUBLISHED
    changes: PostChanges = {
        "title": essay.title,
        "excerpt": essay.excerpt,
        "body": essay.body,
        "cover_url": add_cover(essay, people[essay.author], written),
        "cover_alt": essay.cover_alt,
        "category": categories[essay.category] if essay.category else None,
        "series": essay.series or None,
        "language": essay.language,
        "featured": essay.featured,
    }
    origin = PostOrigin(
        import_key=f"demo:{essay.slug}",
        status=status,
        created_at=written,
        updated_at=moment if status == Post.Status.PUBLISHED else written,
        published_at=moment,
        slug=essay.slug,
    )
    return import_post(author=people[essay.author], changes=changes, tags=resolve_tags(essay.tags), origin=origin)


def _make_comments(
    publication: Publication, posts: dict[str, Post], people: dict[str, User]
) -> dict[tuple[str, str], Comment]:
    """All comments in the order of their times, as if they had been written one after the other: comments of this site,
    without the key of an import."""
    remarks: list[tuple[datetime, str, Remark]] = []
    for slug, thread in publication.discussions.items():
        published_at = posts[slug].published_at
        if published_at is None:
            raise ValueError(f"{slug} has comments but is not published.")
        remarks += [(published_at + remark.at, slug, remark) for remark in thread]
    made: dict[tuple[str, str], Comment] = {}
    for moment, slug, remark in sorted(remarks, key=lambda entry: entry[0]):
        comment = add_comment(
            post=posts[slug],
            author=people[remark.author],
            body=remark.body,
            parent=made[slug, remark.parent] if remark.parent else None,
            origin=Origin(
                created_at=moment,
                status=Comment.Status.PENDING if remark.status == "pending" else Comment.Status.VISIBLE,
            ),
        )
        made[slug, remark.id] = comment
    for slug, thread in publication.discussions.items():
        for remark in thread:
            if remark.status == "deleted":
                delete_comment(comment=made[slug, remark.id])
    return made
