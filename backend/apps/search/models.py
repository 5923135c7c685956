"""What is indexed, at which place, and the words that occur. The texts themselves are the engine's."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from apps.comments.models import Comment
from apps.posts.models import Post
from apps.search.words import MAX_WORD

SECOND = 2**30
"""Places in one second: enough for the ids of all rows."""
LAST_SECOND = 2**33 - 1
"""In the year 2242; what is later still stands there. So a position fits into 64 bits."""


def position_of(moment: datetime, pk: int) -> int:
    """Where a row stands among all: by time, then by id. It is its id in the engine, so that walking the index
    backwards is walking from the newest on, and a span of time is a span of ids."""
    seconds = min(max(int(moment.timestamp()), -LAST_SECOND), LAST_SECOND)
    return seconds * SECOND + pk % SECOND


class Entry(models.Model):
    """A row of the site that is in the index."""

    position = models.BigIntegerField(primary_key=True)
    stemming = models.CharField(max_length=2, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.position)


class PostEntry(Entry):
    post = models.OneToOneField(Post, on_delete=models.DO_NOTHING, db_constraint=False, related_name="search_entry")


class CommentEntry(Entry):
    comment = models.OneToOneField(
        Comment, on_delete=models.DO_NOTHING, db_constraint=False, related_name="search_entry"
    )
    post_id = models.BigIntegerField(db_index=True)
    """Whose own entry is gone by the time that a deleted post's comments are taken out."""


class Word(models.Model):
    """A folded word that occurs somewhere, for finishing words as one types them and for forgiving typos. Nothing in
    here is ever shown: a word may be left over from what is not public any more."""

    word = models.CharField(max_length=MAX_WORD, unique=True)
    backwards = models.CharField(max_length=MAX_WORD, db_index=True)
    length = models.PositiveSmallIntegerField()
    rows = models.PositiveIntegerField(default=0)
    """About how many posts and comments it occurs in."""
    is_of_name = models.BooleanField(default=False)
    """Part of what somebody is called: forgotten once nobody who wrote something is."""

    class Meta:
        indexes = [models.Index(fields=["id"], condition=models.Q(is_of_name=True), name="search_word_of_name")]

    def __str__(self) -> str:
        return self.word


class Stemming(models.Model):
    """A stemming that some text in the index has: words that are looked for are stemmed in each of these ways."""

    code = models.CharField(max_length=2, unique=True, blank=True)

    def __str__(self) -> str:
        return self.code or "none"


class Build(models.Model):
    """How far the index has been filled by the present rules, for posts and for comments."""

    kind = models.CharField(max_length=10, unique=True)
    rules = models.PositiveSmallIntegerField(default=0)
    after = models.BigIntegerField(default=0)
    """The last id that was looked at."""
    is_done = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.kind}: {'done' if self.is_done else self.after}"
