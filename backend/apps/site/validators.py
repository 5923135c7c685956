"""What may stand in the publication's record."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

MAX_NAVIGATION = 20
MAX_LABEL = 40
MAX_ADDRESS = 500
_web_address = URLValidator(schemes=["https", "http"])
_path_address = URLValidator(schemes=["https"])
_WRONG = "Enter a path such as /pages/about, or an address that starts with https://."


def validate_address(value: str) -> None:
    """A path on this site, or a whole address."""
    if value.startswith("/"):
        # What browsers would read as another host (`//host`, and `\` counts as `/` for them) is no path.
        if value.startswith("//") or "\\" in value:
            raise ValidationError(_WRONG)
        _check(_path_address, f"https://example.com{value}")
    else:
        _check(_web_address, value)


def validate_navigation(value: Any) -> None:
    """A list of at most 20 labels with addresses."""
    if not isinstance(value, list):
        raise ValidationError("Give a list of entries.")
    if len(value) > MAX_NAVIGATION:
        raise ValidationError(f"Use at most {MAX_NAVIGATION} entries.")
    for number, entry in enumerate(value, start=1):
        try:
            _check_entry(entry)
        except ValidationError as problem:
            raise ValidationError([f"Entry {number}: {text}" for text in problem.messages]) from None


def _check_entry(entry: Any) -> None:
    if not isinstance(entry, Mapping) or set(entry) != {"label", "url"}:
        raise ValidationError("Give a label and a url.")
    label, url = entry["label"], entry["url"]
    if not isinstance(label, str) or not label.strip() or len(label) > MAX_LABEL:
        raise ValidationError(f"Give a label of at most {MAX_LABEL} characters.")
    if not isinstance(url, str) or len(url) > MAX_ADDRESS:
        raise ValidationError(_WRONG)
    validate_address(url)


def _check(validate: URLValidator, value: str) -> None:
    try:
        validate(value)
    except (ValidationError, ValueError):
        raise ValidationError(_WRONG) from None
