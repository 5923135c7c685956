"""Reading the mails that tests have caused."""

import re

from django.core import mail
from django.core.mail import EmailMessage

from apps.common import outbox


def mails_to(address: str) -> list[EmailMessage]:
    """What has been sent to the address so far, once the outbox is empty."""
    outbox.drain()
    return [message for message in mail.outbox if message.to == [address]]


def last_code(address: str) -> str:
    """The newest code that was sent to the address, as it stands in its mail. Other mails may have come after it."""
    bodies = [str(message.body) for message in mails_to(address)]
    codes = re.findall(r"^ {4}(\d{4} \d{4})$", "\n".join(bodies), re.MULTILINE)
    assert codes, "no code was sent"
    return str(codes[-1])
