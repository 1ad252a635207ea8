"""How long a round lasts and what silence in it means, as the charter in force says."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from consult.phase1_organization.enums import SilenceInRound
from consult.phase1_organization.queries import charter_in_force
from consult.phase2_preparation.enums import RoundKind
from consult.phase2_preparation.models import Round
from plans.register.models import Plan
from stakeholders.jurisdictions.queries import overrides
from stakeholders.terms.workdays import add_workdays

# Deadlines end with the office day.
HOUR = time(17, 0)
OPENING = time(9, 0)
# A draft is displayed to the public for thirty days of the calendar (Urban and Rural Planning Law,
# art. 26).
DISPLAY_DAYS = 30
# The customary time for the letter after an oral answer.
LETTER_DAYS = 5
WINDOWS = (0, 1, 3, 7)  # days before the last day on which a link is sent once more


@dataclass(frozen=True, kw_only=True)
class RoundTerms:
    """Working days of a round and of an urgent one; whether silence counts as no comment."""

    days: int = 20
    urgent_days: int = 7
    silence_lapses: bool = True


def terms_of(plan: Plan) -> RoundTerms:
    """The terms of the charter in force; the customary ones where none was adopted."""
    charter = charter_in_force(plan)
    if charter is None:
        return RoundTerms()
    content = charter.content
    return RoundTerms(
        days=content.round_days,
        urgent_days=content.urgent_round_days,
        silence_lapses=content.silence_in_round == SilenceInRound.NO_OPINION,
    )


def default_end(*, plan: Plan, kind: str, at: datetime) -> date:
    """The last local day of a round of `kind` opened at `at`."""
    today = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    if kind == RoundKind.DISPLAY:
        return today + timedelta(days=DISPLAY_DAYS)
    terms = terms_of(plan)
    days = terms.urgent_days if kind == RoundKind.URGENT else terms.days
    return add_workdays(today, days, overrides(on=today))


def letter_due(*, one: Round, given: datetime) -> datetime:
    """Until when the letter of an answer `given` without it is to come: the office hour of the
    last working day; in a sealed round counted from its end, since before it nobody may learn how
    an answer was given. One query."""
    place = ZoneInfo(one.zone)
    start = max(given, one.closes_at) if one.is_sealed else given
    day = start.astimezone(place).date()
    last = add_workdays(day, one.letter_days or LETTER_DAYS, overrides(on=day))
    return datetime.combine(last, HOUR, tzinfo=place)


def window_of(*, closes_at: datetime, now: datetime) -> str:
    """The newest reminder due for a deadline that is not over, with that deadline; or "". Pure."""
    days = (timezone.localtime(closes_at).date() - timezone.localtime(now).date()).days
    reached = [window for window in WINDOWS if days <= window]
    return f"{reached[0]}:{closes_at:%Y%m%dT%H%M%z}" if reached and now < closes_at else ""
