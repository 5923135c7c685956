"""A mail server for processes that are killed: a mail that it has taken is in the folder, whole, whoever dies then."""

import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


def _nothing() -> None:
    """Nobody counts."""


note: Callable[[], None] = _nothing
"""Called before a mail is taken and after: a process may die at either."""


class FolderBackend(BaseEmailBackend):
    """Keeps of each mail its recipient and its Message-ID, in a file of its own."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            note()
            folder: str = getattr(settings, "EMAIL_FILE_PATH")  # noqa: B009 - the types know no such setting
            unfinished = Path(folder) / f"{uuid.uuid4().hex}.part"
            unfinished.write_text(f"{message.to[0]} {message.message()['Message-ID']}")
            unfinished.replace(unfinished.with_suffix(".mail"))
            note()
        return len(email_messages)
