"""Signing in to the Django admin, for tests."""

from typing import Any

from django.test import Client

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD

LOGIN = "/admin/login/?next=/admin/posts/post/"


def give_password(browser: Client, user: User, password: str = PASSWORD) -> Any:
    return browser.post(LOGIN, {"username": user.username, "password": password, "next": "/admin/posts/post/"})


def is_in(browser: Client) -> bool:
    return browser.get("/admin/").status_code == 200
