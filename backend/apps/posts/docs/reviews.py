"""What the schema says of reviews."""

from drf_spectacular.utils import OpenApiParameter

from apps.common.schema import describe, operation
from apps.posts.serializers import together as shapes
from apps.posts.serializers.posts import PostSerializer

_NOTE_ID = OpenApiParameter("id", int, OpenApiParameter.PATH)
_NOTE = {
    "id": 12,
    "kind": "remark",
    "author": {"username": "mina", "display_name": "Mina Okafor", "avatar_url": ""},
    "body": "Who says so?",
    "quote": "Some tools ask for attention.",
    "created_at": "2026-01-31T12:00:00Z",
    "resolved_at": None,
}

steps = describe(
    submit=operation(
        "submit_post",
        "Ask for a review",
        PostSerializer,
        description="For those who write the post. Editors are told by mail. What is reviewed is the draft, or the "
        "working copy of a published post. The post's version stays.",
        request=shapes.ReviewStepSerializer,
        if_match=True,
        errors=[422],
        tag="together",
        request_example={"note": "The second half is new."},
    ),
    approve=operation(
        "approve_post",
        "Approve a post that was submitted",
        PostSerializer,
        description="For editors. Where the publication asks for reviews, its authors can publish it now; the approval "
        "ends when they change it. The author and co-authors are told by mail.",
        request=shapes.ApproveSerializer,
        if_match=True,
        errors=[422],
        tag="together",
        request_example={"note": "Lovely. Publish it on Friday."},
    ),
    send_back=operation(
        "send_back_post",
        "Send a post back for changes",
        PostSerializer,
        description="For editors; also after it was approved. The author and co-authors get the note by mail.",
        request=shapes.SendBackSerializer,
        if_match=True,
        errors=[422],
        tag="together",
        request_example={"note": "Please name your source in the third paragraph."},
    ),
)

notes = describe(
    list=operation(
        "list_review_notes",
        "List the remarks on a post and the steps of its review",
        shapes.ReviewNoteSerializer,
        description="The latest first. For those who may edit the post.",
        page=True,
        tag="together",
        example={"results": [_NOTE], "next": None, "previous": None},
    ),
    retrieve=operation(
        "get_review_note",
        "Read one remark or step",
        shapes.ReviewNoteSerializer,
        tag="together",
        example=_NOTE,
        parameters=[_NOTE_ID],
    ),
    create=operation(
        "add_review_note",
        "Write a remark on a post",
        shapes.ReviewNoteSerializer,
        description="For those who may edit the post. `quote` is the passage that it is about, in its own words.",
        request=shapes.ReviewNoteWriteSerializer,
        status=201,
        idempotent=True,
        tag="together",
        request_example={"body": "Who says so?", "quote": "Some tools ask for attention."},
    ),
    partial_update=operation(
        "resolve_review_note",
        "Tick a remark off, or open it again",
        shapes.ReviewNoteSerializer,
        description="Remarks, and what came with a post that was sent back.",
        request=shapes.ReviewNoteResolveSerializer,
        errors=[422],
        tag="together",
        request_example={"resolved": True},
        parameters=[_NOTE_ID],
    ),
    destroy=operation(
        "remove_review_note",
        "Remove a remark",
        None,
        description="By whoever wrote it, and editors. Steps of a review stay.",
        status=204,
        errors=[422],
        tag="together",
        parameters=[_NOTE_ID],
    ),
)
