"""What deleted accounts are called."""

from django.utils import translation
from django.utils.translation import gettext

from apps.accounts.validators import DELETED_USERNAME
from apps.site.languages import site_language


def deleted_username(pk: int) -> str:
    """Unique, and says nothing."""
    return f"deleted-{pk}"


def deleted_email(pk: int) -> str:
    """An address that cannot exist."""
    return f"deleted-{pk}@deleted.invalid"


def is_deleted_username(username: str) -> bool:
    """Whether it is one of theirs. Nobody else can have such a name."""
    return DELETED_USERNAME.fullmatch(username) is not None


def deleted_name() -> str:
    """What readers see in the place of a name, in the publication's language."""
    with translation.override(site_language()):
        return gettext("Deleted user")
