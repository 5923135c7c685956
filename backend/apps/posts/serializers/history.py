"""Shapes of revisions and working copies going out and coming in."""

from typing import Any

from rest_framework import serializers

from apps.accounts.bylines import BylineSerializer, byline
from apps.common.serializers import InputSerializer, OutputSerializer
from apps.posts.models import Post, Revision, WorkingCopy
from apps.posts.serializers.covers import CoverSerializer
from apps.posts.serializers.posts import MAX_BODY, MAX_SHOWN_TAGS, PostWriteSerializer
from apps.posts.services.history import content_at
from apps.posts.services.working_copies import content_in

MAX_NAME = 100


class ContentSerializer(OutputSerializer):
    """What an author edits of a post."""

    title = serializers.CharField(max_length=300, allow_blank=True)
    slug = serializers.CharField(
        max_length=120, required=False, help_text="Left out where the content goes with any address."
    )
    excerpt = serializers.CharField(max_length=600, allow_blank=True)
    body = serializers.CharField(max_length=MAX_BODY, allow_blank=True)
    body_format = serializers.ChoiceField(choices=Post.BodyFormat.choices)
    cover = CoverSerializer(allow_null=True)
    tags = serializers.ListField(
        child=serializers.CharField(max_length=80),
        max_length=MAX_SHOWN_TAGS,
        help_text="Names; the slug of a tag whose name does not lead to it.",
    )
    category = serializers.CharField(max_length=80, allow_null=True, help_text="Slug.")
    series = serializers.CharField(
        max_length=120,
        allow_null=True,
        required=False,
        help_text="Title, or the slug where that does not lead there; left out by revisions older than series.",
    )
    language = serializers.CharField(max_length=12)
    canonical_url = serializers.CharField(max_length=500, allow_blank=True)
    comment_policy = serializers.ChoiceField(choices=Post.CommentPolicy.choices)


class RevisionSummarySerializer(OutputSerializer):
    """A revision as the list shows it: without its content."""

    number = serializers.IntegerField(min_value=1, help_text="Counts from 1; thinning leaves gaps.")
    kind = serializers.ChoiceField(
        choices=Revision.Kind.choices,
        help_text=(
            "`saved` and `restored`: the post was this; `original`: before its history began; `working_copy`: a save "
            "of the working copy; `kept`: put aside, the post never was this."
        ),
    )
    name = serializers.CharField(max_length=MAX_NAME, allow_blank=True, help_text="Of a milestone, which stays.")
    post_version = serializers.IntegerField(min_value=1, help_text="The version of the post at that time.")
    author = BylineSerializer(allow_null=True, help_text="Who saved it; null where that is not known any more.")
    created_at = serializers.DateTimeField()
    word_count = serializers.IntegerField(min_value=0)
    restored_from = serializers.IntegerField(
        min_value=1, allow_null=True, help_text="Number of the revision that was brought back."
    )

    def to_representation(self, instance: Revision) -> dict[str, Any]:
        return {
            "number": instance.number,
            "kind": instance.kind,
            "name": instance.name,
            "post_version": instance.post_version,
            "author": byline(instance.author) if instance.author else None,
            "created_at": instance.created_at,
            "word_count": instance.word_count,
            "restored_from": instance.restored_from,
        }


class RevisionSerializer(RevisionSummarySerializer, ContentSerializer):
    """A revision with its content."""

    def to_representation(self, instance: Revision) -> dict[str, Any]:
        return {**super().to_representation(instance), **content_at(instance)}


class WorkingCopySerializer(ContentSerializer):
    """A working copy with its content."""

    version = serializers.IntegerField(min_value=1, help_text="Of the working copy.")
    base_version = serializers.IntegerField(min_value=1, help_text="The version of the post that it was made from.")
    author = BylineSerializer(allow_null=True, help_text="Who saved it last.")
    updated_at = serializers.DateTimeField()

    def to_representation(self, instance: WorkingCopy) -> dict[str, Any]:
        return {
            **content_in(instance),
            "version": instance.version,
            "base_version": instance.base_version,
            "author": byline(instance.author) if instance.author else None,
            "updated_at": instance.updated_at,
        }


class ContentWriteSerializer(PostWriteSerializer):
    """What a write of content may set: everything but `featured` and the place in the series. All of it is optional."""

    title = serializers.CharField(max_length=300, allow_blank=True, required=False)
    featured = None  # type: ignore[assignment]
    series_position = None  # type: ignore[assignment]


class WorkingCopyWriteSerializer(ContentWriteSerializer):
    """Content, and what it was made from."""

    base_version = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=2**31 - 1,
        help_text="The version of the post whose changes are in here; its present one when left out at the beginning.",
    )


class RevisionCreateSerializer(ContentWriteSerializer):
    """A name alone makes a milestone of the present state; with content, a version is put aside."""

    name = serializers.CharField(max_length=MAX_NAME, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs:
            raise serializers.ValidationError({"name": ["Give a name, or the content that is to be put aside."]})
        return super().validate(attrs)


class RevisionNameSerializer(InputSerializer):
    name = serializers.CharField(max_length=MAX_NAME, allow_blank=True, help_text="Empty: no longer a milestone.")


class RestoreSerializer(InputSerializer):
    to = serializers.ChoiceField(
        choices=[("post", "the post itself"), ("working_copy", "its working copy")],
        default="post",
        help_text="Where the content goes.",
    )
