"""What a person may say about its mail. Pure: no database."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import time

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from stakeholders.notices.enums import Rhythm
from stakeholders.notices.timing import zone_named
from stakeholders.notices.topics import topic_by_key
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Invalid

STAYS_ON = _("This topic has legal effect or guards your account: it stays on.")


@dataclass(frozen=True, kw_only=True)
class Choice:
    """How a person wants its mail, as it says it: unchecked.

    `zone` empty: that of the site. `language` empty: mail in both languages.
    """

    rhythm: str = Rhythm.AT_ONCE
    hour: int = 8
    weekday: int = 0
    quiet_from: time | None = None
    quiet_until: time | None = None
    zone: str = ""
    muted: Collection[str] = field(default_factory=tuple)
    language: str = ""


def check_choice(choice: Choice) -> None:
    """Invalid, by field, for what no preference can be."""
    errors = _of_quiet(choice)
    if choice.rhythm not in Rhythm.values:
        errors["rhythm"] = _("Choose one of the rhythms.")
    if not 0 <= choice.hour <= 23:
        errors["hour"] = _("An hour lies between 0 and 23.")
    if not 0 <= choice.weekday <= 6:
        errors["weekday"] = _("Choose a day of the week.")
    if choice.zone and zone_named(choice.zone) is None:
        errors["zone"] = _("No such time zone. Write it as in the list, for example Asia/Shanghai.")
    if choice.language and choice.language not in dict(settings.LANGUAGES):
        errors["language"] = _("This language is not offered.")
    if not all(_is_mutable(key) for key in choice.muted):
        errors["muted"] = STAYS_ON
    if errors:
        raise Invalid(errors)


def check_topic(key: str) -> None:
    """Invalid for a topic that is none or cannot be muted."""
    if not _is_mutable(key):
        raise Invalid({"topic": STAYS_ON})


def _of_quiet(choice: Choice) -> dict[str, Text]:
    if (choice.quiet_from is None) != (choice.quiet_until is None):
        missing = "quiet_from" if choice.quiet_from is None else "quiet_until"
        return {missing: _("Quiet hours need a beginning and an end; leave both empty for none.")}
    if choice.quiet_from is not None and choice.quiet_from == choice.quiet_until:
        return {"quiet_until": _("Quiet hours cannot end when they begin.")}
    return {}


def _is_mutable(key: str) -> bool:
    try:
        return topic_by_key(key).is_mutable
    except ValueError:
        return False
