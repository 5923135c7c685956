"""What the schema says of tags, categories, the archive, and the preview of Markdown."""

from apps.common.schema import describe, operation
from apps.posts.serializers import taxonomy as shapes

tags = describe(
    list=operation(
        "list_tags",
        "List tags",
        shapes.TagSerializer,
        description="Tags that public posts have, the most used first.",
        page=True,
        public=True,
        tag="tags",
    ),
    retrieve=operation("get_tag", "Read one tag", shapes.TagSerializer, public=True, tag="tags"),
)

categories = describe(
    list=operation(
        "list_categories",
        "List categories",
        shapes.CategorySerializer,
        description="The whole tree in reading order: a category, then those below it.",
        page=True,
        public=True,
        tag="categories",
    ),
    retrieve=operation("get_category", "Read one category", shapes.CategorySerializer, public=True, tag="categories"),
)

archive = describe(
    get=operation(
        "list_archive_months",
        "List months with posts",
        shapes.ArchiveMonthSerializer,
        description="Months (UTC) in which posts were published, the latest first.",
        page=True,
        public=True,
        tag="posts",
    )
)

preview = describe(
    post=operation(
        "preview_markdown",
        "See what Markdown becomes",
        shapes.PreviewSerializer,
        description="Renders and sanitises as saving would; nothing is stored.",
        request=shapes.PreviewRequestSerializer,
        tag="posts",
        request_example={"body": "A *quiet* remark.", "purpose": "comment"},
    )
)
