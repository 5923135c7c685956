"""Series."""

from apps.posts.tests.factories import make_post
from tests.scenes import Scene, Scenes


def _series(scene: Scene) -> None:
    make_post(scene.chief, series="The long walk")
    scene.values["slug"] = "the-long-walk"


SCENES: Scenes = {"get_series": _series, "list_series": _series}
