"""Personal API tokens."""

from apps.accounts.api_tokens import make_token
from apps.accounts.scopes import Scope
from tests.scenes import Scene, Scenes


def _with_token(scene: Scene) -> None:
    token, _ = make_token(user=scene.chief, name="Backup", scopes={Scope.POSTS_READ}, days=30)
    scene.values["id"] = token.pk


SCENES: Scenes = {"get_token": _with_token, "revoke_token": _with_token}
