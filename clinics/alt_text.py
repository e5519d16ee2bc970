"""Whether a text can stand in for a picture (W-05): text and file name in, problems out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

MINIMUM_WORDS = 3
# NHS digital service manual, "Images": keep alternative text to 125 characters.
LONG_TEXT = 125

_USELESS = frozenset(
    "pic picture image img photo photograph graphic misc untitled logo icon banner header".split()
)
_FILE_NAME = re.compile(r"^[\w\-. ]+\.(jpe?g|png|gif|webp|avif|svg|tiff?|bmp)$", re.IGNORECASE)
_CAMERA_NAME = re.compile(r"^(img|dsc|dscn|pxl|image|photo|screenshot)[_\- ]?\d+$", re.IGNORECASE)
_PREAMBLE = re.compile(r"^(an? |the )?(image|picture|photo|photograph|graphic) of\b", re.IGNORECASE)


@dataclass(frozen=True)
class AltProblem:
    """`blocks` is True when the text may not be published, False for a warning."""

    message: str
    blocks: bool


def alt_problems(text: str, *, title: str = "", file_name: str = "") -> tuple[AltProblem, ...]:
    """Everything wrong with an alternative text that is not declared decorative."""
    text = text.strip()
    refusal = _refusal(text, title.strip(), file_name.strip())
    if refusal:
        return (AltProblem(refusal, blocks=True),)
    warnings = []
    if _PREAMBLE.match(text):
        warnings.append(_("Leave out “image of”: a screen reader says that it is an image."))
    if len(text) > LONG_TEXT:
        warnings.append(
            _("%(count)d characters is long: keep it under %(limit)d, or use the caption.")
            % {"count": len(text), "limit": LONG_TEXT}
        )
    return tuple(AltProblem(message, blocks=False) for message in warnings)


def is_useless_alt(text: str) -> bool:
    """True for placeholders, file names and camera names such as "misc image" or "IMG_0042.jpg"."""
    words = text.lower().split()
    return bool(
        not words
        or all(word in _USELESS for word in words)
        or _FILE_NAME.match(text)
        or _CAMERA_NAME.match(text)
    )


def _refusal(text: str, title: str, file_name: str) -> str:
    remedy = _("Describe what the picture shows, or tick “Decorative”.")
    if not text:
        return _("The alternative text is missing. ") + remedy
    if is_useless_alt(text):
        return _("“%(text)s” says nothing about the picture. ") % {"text": text} + remedy
    if title and text.casefold() == title.casefold() and len(text.split()) < MINIMUM_WORDS:
        return _("The alternative text only repeats the title. ") + remedy
    if file_name and text.casefold() == file_name.casefold():
        return _("The alternative text is the file's name. ") + remedy
    if len(text.split()) < MINIMUM_WORDS:
        return _("Fewer than three words cannot describe the picture. ") + remedy
    return ""
