"""The inbox, and ending mails."""

from apps.comments.models import Comment
from apps.comments.services import add_comment
from apps.notifications.models import Kind, Notification
from apps.notifications.services import notify
from apps.notifications.unsubscribing import token_for
from tests.scenes import Scene, Scenes


def _told(scene: Scene) -> None:
    parent = Comment.objects.select_related("post").latest("pk")
    reply = add_comment(post=parent.post, author=scene.mina, body="I have one of those as well.", parent=parent)
    notify(
        recipient_id=scene.chief.pk,
        kind=Kind.REPLY,
        group=f"comment:{reply.pk}",
        actor_id=scene.mina.pk,
        comment_id=reply.pk,
        data={"to": "comment"},
    )
    scene.values["id"] = scene.values["pk"] = Notification.objects.get().pk


def _token(scene: Scene) -> None:
    scene.values["token"] = token_for(scene.chief.pk, Kind.REPLY)


SCENES: Scenes = {
    "list_notifications": _told,
    "get_notification": _told,
    "mark_notification": _told,
    "mark_notifications": _told,
    "get_notification_summary": _told,
    "unsubscribe": _token,
}
