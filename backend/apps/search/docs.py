"""What the schema says of searching."""

from apps.common.schema import describe, operation
from apps.search.serializers import SearchResultSerializer

search = describe(
    get=operation(
        "search",
        "Search posts and comments",
        SearchResultSerializer,
        description=(
            "Public posts (title, text, tags, authors) and visible comments, the best answers first. Words are found "
            "in their other forms too, by the language of each post, and without regard to case and accents. Where "
            "nothing is found, one slip in a word is forgiven. Any text is a good query; an empty one finds nothing. "
            "The answer goes down to the 150 newest posts, and comments, that match, and to 50 more by their titles; "
            "a query that only says what must not be there, down to those that remain of the 2,000 newest."
        ),
        page=True,
        public=True,
        errors=[401],
        tag="search",
    )
)
