"""Where mail goes in the embedded shape: into files, with a line on the terminal that says so."""

from collections.abc import Sequence
from typing import Any

from django.core.mail.backends.filebased import EmailBackend as FileBackend
from django.core.mail.message import EmailMessage


class PrintedFileBackend(FileBackend):
    """Writes every mail to a file under EMAIL_FILE_PATH and prints whom it is for, its subject and its text."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        sent: Any = super().send_messages(email_messages)
        for message in email_messages:
            print(f"mail to {', '.join(message.to)}: {message.subject}\n{message.body}\n", flush=True)  # noqa: T201
        return int(sent or 0)
