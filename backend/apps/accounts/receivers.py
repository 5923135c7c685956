"""What accounts do when something happens elsewhere."""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.http import HttpRequest

from apps.accounts.clients import client_of
from apps.accounts.models import User
from apps.accounts.security_log import Kind, log_event
from apps.accounts.services import sync_roles


def sync_roles_after_migrate(sender: AppConfig, using: str, apps: Apps = installed_apps, **kwargs: Any) -> None:
    """Keep the roles' groups in step, once all permissions exist: after the last app has been announced."""
    with_models = [config for config in installed_apps.get_app_configs() if config.models_module is not None]
    if sender is not with_models[-1]:
        return
    try:
        apps.get_model("auth", "Group")
        apps.get_model("accounts", "User")
    except LookupError:  # migrated only in part
        return
    sync_roles(using=using)


def log_admin_sign_out(sender: Any, request: HttpRequest, user: User | None = None, **kwargs: Any) -> None:
    """Django's own sessions are those of the admin."""
    if user is not None:
        log_event(user=user, kind=Kind.SIGNED_OUT, client=client_of(request), detail="the admin")
