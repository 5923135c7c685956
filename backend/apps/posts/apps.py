from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "apps.posts"
    label = "posts"

    def ready(self) -> None:
        from apps.posts import mails, receivers  # noqa: F401 - importing connects them
        from apps.posts.services import pictures, presence  # noqa: F401 - their jobs register themselves
