"""Shapes of posts going out and coming in."""

from collections.abc import Collection, Sequence
from typing import Any

from rest_framework import serializers

from apps.accounts.bylines import BylineSerializer, byline
from apps.accounts.models import Block
from apps.common.addresses import LONGEST_ADDRESS
from apps.common.fields import LanguageField, LongTextField, OptionalUrlField, SlugField
from apps.common.serializers import InputSerializer, OutputSerializer
from apps.posts.models import Post
from apps.posts.policies import can_see_history, permissions_on
from apps.posts.querysets import BODY_COLUMNS, load_co_authors, load_series
from apps.posts.serializers.covers import CoverSerializer, ShownCoverSerializer, represent_cover
from apps.posts.services.co_authors import MAX_CO_AUTHORS
from apps.posts.services.series import MAX_PARTS
from apps.tags.models import Category
from apps.tags.services import MAX_TAGS

MAX_SHOWN_TAGS = 100
"""Imported posts may have more tags than a write may give."""
MAX_BODY = 500_000
"""Characters; about the length of a novel."""
WHOLE = (*BODY_COLUMNS, "description")
"""What answers tell of a whole post beside what lists tell of it."""


class TagReferenceSerializer(OutputSerializer):
    slug = serializers.CharField(max_length=80)
    name = serializers.CharField(max_length=60)


class CategoryReferenceSerializer(OutputSerializer):
    slug = serializers.CharField(max_length=80)
    name = serializers.CharField(max_length=60)


class PartOfSeriesSerializer(OutputSerializer):
    """The series that a post is a part of, and which part it is, counted as readers see them."""

    slug = serializers.CharField(max_length=80)
    title = serializers.CharField(max_length=120)
    position = serializers.IntegerField(min_value=1, help_text="1 for the first part.")
    count = serializers.IntegerField(min_value=1, help_text="How many parts there are.")


class PostPermissionsSerializer(OutputSerializer):
    """What the caller may do with the post."""

    edit = serializers.BooleanField()
    delete = serializers.BooleanField()
    publish = serializers.BooleanField()
    feature = serializers.BooleanField()
    review = serializers.BooleanField(help_text="Approve it and send it back.")
    co_authors = serializers.BooleanField(help_text="Choose its co-authors.")
    comment = serializers.BooleanField()


class WorkingCopyStateSerializer(OutputSerializer):
    """That there is a working copy, and at which version."""

    version = serializers.IntegerField(min_value=1)
    base_version = serializers.IntegerField(min_value=1, help_text="The version of the post that it was made from.")
    updated_at = serializers.DateTimeField()


class WorkflowSerializer(OutputSerializer):
    """Where the writing of the post stands."""

    review_state = serializers.ChoiceField(choices=Post.ReviewState.choices)
    trashed_at = serializers.DateTimeField(allow_null=True)
    working_copy = WorkingCopyStateSerializer(allow_null=True)


class PostSummarySerializer(OutputSerializer):
    """A post as lists show it. `include` adds `body`, `body_html`, the caller's `permissions` and, for those
    who write it, the `workflow`."""

    id = serializers.IntegerField(min_value=1)
    slug = serializers.CharField(max_length=120)
    title = serializers.CharField(max_length=300, allow_blank=True)
    excerpt = serializers.CharField(max_length=600, allow_blank=True)
    cover = ShownCoverSerializer(allow_null=True)
    author = BylineSerializer()
    co_authors = BylineSerializer(  # type: ignore[call-arg]
        many=True, max_length=MAX_CO_AUTHORS, help_text="Who writes it together with the author."
    )
    tags = TagReferenceSerializer(many=True, max_length=MAX_SHOWN_TAGS)  # type: ignore[call-arg]
    category = CategoryReferenceSerializer(allow_null=True)
    series = PartOfSeriesSerializer(allow_null=True)
    status = serializers.ChoiceField(choices=Post.Status.choices)
    featured = serializers.BooleanField()
    published_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    reading_minutes = serializers.IntegerField(min_value=1)
    comment_count = serializers.IntegerField(min_value=0)
    like_count = serializers.IntegerField(min_value=0)
    language = serializers.CharField(max_length=12)
    canonical_url = serializers.CharField(max_length=500, allow_blank=True)
    comment_policy = serializers.ChoiceField(choices=Post.CommentPolicy.choices)
    version = serializers.IntegerField(min_value=1)
    url = serializers.CharField(max_length=LONGEST_ADDRESS, help_text="Where people read the post.")
    body = serializers.CharField(max_length=MAX_BODY, required=False, help_text="Only with `include=body`.")
    body_html = serializers.CharField(max_length=4 * MAX_BODY, required=False, help_text="Only with `include`.")
    permissions = PostPermissionsSerializer(required=False, help_text="Only with `include=permissions`.")
    workflow = WorkflowSerializer(
        required=False, allow_null=True, help_text="Only with `include=workflow`; null for those who do not write it."
    )

    def to_representation(self, instance: Post) -> dict[str, Any]:
        return represent_post(instance, include=self.context.get("include", ()), user=self.context.get("user"))


