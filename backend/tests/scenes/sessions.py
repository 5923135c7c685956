"""Sessions, the password, the e-mail address."""

from apps.accounts.challenges import Purpose, open_challenge, send_code
from apps.accounts.codes import code_for
from apps.accounts.sessions import start_session
from tests.scenes import Scene, Scenes


def _end_session(scene: Scene) -> None:
    session, _ = start_session(user=scene.chief)
    scene.values["id"] = str(session.pk)


def _as_mina(scene: Scene) -> None:
    scene.caller = scene.mina


def _confirm_email_change(scene: Scene) -> None:
    if scene.body is None:
        return
    old = scene.chief.email
    challenge, token = open_challenge(
        purpose=Purpose.CHANGE_EMAIL, user=scene.chief, email="chief@elsewhere.example", data={"old": old}
    )
    send_code(challenge)
    scene.body = {"challenge": token, "code": code_for(challenge, to=old), "new_code": code_for(challenge)}


SCENES: Scenes = {
    "end_session": _end_session,
    "change_password": _as_mina,
    "confirm_email_change": _confirm_email_change,
}
