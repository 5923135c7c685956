from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "apps.pages"
    label = "pages"

    def ready(self) -> None:
        from apps.pages import services  # noqa: F401 - subscribes, and says which images pages show
