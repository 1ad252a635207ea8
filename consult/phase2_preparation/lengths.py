"""How long a round lasts and what silence in it means, as the charter in force says."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from consult.phase1_organization.enums import SilenceInRound
from consult.phase1_organization.queries import charter_in_force
from consult.phase2_preparation.enums import RoundKind
from plans.register.models import Plan
from stakeholders.jurisdictions.queries import overrides
from stakeholders.terms.workdays import add_workdays

# Deadlines end with the office day.
HOUR = time(17, 0)
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
    terms = terms_of(plan)
    days = terms.urgent_days if kind == RoundKind.URGENT else terms.days
    today = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    return add_workdays(today, days, overrides(on=today))


def instant(*, day: date, hour: time, zone: str) -> datetime:
    """The instant of a local day and hour."""
    return datetime.combine(day, hour, tzinfo=ZoneInfo(zone))


def window_of(*, closes_at: datetime, now: datetime) -> str:
    """The newest reminder due for a deadline that is not over, with that deadline; or "". Pure."""
    days = (timezone.localtime(closes_at).date() - timezone.localtime(now).date()).days
    reached = [window for window in WINDOWS if days <= window]
    return f"{reached[0]}:{closes_at:%Y%m%dT%H%M%z}" if reached and now < closes_at else ""
