"""Shapes of notifications and of how one wants to hear of things."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from rest_framework import serializers

from apps.accounts.bylines import BylineSerializer, byline
from apps.comments.models import Comment
from apps.common.fields import MAX_ID
from apps.common.markup import plain_text
from apps.common.serializers import InputSerializer, OutputSerializer
from apps.notifications.inbox import MOST_COUNTED, NAMED
from apps.notifications.models import Kind, Notification, Preference
from apps.notifications.preferences import Wish
from apps.notifications.unsubscribing import CHOICES
from apps.posts.models import Post

EXCERPT = 200


class NotificationPostSerializer(OutputSerializer):
    """The post that it is about, or that the comment stands under."""

    slug = serializers.CharField(max_length=200)
    title = serializers.CharField(max_length=300)


class NotificationCommentSerializer(OutputSerializer):
    """The beginning of the comment that it is about."""

    id = serializers.IntegerField(min_value=1)
    excerpt = serializers.CharField(max_length=EXCERPT, allow_blank=True, help_text="Plain text.")


class NotificationSerializer(OutputSerializer):
    """One line of the inbox."""

    id = serializers.IntegerField(min_value=1)
    kind = serializers.ChoiceField(choices=Kind.choices)
    actors = BylineSerializer(  # type: ignore[call-arg]
        many=True,
        max_length=NAMED,
        help_text="Who did it; of gathered likes the latest. Empty where moderators did, or a page elsewhere.",
    )
    actor_count = serializers.IntegerField(min_value=0, help_text="How many did it.")
    post = NotificationPostSerializer(allow_null=True)
    comment = NotificationCommentSerializer(allow_null=True)
    data = serializers.DictField(  # type: ignore[assignment]
        help_text="More about it, by its kind: of a reply `to` (`post` or `comment`), of a Webmention the `site` that "
        "it comes from, of a new post the `tag` that one follows, of decisions what was decided."
    )
    happened_at = serializers.DateTimeField()
    read = serializers.BooleanField()


def represent_notification(row: Notification, people: tuple[list[Any], int]) -> dict[str, Any]:
    """The members of a notification's answer. `row.post` and `row.comment` are named where readers see them now."""
    post, comment = row.post, row.comment
    post_is_shown = post is not None and post.is_live
    shown = comment if post_is_shown and comment is not None and comment.status == "visible" else None
    return {
        "id": row.pk,
        "kind": row.kind,
        "actors": [byline(person) for person in people[0]],
        "actor_count": people[1],
        "post": _post(post) if post_is_shown and post else None,
        "comment": {"id": shown.pk, "excerpt": excerpt_of(shown.body_html)} if shown else None,
        "data": {"site": site_of(shown)} if row.kind == Kind.WEBMENTION else row.data,
        "happened_at": row.happened_at,
        "read": row.read_at is not None,
    }


def _post(post: Post) -> dict[str, Any]:
    return {"slug": post.slug, "title": post.title}


def excerpt_of(body_html: str, length: int = EXCERPT) -> str:
    """The beginning as plain text, cut between words."""
    text = plain_text(body_html)
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut}…"


def site_of(mention: Comment | None) -> str:
    """The host of the page that a Webmention comes from, as its comment has it: what is refused later is kept nowhere
    else. Empty where it is not known."""
    return (urlsplit(mention.guest_url).hostname or "").removeprefix("www.") if mention else ""


class NotificationSummarySerializer(OutputSerializer):
    """What a bell shows."""

    unread = serializers.IntegerField(
        min_value=0,
        max_value=MOST_COUNTED,
        help_text=f"More than {MOST_COUNTED} are not counted.",
    )


class NotificationMarkSerializer(InputSerializer):
    """Whether it was read."""

    read = serializers.BooleanField()


class NotificationsMarkSerializer(InputSerializer):
    """That they were read."""

    read = serializers.BooleanField(help_text="True: they cannot all become unread at once.")
    up_to = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=MAX_ID,
        help_text="The newest that the caller has seen; what came meanwhile stays unread.",
    )

    def validate_read(self, value: bool) -> bool:
        if not value:
            raise serializers.ValidationError("Mark one at a time as unread.", code="invalid")
        return value


class NotificationSettingSerializer(OutputSerializer):
    """How one hears of one kind."""

    kind = serializers.ChoiceField(choices=Kind.choices)
    web = serializers.BooleanField(help_text="In the inbox.")
    mail = serializers.ChoiceField(choices=Preference.Mail.choices, help_text="At once, in one mail a day, or not.")


class NotificationSettingsSerializer(OutputSerializer):
    """How one hears of each kind."""

    settings = NotificationSettingSerializer(many=True, max_length=len(Kind.values))  # type: ignore[call-arg]


def represent_settings(wishes: Mapping[str, Wish]) -> dict[str, Any]:
    return {"settings": [{"kind": kind, "web": wish.web, "mail": str(wish.mail)} for kind, wish in wishes.items()]}


class NotificationSettingWriteSerializer(InputSerializer):
    """What changes for one kind."""

    kind = serializers.ChoiceField(choices=Kind.choices)
    web = serializers.BooleanField(required=False)
    mail = serializers.ChoiceField(required=False, choices=Preference.Mail.choices)


class NotificationSettingsWriteSerializer(InputSerializer):
    """Kinds that are not named stay as they are."""

    settings = NotificationSettingWriteSerializer(many=True, max_length=len(Kind.values))  # type: ignore[call-arg]


class UnsubscribedSerializer(OutputSerializer):
    """Of what no mails come any more."""

    kind = serializers.ChoiceField(choices=CHOICES)
