"""The post itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.common.addresses import address_of
from apps.common.markup import beginning_of
from apps.common.slugs import UnicodeSlugField
from apps.media.models import Image
from apps.posts.models.series import Series
from apps.posts.querysets import LIVE_STATUSES, PartOfSeries, PostQuerySet, load_co_authors, load_series, load_tags
from apps.tags.models import Category, Tag

if TYPE_CHECKING:
    from apps.accounts.models import User
    from apps.posts.models.links import PostTag

LIVE = Q(status__in=LIVE_STATUSES)


class Post(models.Model):
    """An article. `version` counts edits; counters and `updated_at` of others' doings do not raise it."""

    class Status(models.TextChoices):
        DRAFT = "draft"
        SCHEDULED = "scheduled"
        PUBLISHED = "published"
        ARCHIVED = "archived"
        TRASHED = "trashed"

    class ReviewState(models.TextChoices):
        NONE = "none"
        SUBMITTED = "submitted"
        APPROVED = "approved"
        SENT_BACK = "sent_back"

    class BodyFormat(models.TextChoices):
        MARKDOWN = "markdown"
        HTML = "html"

    class CommentPolicy(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"

    title = models.CharField(max_length=300, blank=True)
    slug = UnicodeSlugField(max_length=120, unique=True)
    slug_is_custom = models.BooleanField(default=False)
    """False while the slug follows from the title: then the first publication may derive it anew."""
    excerpt = models.CharField(max_length=600, blank=True)
    body = models.TextField(blank=True)
    body_format = models.CharField(max_length=10, choices=BodyFormat, default=BodyFormat.MARKDOWN)
    body_html = models.TextField(blank=True, editable=False)
    """Rendered and sanitised when the post is saved; what readers get."""
    cover_url = models.CharField(max_length=1000, blank=True)
    cover_alt = models.CharField(max_length=500, blank=True)
    cover_image = models.ForeignKey(
        Image, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    """The picture of ours that `cover_url` names, if it is one: its sizes come along with the post."""
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, null=True, blank=True, related_name="posts")
    tags: models.ManyToManyField[Tag, PostTag] = models.ManyToManyField(
        Tag, through="posts.PostTag", related_name="posts", blank=True
    )
    tag_names = models.JSONField(null=True, editable=False)
    """Slug and name of each tag, in order, so that answers need no further query. Null after a tag was renamed, until
    it is filled again; readers then look at the tags themselves."""
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    series_position = models.PositiveSmallIntegerField(null=True, blank=True)
    """Its place among the parts; where two have the same, the one that was written first comes first."""
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    reading_minutes = models.PositiveSmallIntegerField(default=1, editable=False)
    featured = models.BooleanField(default=False)
    canonical_url = models.URLField(max_length=500, blank=True)
    language = models.CharField(max_length=12, default="en")
    comment_policy = models.CharField(max_length=10, choices=CommentPolicy, default=CommentPolicy.OPEN)
    thread_locked = models.BooleanField(default=False, editable=False)
    """A moderator has closed the thread for now; its author's own choice is `comment_policy`."""
    slow_mode_seconds = models.PositiveIntegerField(default=0, editable=False)
    """How long each person waits between two comments on this post; 0 for no wait."""
    comment_count = models.PositiveIntegerField(default=0, editable=False)
    like_count = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    co_author_count = models.PositiveSmallIntegerField(default=0, editable=False)
    """So that posts with one author, which are most, cost no query for the others."""
    review_state = models.CharField(max_length=10, choices=ReviewState, default=ReviewState.NONE, editable=False)
    trashed_at = models.DateTimeField(null=True, blank=True, editable=False)
    trashed_from = models.CharField(max_length=10, blank=True, editable=False)
    """The status that it had before; what taking it out of the trash goes back to."""
    rendered_with = models.PositiveSmallIntegerField(default=0, editable=False)
    """The version of the rules by which `body_html` was made (`apps.common.markup.RULES_VERSION`)."""
    import_key = models.CharField(max_length=200, unique=True, null=True, blank=True, editable=False)
    """Where an imported post came from, so that a second import finds it."""
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[Any] = PostQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-id"]
        permissions = [("feature_post", "Can feature posts")]
        constraints = [
            models.CheckConstraint(
                condition=~LIVE | Q(published_at__isnull=False), name="live_post_has_publication_time"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "scheduled", "published", "archived", "trashed"]),
                name="post_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status="trashed", trashed_at__isnull=False)
                | (~Q(status="trashed") & Q(trashed_at__isnull=True)),
                name="post_trashed_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(series__isnull=True, series_position__isnull=True)
                | Q(series__isnull=False, series_position__isnull=False),
                name="post_has_place_in_series",
            ),
            models.CheckConstraint(condition=Q(body_format__in=["markdown", "html"]), name="post_format_known"),
        ]
        indexes = [
            models.Index(F("published_at").desc(), F("id").desc(), name="post_feed", condition=LIVE),
            models.Index(F("comment_count").desc(), F("id").desc(), name="post_discussed", condition=LIVE),
            models.Index("author", F("published_at").desc(), F("id").desc(), name="post_by_author", condition=LIVE),
            models.Index("category", F("published_at").desc(), F("id").desc(), name="post_in_category", condition=LIVE),
            models.Index(
                F("published_at").desc(),
                F("id").desc(),
                name="post_featured",
                condition=LIVE & Q(featured=True),
            ),
            models.Index("published_at", name="post_scheduled", condition=Q(status="scheduled")),
            models.Index("author", F("id").desc(), name="post_mine"),
            # The id first: with the status first, SQLite without statistics prefers this one to the feed's, and sorts.
            models.Index(F("id").desc(), "status", name="post_by_status"),
            models.Index("created_at", name="post_created"),
            models.Index("trashed_at", name="post_trashed", condition=Q(trashed_at__isnull=False)),
            models.Index("id", name="post_submitted", condition=Q(review_state="submitted")),
            models.Index("series", "series_position", "id", name="post_in_series", condition=Q(series__isnull=False)),
            models.Index("id", name="post_tag_names_lost", condition=Q(tag_names__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.title or self.slug

    @property
    def description(self) -> str:
        """What is said of it where it is linked: its excerpt, or else how it begins. Reads the text."""
        return self.excerpt or beginning_of(self.body_html)

    @property
    def shown_cover(self) -> Image | None:
        """The picture of ours that its cover shows, unless that has gone or turned out to be damaged."""
        image = self.cover_image
        if image is None or image.retired_at or image.state == Image.State.FAILED:
            return None
        return image if f"/{image.folder}/" in self.cover_url else None

    @property
    def shown_tags(self) -> list[tuple[str, str]]:
        """Slug and name of its tags, in order."""
        if self.tag_names is None:
            load_tags([self])
        return [(slug, name) for slug, name in self.tag_names or ()]

    @property
    def shown_series(self) -> PartOfSeries | None:
        """The series that it is a part of, as readers see it. A post that is in none costs no query; for many posts at
        once, see `load_series`."""
        if self.series_id is None:
            return None
        if "loaded_series" not in self.__dict__:
            load_series([self])
        found: PartOfSeries | None = self.__dict__["loaded_series"]
        return found

    @property
    def co_authors(self) -> list[User]:
        """Who writes it together with its author, in the order in which they were added. A post that has none, as
        most have, costs no query; for many posts at once, see `load_co_authors`."""
        found: list[User] | None = self.__dict__.get("loaded_co_authors")
        if found is None:
            load_co_authors([self])
            found = self.__dict__["loaded_co_authors"]
        return found

    def forget_co_authors(self) -> None:
        """Read them anew when they are asked for next."""
        self.__dict__.pop("loaded_co_authors", None)

    def is_written_by(self, user: Any) -> bool:
        """Whether the user is its author or one of the co-authors."""
        return self.author_id == user.pk or any(person.pk == user.pk for person in self.co_authors)

    @property
    def is_live(self) -> bool:
        """Whether everybody may read it now."""
        return self.status in LIVE_STATUSES and self.published_at is not None and self.published_at <= timezone.now()

    @property
    def effective_status(self) -> str:
        """The status as readers meet it: a scheduled post whose time has come is published."""
        return self.Status.PUBLISHED.value if self.is_live else self.status

    def get_absolute_url(self) -> str:
        return address_of("posts", self.slug)
