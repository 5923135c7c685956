from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "apps.moderation"
    label = "moderation"

    def ready(self) -> None:
        from apps.comments import deciding
        from apps.moderation import receivers, rule_jobs  # noqa: F401 - importing connects them
        from apps.moderation.services import post_gate, rule_gate  # noqa: F401 - they put themselves up
        from apps.moderation.services.decisions import decide_comment

        deciding.register(decide_comment)