class PostSerializer(PostSummarySerializer):
    """A whole post."""

    body = serializers.CharField(max_length=MAX_BODY, allow_blank=True)
    body_format = serializers.ChoiceField(choices=Post.BodyFormat.choices)
    body_html = serializers.CharField(
        max_length=4 * MAX_BODY, allow_blank=True, help_text="Rendered and sanitised: what readers get."
    )
    description = serializers.CharField(
        max_length=600,
        allow_blank=True,
        help_text="For whoever links to it: the excerpt, or where there is none the beginning of the text.",
    )

    def to_representation(self, instance: Post) -> dict[str, Any]:
        include = {*WHOLE, *self.context.get("include", ())}
        return represent_post(instance, include=include, user=self.context.get("user"))


def represent_post(
    post: Post, *, include: Collection[str] = (), user: Any = None, blockers: Collection[int] = ()
) -> dict[str, Any]:
    """The members of a post's answer. Runs no query on posts from `with_relations` with tags loaded. `blockers`: who
    has blocked the user."""
    category = post.category
    data: dict[str, Any] = {
        "id": post.pk,
        "slug": post.slug,
        "title": post.title,
        "excerpt": post.excerpt,
        "cover": represent_cover(post),
        "author": byline(post.author),
        "co_authors": [byline(person) for person in post.co_authors],
        "tags": [{"slug": slug, "name": name} for slug, name in post.shown_tags],
        "category": {"slug": category.slug, "name": category.name} if category else None,
        "series": post.shown_series,
        "status": post.effective_status,
        "featured": post.featured,
        "published_at": post.published_at,
        "created_at": post.created_at,
        "updated_at": post.updated_at,
        "reading_minutes": post.reading_minutes,
        "comment_count": post.comment_count,
        "like_count": post.like_count,
        "language": post.language,
        "canonical_url": post.canonical_url,
        "comment_policy": post.comment_policy,
        "version": post.version,
        "url": post.get_absolute_url(),
    }
    for name in BODY_COLUMNS:
        if name in include:
            data[name] = getattr(post, name)
    if "description" in include:
        data["description"] = post.description
    if "permissions" in include:
        data["permissions"] = permissions_on(user, post, blockers=blockers)
    return data


def represent_posts(posts: Sequence[Post], *, include: Collection[str] = (), user: Any = None) -> list[dict[str, Any]]:
    """The same for many posts. One query for the co-authors of those that have any, two for
    the series of those that are in one; where permissions are told, one
    that asks who has blocked the user; where the workflow is told, one for it."""
    load_co_authors(posts)
    load_series(posts)
    blockers: Collection[int] = ()
    if "permissions" in include:
        blockers = Block.objects.blockers_of(user, among=[post.author_id for post in posts])
    rows = [represent_post(post, include=include, user=user, blockers=blockers) for post in posts]
    if "workflow" in include:
        workflows = Post.objects.workflows([post.pk for post in posts if can_see_history(user, post)])
        for post, row in zip(posts, rows, strict=True):
            row["workflow"] = workflows.get(post.pk)
    return rows


class PostWriteSerializer(InputSerializer):
    """What a write may set. Everything is optional when an existing post is changed."""

    title = serializers.CharField(max_length=300, allow_blank=True)
    slug = SlugField(
        max_length=100,
        required=False,
        help_text="Letters, digits and marks of any script, hyphens, underscores. Made from the title when left out.",
    )
    excerpt = serializers.CharField(max_length=600, allow_blank=True, required=False)
    body = LongTextField(max_length=MAX_BODY, allow_blank=True, required=False, help_text="Markdown or HTML.")
    body_format = serializers.ChoiceField(choices=Post.BodyFormat.choices, required=False)
    cover = CoverSerializer(allow_null=True, required=False)
    tags = serializers.ListField(
        child=serializers.CharField(max_length=60),
        max_length=MAX_TAGS,
        required=False,
        help_text="Slugs or names; unknown ones are created.",
    )
    category = serializers.SlugRelatedField(
        slug_field="slug", queryset=Category.objects.all(), allow_null=True, required=False
    )
    series = serializers.CharField(
        max_length=120,
        allow_null=True,
        allow_blank=True,
        required=False,
        help_text="Title or slug; an unknown one is created. Null takes the post out of its series.",
    )
    series_position = serializers.IntegerField(
        min_value=1,
        max_value=MAX_PARTS,
        required=False,
        help_text="Which part it is to be; the others make room. At the end when left out.",
    )
    language = LanguageField(required=False)
    canonical_url = OptionalUrlField(max_length=500, required=False)
    comment_policy = serializers.ChoiceField(choices=Post.CommentPolicy.choices, required=False)
    featured = serializers.BooleanField(required=False, help_text="Editors only.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Flatten the cover into the two columns that hold it."""
        if "cover" in attrs:
            cover = attrs.pop("cover") or {"url": "", "alt": ""}
            attrs["cover_url"], attrs["cover_alt"] = cover["url"], cover.get("alt", "")
        return attrs


class PostCreateSerializer(PostWriteSerializer):
    """A new draft. Nothing is required: a draft may start empty."""

    title = serializers.CharField(max_length=300, allow_blank=True, default="")


class ScheduleSerializer(InputSerializer):
    published_at = serializers.DateTimeField(help_text="When the post appears; a time to come.")
