"""Codes from mails."""

from collections.abc import Callable

from apps.accounts.challenges import Purpose, open_challenge, send_code
from apps.accounts.codes import code_for
from tests.scenes import Scene, Scenes


def _sent(purpose: Purpose) -> Callable[[Scene], None]:
    """A step of mina's, and its code where the operation takes one."""

    def change(scene: Scene) -> None:
        scene.caller = None
        if scene.body is None:
            return
        challenge, token = open_challenge(purpose=purpose, user=scene.mina, email=scene.mina.email)
        send_code(challenge)
        scene.body = {**scene.body, "challenge": token}
        if "code" in scene.body:
            scene.body["code"] = code_for(challenge)

    return change


SCENES: Scenes = {
    "verify_email": _sent(Purpose.VERIFY_EMAIL),
    "resend_code": _sent(Purpose.SIGN_IN_CODE),
    "sign_in_by_code": _sent(Purpose.SIGN_IN_CODE),
    "reset_password": _sent(Purpose.RESET_PASSWORD),
}
