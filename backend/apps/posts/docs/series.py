"""What the schema says of series, and of what to read after a post."""

from apps.common.schema import describe, operation
from apps.posts.serializers import series as shapes

series = describe(
    list=operation(
        "list_series",
        "List series",
        shapes.SeriesSerializer,
        description="Series that have a part which everybody may read; for those who write posts, all. By title.",
        page=True,
        public=True,
        tag="series",
    ),
    retrieve=operation(
        "get_series",
        "Read one series",
        shapes.SeriesSerializer,
        description="Its parts are the posts of `GET /posts?series=…&order=series`.",
        public=True,
        tag="series",
    ),
)

further_reading = describe(
    get=operation(
        "get_further_reading",
        "Find what to read after a post",
        shapes.FurtherReadingSerializer,
        description=(
            "The posts published before and after it, the parts of its series, and up to four that are related: by the "
            "tags they share, the rarer the better, then by words of title and excerpt, category and author. Only what "
            "everybody may read."
        ),
        public=True,
        tag="posts",
    )
)
