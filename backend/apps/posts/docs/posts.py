"""What the schema says of posts."""

from apps.common.schema import describe, operation
from apps.posts.serializers import posts as shapes

_WRITE_EXAMPLE = {
    "title": "The quiet tools",
    "excerpt": "On the things that stay in the drawer for forty years.",
    "body": "Some tools ask for *attention*. The good ones ask for none.",
    "tags": ["tools", "craft"],
}

posts = describe(
    list=operation(
        "list_posts",
        "List posts",
        shapes.PostSummarySerializer,
        description="Public posts, newest first, unless the filters say otherwise. Bodies come only with `include`.",
        page=True,
        public=True,
        errors=[401],
        tag="posts",
    ),
    retrieve=operation(
        "get_post",
        "Read one post",
        shapes.PostSerializer,
        description="By its slug. A slug that the post had before answers 308 with the Location of the current one.",
        public=True,
        tag="posts",
    ),
    create=operation(
        "create_post",
        "Write a new draft",
        shapes.PostSerializer,
        description="For authors. The post starts as a draft; publish or schedule it when it is ready.",
        request=shapes.PostCreateSerializer,
        status=201,
        idempotent=True,
        tag="posts",
        request_example=_WRITE_EXAMPLE,
    ),
    partial_update=operation(
        "update_post",
        "Change a post",
        shapes.PostSerializer,
        description="Members that are left out stay as they are. Changing the slug keeps the old address working.",
        request=shapes.PostWriteSerializer,
        if_match=True,
        errors=[422],
        tag="posts",
        request_example={"title": "The quiet tools, revisited"},
    ),
    destroy=operation(
        "delete_post",
        "Put a post into the trash, or delete one that is there",
        None,
        description=(
            "Readers get a 404 from now on. Its author and editors find it with `status=trashed`, can restore it for "
            "30 days, and delete it for good, with its comments, by a second DELETE with the new version in `If-Match`."
        ),
        status=204,
        if_match=True,
        tag="posts",
    ),
    publish=operation(
        "publish_post",
        "Publish a post now",
        shapes.PostSerializer,
        description="The first time sets `published_at`; a post that was public before keeps its date.",
        if_match=True,
        errors=[422],
        tag="posts",
    ),
    unpublish=operation(
        "unpublish_post",
        "Turn a post into a draft again",
        shapes.PostSerializer,
        description="Works on published, scheduled and archived posts.",
        if_match=True,
        errors=[422],
        tag="posts",
    ),
    archive=operation(
        "archive_post",
        "Take a post out of sight",
        shapes.PostSerializer,
        description="Without making it a draft. Publishing it again brings it back under its old date.",
        if_match=True,
        errors=[422],
        tag="posts",
    ),
    restore=operation(
        "restore_post",
        "Take a post out of the trash",
        shapes.PostSerializer,
        description="It is again what it was. A scheduled post whose time has passed meanwhile becomes a draft.",
        if_match=True,
        errors=[422],
        tag="posts",
    ),
    duplicate=operation(
        "duplicate_post",
        "Begin a new draft with the content of a post",
        shapes.PostSerializer,
        description="For those who may edit the post; the copy is the caller's own.",
        status=201,
        idempotent=True,
        tag="posts",
    ),
    schedule=operation(
        "schedule_post",
        "Publish a post later",
        shapes.PostSerializer,
        description="It appears by itself at that time.",
        request=shapes.ScheduleSerializer,
        if_match=True,
        errors=[422],
        tag="posts",
        request_example={"published_at": "2126-01-01T08:00:00Z"},
    ),
)
