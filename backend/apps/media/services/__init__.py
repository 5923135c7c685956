"""What can be done with images."""

from apps.media.services.avatars import remove_avatar, remove_what_was_taken_away, set_avatar
from apps.media.services.files import IMAGE_RETIRED, remove_files
from apps.media.services.library import IMAGE_RECEIVED, add_picture, delete_picture, describe_picture
from apps.media.services.rendering import IMAGE_READY, make_renditions
from apps.media.services.sweeping import sweep

__all__ = [
    "IMAGE_READY",
    "IMAGE_RECEIVED",
    "IMAGE_RETIRED",
    "add_picture",
    "delete_picture",
    "describe_picture",
    "make_renditions",
    "remove_avatar",
    "remove_files",
    "remove_what_was_taken_away",
    "set_avatar",
    "sweep",
]
