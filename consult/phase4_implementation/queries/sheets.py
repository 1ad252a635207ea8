"""What an uploaded table of readings is compared with."""

from collections.abc import Callable
from uuid import UUID

from django.utils.timezone import localtime

from consult.phase4_implementation.models import Reading
from consult.phase4_implementation.queries.indicators import indicators_of
from consult.phase4_implementation.reading_sheets import Held, Row, judge, read_table
from consult.phase4_implementation.series import Indicator
from plans.register.models import Plan
from stakeholders.files import storage
from stakeholders.files.models import StoredFile
from stakeholders.files.queries import get_own_file
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role


def held_readings(plan: Plan) -> Held:
    """(indicator, unit, period) -> the reading that counts. One query."""
    rows = (
        Reading.objects.filter(item__plan=plan)
        .order_by("item_id", "jurisdiction_id", "period", "-pk")
        .distinct("item_id", "jurisdiction_id", "period")
    )
    return {(one.item_id, one.jurisdiction_id, one.period): one for one in rows}


def rows_of_table(
    *, actor: Actor, plan: Plan, file: StoredFile, seen: int | None = None
) -> list[Row]:
    """What each row of an uploaded table would do for `actor`. Invalid for no such table."""
    raw = storage.place_of(file.sha256).read_bytes()
    return judge(
        read_table(name=f"x{file.kind.suffixes[0]}", raw=raw),
        indicators=indicators_of(plan),
        may=may_report(actor),
        held=held_readings(plan),
        seen=seen,
        today=localtime(clock.now()).date(),
    )


def may_report(actor: Actor) -> Callable[[Indicator, str | None], bool]:
    """Whether `actor` reports an indicator for a unit: its own, or all for the joint office."""
    if actor.role is Role.COORDINATOR:
        return lambda _indicator, _code: True
    return lambda _indicator, code: code is not None and code == actor.jurisdiction_code


def get_table(*, actor: Actor, pk: UUID) -> StoredFile:
    """The acting person's own uploaded table. NotVisible for anybody else's."""
    return get_own_file(actor=actor, pk=pk)
