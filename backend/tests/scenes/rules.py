"""Rules that comments are held against."""

from apps.moderation.models import Rule
from tests.scenes import Scene, Scenes


def _rule(scene: Scene) -> None:
    rule = Rule.objects.create(name="Casinos", kind="links", settings={"hosts": ["casino.example"]})
    scene.values["id"] = scene.values["pk"] = rule.pk


SCENES: Scenes = dict.fromkeys(("get_moderation_rule", "change_moderation_rule", "delete_moderation_rule"), _rule)
