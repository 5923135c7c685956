"""Reports, cases, decisions and appeals. The post is the chief's own; what is decided about is mina's."""

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.comments.models import Comment
from apps.comments.services import add_comment
from apps.moderation.models import Case, Decision
from apps.moderation.services.appeals import appeal_against
from apps.moderation.services.cases import Subject, Target, target_of
from apps.moderation.services.decisions import decide
from apps.moderation.services.reports import report
from apps.notifications.appeal_links import AppealLink, token_for
from apps.posts.models import Post
from tests.scenes import Scene, Scenes


def _moderator() -> User:
    return UserFactory.create(username="moira", roles=["moderator"])


def _remark(scene: Scene) -> Target:
    root = Comment.objects.first()
    post = Post.objects.exclude(slug=scene.values["slug"]).get()
    comment = add_comment(post=post, author=scene.mina, parent=root, body="Cheap watches!")
    return Target(kind=Subject.COMMENT.value, thing=comment)


def _reported(scene: Scene) -> Case:
    target = _remark(scene)
    report(reporter=UserFactory.create(username="rosa"), target=target, reason="spam", detail="It sells watches.")
    report(reporter=scene.chief, target=target, reason="spam")
    return Case.objects.get()


def _removed(scene: Scene) -> Decision:
    case = _reported(scene)
    return decide(
        moderator=_moderator(), action="remove", target=target_of(case), case=case, reason="spam", note="No ads."
    )


def _reporting(scene: Scene) -> None:
    scene.caller = scene.mina


def _reported_before(scene: Scene) -> None:
    _reported(scene)


def _deciding(scene: Scene) -> None:
    case = _reported(scene)
    if scene.body:
        scene.body = {**scene.body, "cases": [case.pk]}


def _appealed(scene: Scene) -> None:
    appeal_against(person=scene.mina, number=_removed(scene).number, text="It was a quotation.")


def _concerned(scene: Scene) -> None:
    _appealed(scene)
    scene.caller = scene.mina


def _appealing(scene: Scene) -> None:
    number = _removed(scene).number
    scene.caller = scene.mina
    if scene.body:
        scene.body = {**scene.body, "decision": number}


def _appealing_by_link(scene: Scene) -> None:
    token = token_for(AppealLink(scene.mina.pk, _removed(scene).number))
    if scene.body:
        scene.body = {**scene.body, "token": token}


SCENES: Scenes = {
    "report": _reporting,
    "list_my_reports": _reported_before,
    "list_moderation_queue": _reported_before,
    "get_moderation_summary": _reported_before,
    "decide": _deciding,
    "list_decisions": _appealed,
    "list_my_decisions": _concerned,
    "list_appeals": _appealed,
    "appeal": _appealing,
    "appeal_by_link": _appealing_by_link,
}
