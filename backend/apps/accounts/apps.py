from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "apps.accounts"
    label = "accounts"

    def ready(self) -> None:
        from apps.accounts import checks, failed_sign_ins, tasks  # noqa: F401 - they register themselves
        from apps.accounts.mails import codes, email_change, leaving, notices, welcome  # noqa: F401 - likewise
        from apps.accounts.receivers import log_admin_sign_out, sync_roles_after_migrate

        post_migrate.connect(sync_roles_after_migrate, dispatch_uid="accounts.sync_roles")
        user_logged_out.connect(log_admin_sign_out, dispatch_uid="accounts.log_admin_sign_out")
