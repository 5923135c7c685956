from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "apps.feeds"
    label = "feeds"

    def ready(self) -> None:
        from apps.feeds import receivers  # noqa: F401 - registers itself
