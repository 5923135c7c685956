"""What the schema says of the check before publishing and of preview links."""

from apps.common.schema import describe, operation
from apps.posts.serializers import publishing as shapes

_LINK = {
    "id": 5,
    "name": "For the lawyer",
    "author": {"username": "ada", "display_name": "Ada", "avatar_url": ""},
    "created_at": "2026-01-31T12:00:00Z",
    "expires_at": "2026-02-14T12:00:00Z",
    "used_at": None,
}

checks = describe(
    get=operation(
        "check_post",
        "Look a post over before publishing",
        shapes.CheckSerializer,
        description="What readers would stumble over: pictures without words, links of our own that lead nowhere, "
        "headings that leave a level out, a missing excerpt. It advises, and nothing stands in the way of publishing. "
        "With `of=working_copy` it looks at the changes that readers don't have yet.",
        tag="posts",
    ),
)

preview_links = describe(
    list=operation(
        "list_preview_links",
        "List the preview links of a post",
        shapes.PreviewLinkSerializer,
        description="Those that still lead somewhere, the newest first.",
        page=True,
        tag="posts",
    ),
    create=operation(
        "create_preview_link",
        "Make a preview link",
        shapes.NewPreviewLinkSerializer,
        description="Whoever has the link reads the post before it is public, without an account, until the link "
        "expires or is revoked; where there is a working copy, with its changes. The answer holds the address, this "
        "once and never again.",
        request=shapes.PreviewLinkCreateSerializer,
        status=201,
        errors=[422],
        tag="posts",
        example={**_LINK, "url": "https://example.org/preview#hrGFHg0ukfUyu6QU5dlUCGxXuZAvXQd5n-mCzLAbMfc"},
        request_example={"name": "For the lawyer", "expires_in_days": 14},
    ),
    retrieve=operation("get_preview_link", "Read one preview link", shapes.PreviewLinkSerializer, tag="posts"),
    destroy=operation(
        "revoke_preview_link",
        "Revoke a preview link",
        None,
        description="Whoever has it reads nothing with it from now on.",
        status=204,
        tag="posts",
    ),
)

preview = describe(
    post=operation(
        "read_preview",
        "Read a post by a preview link",
        shapes.PreviewedPostSerializer,
        description="The secret goes in the body, so that no address and no log has it. Tries that fail are counted by "
        "address: 429 after a few.",
        request=shapes.PreviewSecretSerializer,
        public=True,
        tag="posts",
        request_example={"secret": "hrGFHg0ukfUyu6QU5dlUCGxXuZAvXQd5n-mCzLAbMfc"},
    ),
)
