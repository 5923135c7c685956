from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "apps.notifications"
    label = "notifications"

    def ready(self) -> None:
        from apps.notifications import fan_out, mails, receivers, tasks  # noqa: F401 - they register themselves
