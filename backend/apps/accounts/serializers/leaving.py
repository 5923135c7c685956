"""Shapes of leaving."""

from rest_framework import serializers

from apps.accounts.leaving import Fate
from apps.common.serializers import InputSerializer

_FATES = [(fate.value, fate.name) for fate in Fate]


class DeletionSerializer(InputSerializer):
    """What becomes of what one wrote. Drafts go in any case."""

    posts = serializers.ChoiceField(
        choices=_FATES, default=Fate.KEEP.value, help_text="Published posts stay under “Deleted user”, or are removed."
    )
    comments = serializers.ChoiceField(
        choices=_FATES, default=Fate.KEEP.value, help_text="Comments stay likewise, or lose their text."
    )
