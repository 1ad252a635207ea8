"""What a mail must be before it leaves. Pure."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from stakeholders.terms.duty import Text

SUBJECT_LENGTH = 300
_GAP = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]+\}|\{\{|\{%")
_ADDRESS = re.compile(r"https?://[^\s<>\"']*", re.IGNORECASE)
_STEERING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)

NO_SUBJECT = _("It has no subject.")
LONG_SUBJECT = _("Its subject is longer than 300 characters.")
CONTROLS = _("It has characters that steer a terminal or turn the direction of the text.")
NO_ADDRESS = _("Its address is none that mail can be sent to.")
NO_TEXT = _("It has no text.")
UNFILLED = _("A gap in it was not filled in: {what}")
FOREIGN = _("It leads to an address that is not of this site: {what}")


def fault_of(
    *, recipient: str, subject: str, text: str, site_url: str, is_meant: bool = False
) -> tuple[Text, str] | None:
    """The first thing wrong with a mail and the piece that shows it; None when it may leave.

    `is_meant`: somebody read it and found what only looks wrong to be right.
    """
    if not is_address(recipient):
        return NO_ADDRESS, ""
    return fault_of_words(subject=subject, text=text, site_url=site_url, is_meant=is_meant)


def is_address(recipient: str) -> bool:
    """Whether mail can be sent there."""
    try:
        validate_email(recipient)
    except ValidationError:
        return False
    return True


def fault_of_words(
    *, subject: str, text: str, site_url: str, is_meant: bool = False
) -> tuple[Text, str] | None:
    """As `fault_of`, of what many mails say alike."""
    if not subject:
        return NO_SUBJECT, ""
    if len(subject) > SUBJECT_LENGTH:
        return LONG_SUBJECT, ""
    if not text.strip():
        return NO_TEXT, ""
    if _STEERING.search(subject) or _STEERING.search(text):
        return CONTROLS, ""
    return None if is_meant else _doubt_of(subject=subject, text=text, site_url=site_url)


def is_doubtful(*texts: str, site_url: str) -> bool:
    """Whether a mail with one of these texts would be kept back until somebody reads it."""
    return any(_doubt_of(subject="", text=text, site_url=site_url) for text in texts)


def without_steering(text: str) -> str:
    """A text without the characters that no mail may have."""
    return _STEERING.sub("", text)


def _doubt_of(*, subject: str, text: str, site_url: str) -> tuple[Text, str] | None:
    gap = _GAP.search(subject) or _GAP.search(text)
    if gap:
        return UNFILLED, gap[0]
    for found in _ADDRESS.findall(text):
        if not (found + "/").startswith(site_url + "/"):
            return FOREIGN, found[:120]
    return None
