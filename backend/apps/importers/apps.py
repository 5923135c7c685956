from django.apps import AppConfig


class ImportersConfig(AppConfig):
    name = "apps.importers"
    label = "importers"

    def ready(self) -> None:
        from apps.importers import receivers  # noqa: F401 - registers itself
