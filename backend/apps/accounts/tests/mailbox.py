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
    """The code in the newest mail to the address, as it stands there."""
    found = re.search(r"^ {4}(\d{4} \d{4})$", str(mails_to(address)[-1].body), re.MULTILINE)
    assert found, "there is no code in this mail"
    return found[1]
