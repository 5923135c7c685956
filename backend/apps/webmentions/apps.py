from django.apps import AppConfig


class WebmentionsConfig(AppConfig):
    name = "apps.webmentions"
    label = "webmentions"

    def ready(self) -> None:
        from apps.webmentions import receivers  # noqa: F401 - registers itself
