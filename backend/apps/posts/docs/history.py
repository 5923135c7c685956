"""What the schema says of revisions and working copies."""

from drf_spectacular.utils import OpenApiParameter

from apps.common.schema import describe, operation
from apps.posts.serializers import history as shapes
from apps.posts.serializers.posts import PostSerializer

_NUMBER = OpenApiParameter("number", int, OpenApiParameter.PATH, description="Of the revision.")
_SEEN = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description="The ETag of what you saw. One of the two headers is needed."
)
_NEW = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="`*`: begin a working copy; 412 where there is one."
)

revisions = describe(
    list=operation(
        "list_revisions",
        "List what a post was",
        shapes.RevisionSummarySerializer,
        description="Newest first. Each change of the content is one; after a day one an hour stays, after a week one "
        "a day. Milestones, versions that were put aside, the first and the newest stay for good.",
        page=True,
        tag="history",
    ),
    retrieve=operation(
        "get_revision",
        "Read one revision",
        shapes.RevisionSerializer,
        parameters=[_NUMBER],
        tag="history",
    ),
    create=operation(
        "create_revision",
        "Name the present state, or put a version aside",
        shapes.RevisionSerializer,
        description="With a `name` alone, what stands in the editor (the working copy where there is one, else the "
        "post) becomes a milestone. With content, that version is kept without changing the post; members that are "
        "left out are as in the post.",
        request=shapes.RevisionCreateSerializer,
        status=201,
        idempotent=True,
        tag="history",
        request_example={"name": "Before the great cut"},
    ),
    partial_update=operation(
        "name_revision",
        "Name a revision",
        shapes.RevisionSerializer,
        description="A named one is a milestone: it is never thinned out. An empty name makes it an ordinary one.",
        request=shapes.RevisionNameSerializer,
        parameters=[_NUMBER],
        tag="history",
        request_example={"name": "As it was printed"},
    ),
    restore=operation(
        "restore_revision",
        "Bring a revision back",
        PostSerializer,
        description="To the byte, as a new revision: what stood there until now stays in the history. The address "
        "stays; a category that is gone is skipped, tags that are gone are made again. To the `post`, If-Match is the "
        "post's ETag. To the `working_copy`, the headers are those of saving one, and the answer is 201 with it.",
        request=shapes.RestoreSerializer,
        also={201: shapes.WorkingCopySerializer},
        parameters=[_NUMBER, _SEEN, _NEW],
        errors=[412, 422, 428],
        tag="history",
        request_example={"to": "post"},
    ),
)

working_copy = describe(
    retrieve=operation(
        "get_working_copy",
        "Read the working copy",
        shapes.WorkingCopySerializer,
        description="Changes to a published post that readers do not see yet.",
        tag="history",
    ),
    update=operation(
        "save_working_copy",
        "Begin or change the working copy",
        shapes.WorkingCopySerializer,
        description="Only of a published post. `If-None-Match: *` begins one, If-Match with its ETag changes it. "
        "Members that are left out stay as they are, at the beginning as they are in the post. With 412, "
        "`current_version` is that of the working copy, 0 where there is none any more.",
        request=shapes.WorkingCopyWriteSerializer,
        also={201: shapes.WorkingCopySerializer},
        parameters=[_SEEN, _NEW],
        errors=[412, 422, 428],
        tag="history",
        request_example={"title": "The quiet tools, revisited"},
    ),
    destroy=operation(
        "discard_working_copy",
        "Give up the working copy",
        None,
        description="What was in it stays in the history. If-Match is its own ETag.",
        status=204,
        if_match=True,
        errors=[422],
        tag="history",
    ),
    publish=operation(
        "publish_working_copy",
        "Publish the working copy",
        PostSerializer,
        description="Writes it into the post and removes it. If-Match is its own ETag. When the post was changed since "
        "`base_version`, 412 with the code `post_changed` and the post's `current_version`.",
        if_match=True,
        errors=[422],
        tag="history",
    ),
)
