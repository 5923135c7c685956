"""What lists of posts can be asked for."""

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated

from apps.common.pagination import Order, PageQuery
from apps.common.serializers import declared_names
from apps.common.shaping import CommaList
from apps.posts.models import Post, Series
from apps.posts.querysets import PostQuerySet
from apps.posts.serializers.posts import PostSerializer, PostSummarySerializer
from apps.tags.models import Category, Tag

INCLUDABLE = ("body", "body_html", "permissions", "workflow")
FIELDS = tuple(name for name in declared_names(PostSummarySerializer) if name not in INCLUDABLE)
DETAIL_FIELDS = tuple(name for name in declared_names(PostSerializer) if name not in {"permissions", "workflow"})

_ORDERS = {
    "newest": Order("newest", ("-published_at", "-id")),
    "oldest": Order("oldest", ("published_at", "id")),
    "most-discussed": Order("most-discussed", ("-comment_count", "-id")),
    "series": Order("series", ("series_position", "id")),
}
_TAG_ORDERS = {
    "newest": Order("newest", ("-listed_at", "-listed_id"), ("published_at", "id")),
    "oldest": Order("oldest", ("listed_at", "listed_id"), ("published_at", "id")),
}
# What is not public has no publication time to go by.
_PRIVATE_ORDERS = {
    "newest": Order("written-newest", ("-id",)),
    "oldest": Order("written-oldest", ("id",)),
    "most-discussed": Order("most-discussed", ("-comment_count", "-id")),
    "series": _ORDERS["series"],
}


class PostListQuery(PageQuery):
    """Filters narrow together; without `status` and `mine` the list holds what is public."""

    tag = serializers.CharField(required=False, max_length=80, help_text="Slug of a tag.")
    category = serializers.CharField(
        required=False, max_length=80, help_text="Slug of a category; those below it count."
    )
    series = serializers.CharField(required=False, max_length=80, help_text="Slug of a series.")
    author = serializers.CharField(
        required=False, max_length=30, help_text="Username; posts that they are a co-author of count."
    )
    status = serializers.ChoiceField(
        required=False, choices=Post.Status.choices, help_text="Other than `published`: one's own; all for editors."
    )
    mine = serializers.BooleanField(
        required=False, help_text="What the caller writes, alone or with others; all but trashed ones."
    )
    review = serializers.ChoiceField(
        required=False,
        choices=[Post.ReviewState.SUBMITTED.value],
        help_text="Posts that wait for a review: one's own; all for editors.",
    )
    year = serializers.IntegerField(required=False, min_value=1, max_value=9998)
    month = serializers.IntegerField(required=False, min_value=1, max_value=12, help_text="Goes with `year`.")
    featured = serializers.BooleanField(required=False, allow_null=True, default=None)
    q = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=100,
        help_text="Words of the title, in any order. Goes with `mine`, `review`, or a `status` other than `published`.",
    )
    order = serializers.ChoiceField(
        required=False,
        choices=list(_ORDERS),
        default="newest",
        help_text="`series`: its parts in order. Goes with `series`.",
    )
    fields = CommaList(known=FIELDS)  # type: ignore[assignment]
    include = CommaList(known=INCLUDABLE)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("month") and not attrs.get("year"):
            raise serializers.ValidationError({"month": ["Give the year as well."]})
        if attrs.get("order") == "series" and "series" not in attrs:
            raise serializers.ValidationError({"order": ["Give the series as well."]})
        is_private = attrs.get("mine") or attrs.get("review") or attrs.get("status", "published") != "published"
        if attrs.get("q") and not is_private:
            raise serializers.ValidationError({"q": ["Give `mine`, or a status other than `published`, as well."]})
        return attrs


def posts_for(user: Any, query: dict[str, Any]) -> tuple[list[PostQuerySet], Order]:
    """The posts that a validated `PostListQuery` asks for and this user may see, and their order.

    They are the rows of all these querysets, which have none in common: what somebody wrote, and what they are a
    co-author of, each have an index of their own.
    """
    branches, is_public = _by_state(user, query)
    if "author" in query:
        name = query["author"].lower()
        branches = [
            branch.filter(**{f"{person}__username__lower": name})
            for branch in branches
            for person in ("author", "co_author_links__user")
        ]
    branches = [_narrowed(branch, query) for branch in branches]
    orders = _ORDERS if is_public else _PRIVATE_ORDERS
    if "tag" in query:
        tag = Tag.objects.filter(slug=query["tag"]).only("id").first()
        if tag is None:
            branches = [branches[0].none()]
        elif is_public:
            branches = [branch.tagged(tag.pk) for branch in branches]
            orders = {**_ORDERS, **_TAG_ORDERS}
        else:
            branches = [branch.filter(post_tags__tag_id=tag.pk) for branch in branches]
    return branches, orders[query["order"]]


def _narrowed(posts: PostQuerySet, query: dict[str, Any]) -> PostQuerySet:
    for word in query.get("q", "").split():
        posts = posts.filter(title__icontains=word)
    if "category" in query:
        posts = _in_category(posts, query["category"])
    if "series" in query:
        series = Series.objects.filter(slug=query["series"]).only("pk").first()
        posts = posts.filter(series=series) if series else posts.none()
    if "year" in query:
        posts = posts.in_period(query["year"], query.get("month"))
    if query.get("featured") is not None:
        posts = posts.filter(featured=query["featured"])
    return posts


def _by_state(user: Any, query: dict[str, Any]) -> tuple[list[PostQuerySet], bool]:
    """Posts in the state that was asked for, and whether these are just the public ones."""
    status, mine, review = query.get("status"), query.get("mine"), query.get("review")
    if (mine or review or status not in {None, "published"}) and not user.is_authenticated:
        raise NotAuthenticated("Sign in to list posts that are not public.")
    if not mine and not review and status in {None, "published"}:
        return [Post.objects.live()], True  # visible to everybody, so who may see what has nothing to add
    # What one writes, and for editors everything: the same posts as those of `visible_to` that are not public.
    branches: list[PostQuerySet] = [Post.objects.by(user), Post.objects.shared_with(user)]
    if not mine and user.has_perm("posts.view_post"):
        branches = [Post.objects.all()]
    if review:
        branches = [branch.submitted() for branch in branches]
    if status == "published":
        return [branch.live() for branch in branches], True
    if status == "scheduled":
        return [branch.waiting() for branch in branches], False
    if status:
        return [branch.filter(status=status) for branch in branches], False
    return [branch.exclude(status=Post.Status.TRASHED) for branch in branches], False


def _in_category(posts: PostQuerySet, slug: str) -> PostQuerySet:
    """Those in the category or in one below it."""
    category = Category.objects.filter(slug=slug).only("path", "post_count").first()
    if category is None:
        return posts.none()
    below = Category.objects.filter(path__startswith=category.path).values_list("pk", flat=True)
    return posts.in_categories(list(below), post_count=category.post_count)


class PostDetailQuery(serializers.Serializer[Any]):
    """The shape of one post."""

    fields = CommaList(known=DETAIL_FIELDS)  # type: ignore[assignment]
    include = CommaList(known=("permissions", "workflow"))
