"""Moderation in the Django admin: the queue, the log, the rules, and what happens in figures."""

from apps.moderation.admin import cases, log, rules  # noqa: F401 - they register themselves
