"""Our own images in the HTML of a text: in the sizes that there are, with room kept for them.

Runs on HTML that has been sanitised, whose tags are well-formed and whose attributes stand in double quotes.
"""

import re
from collections.abc import Mapping
from html import escape

from django.conf import settings

from apps.media.models import Image
from apps.media.renditions import KINDS
from apps.media.storage import address_of

COLUMN = "(min-width: 43rem) 40rem, 100vw"
"""How wide an image in a text is shown: see `--measure` in frontend/src/styles/tokens.css."""
_FIRST = ["src", "alt", "width", "height"]
_TAG = re.compile(r"<(/?[a-z][a-z0-9]*)((?:[^>\"]|\"[^\"]*\")*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-z-]+)=\"([^\"]*)\"")
_PICTURE = re.compile(r"<picture>(?:<source\b(?:[^>\"]|\"[^\"]*\")*>)*(<img\b(?:[^>\"]|\"[^\"]*\")*>)</picture>")
_PLACEHOLDER = re.compile(r" data-placeholder=\"[^\"]*\"")


def folders_in(text: str) -> set[str]:
    """Folders of our own images that the text names, in whatever way."""
    return {f"images/{key}" for key in re.findall(r"/images/([0-9a-f]{24})/", text)}


def picture_at(address: str) -> Image | None:
    """The picture of ours at the address. Costs a query only where it could be one."""
    folder = folder_of(address)
    return Image.objects.pictures().filter(folder=folder).first() if folder else None


def with_pictures(html: str) -> str:
    """Each image of ours with its dimensions, its placeholder and, once they are there, its renditions as `<picture>`.
    Costs one query for a text that shows any."""
    folders = folders_in(html)
    if not folders:
        return html
    images = {image.folder: image for image in Image.objects.pictures().filter(folder__in=folders)}
    in_picture = False

    def replace(found: re.Match[str]) -> str:
        nonlocal in_picture
        name = found[1].lower()
        if name in {"picture", "/picture"}:
            in_picture = name == "picture"
        if name != "img":
            return found[0]
        return _picture(found[0], found[2], images, alone=not in_picture)

    return _TAG.sub(replace, html)


def without_pictures(html: str) -> str:
    """The same with plain `<img>` alone: for feeds and mails, whose readers know little HTML."""
    return _PLACEHOLDER.sub("", _PICTURE.sub(r"\1", html))


def _picture(tag: str, inside: str, images: Mapping[str, Image], *, alone: bool) -> str:
    attributes = dict(_ATTRIBUTE.findall(inside))
    image = images.get(folder_of(attributes.get("src", "")))
    if image is None or "srcset" in attributes:
        return tag
    attributes["src"] = escape(address_of(image.path(image.shown)))
    if not {"width", "height"} & attributes.keys():
        attributes |= {"width": str(image.width), "height": str(image.height)}
    if image.placeholder:
        attributes["data-placeholder"] = image.placeholder
    written = " ".join(f'{name}="{value}"' for name, value in sorted(attributes.items(), key=_by_place))
    plain = f"<img {written}>"
    return f"<picture>{_sources(image)}{plain}</picture>" if image.renditions and alone else plain


def _by_place(attribute: tuple[str, str]) -> tuple[int, str]:
    """Always the same order, so that the same text is the same HTML."""
    name = attribute[0]
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST)), name


def _sources(image: Image) -> str:
    """One for each kind, the one to be preferred first."""
    parts = []
    for _, kind in KINDS:
        files = [f"{address_of(image.path(name))} {width}w" for name, own, width, _ in image.renditions if own == kind]
        if files:
            parts.append(f'<source type="{kind}" srcset="{escape(", ".join(files))}" sizes="{COLUMN}">')
    return "".join(parts)


def folder_of(address: str) -> str:
    """The folder of the image at the address, if that is one of ours."""
    path = address.removeprefix(settings.PUBLIC_URL)
    found = re.fullmatch(rf"{re.escape(settings.MEDIA_URL)}(images/[0-9a-f]{{24}})/[\w.]+", path)
    return found[1] if found else ""
