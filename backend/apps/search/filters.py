"""What a search can be asked for."""

from typing import Any

from rest_framework import serializers

from apps.common.pagination import DEFAULT_LIMIT

MAX_QUERY = 200
MAX_RESULTS_ON_A_PAGE = 50
TYPES = ("all", "posts", "comments")


class SearchQuery(serializers.Serializer[Any]):
    q = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        max_length=MAX_QUERY,
        trim_whitespace=False,
        help_text='Words, all of which must occur; `"in quotes"` one after the other; `tag:maps`, `category:trips`, '
        "`author:mina`, `after:2024-05-01` and `before:2025` (also a year or a month) narrow. What a minus stands "
        'before (`-bread`, `-"in quotes"`, `-tag:maps`) must not be there. The last word may be unfinished, unless a '
        "space follows.",
    )
    type = serializers.ChoiceField(required=False, choices=TYPES, default="all")
    cursor = serializers.CharField(
        required=False, max_length=400, help_text="Where the page starts: taken from `next` or `previous`."
    )
    limit = serializers.IntegerField(
        required=False,
        default=DEFAULT_LIMIT,
        min_value=1,
        max_value=MAX_RESULTS_ON_A_PAGE,
        help_text="Rows on a page.",
    )
