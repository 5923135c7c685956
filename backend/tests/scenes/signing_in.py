"""Signing up and in."""

from apps.accounts.sessions import start_session
from tests.scenes import Scene, Scenes


def _as_nobody(scene: Scene) -> None:
    scene.caller = None


def _register(scene: Scene) -> None:
    scene.caller = None
    scene.mina.username, scene.mina.email = "mara", "mara@example.org"
    scene.mina.save(update_fields=["username", "email"])


def _refresh(scene: Scene) -> None:
    scene.caller = None
    if scene.body is not None:
        _, tokens = start_session(user=scene.mina)
        scene.body = {"refresh": tokens.refresh}


SCENES: Scenes = {"register": _register, "sign_in": _as_nobody, "refresh_token": _refresh}
