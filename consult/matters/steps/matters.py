"""Row writes on matters, moves and stands."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from consult.matters import ladder
from consult.matters.enums import Level, MoveKind
from consult.matters.models import Matter, MatterMove, Stand
from consult.matters.queries import next_key
from consult.matters.reading import MatterRow
from plans.register.models import Plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A text as it was typed, in Chinese, in English or in both."""

    zh: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.zh.strip() or self.en.strip())


@dataclass(frozen=True, kw_only=True)
class ImportCounts:
    created: int
    updated: int
    unchanged: int


def open_matter(
    *,
    plan: Plan,
    actor: Actor,
    title: Wording,
    description: Wording,
    codes: Iterable[str],
    theme: str = "",
    facts: Wording | None = None,
    due_at: datetime | None = None,
    drawn_from: Sequence[Matter] = (),
    note: str = "",
) -> Matter:
    """A new matter of a plan at the working level. The caller holds the plan's row lock.

    Used by the action and by a comment that is taken up as a matter.
    """
    now = clock.now()
    facts = facts or Wording()
    matter = Matter.objects.create(
        plan=plan,
        key=next_key(plan=plan),
        title_zh=title.zh.strip() or title.en.strip(),
        title_en=title.en.strip(),
        description_zh=description.zh.strip(),
        description_en=description.en.strip(),
        facts_zh=facts.zh.strip(),
        facts_en=facts.en.strip(),
        theme=theme,
        level=Level.WORKING,
        opened_at=now,
        due_at=due_at or ladder.due_at(plan=plan, level=Level.WORKING),
    )
    matter.jurisdictions.set(Jurisdiction.objects.filter(code__in=set(codes)))
    matter.drawn_from.set(drawn_from)
    move(matter=matter, actor=actor, kind=MoveKind.OPENED, note=note)
    return matter


def move(
    *,
    matter: Matter,
    actor: Actor,
    kind: str,
    note: str = "",
    code: str | None = None,
    proposal: Wording | None = None,
    due_at: datetime | None = None,
) -> MatterMove:
    """The row that says how the matter came to stand where it stands now.

    `code` is the party that joined, left or asked; `proposal` what is handed up with a raise.
    """
    proposal = proposal or Wording()
    return MatterMove.objects.create(
        matter=matter,
        kind=kind,
        level=matter.level,
        outcome=matter.outcome,
        note=note.strip(),
        jurisdiction_id=code,
        proposal_zh=proposal.zh.strip(),
        proposal_en=proposal.en.strip(),
        due_at=due_at,
        review_on=matter.review_on,
        mandate_id=actor.mandate_id,
        at=clock.now(),
    )


def take_stand(*, matter: Matter, actor: Actor, value: str, text: Wording) -> Stand:
    return Stand.objects.create(
        matter=matter,
        jurisdiction_id=str(actor.jurisdiction_code),
        value=value,
        text_zh=text.zh.strip(),
        text_en=text.en.strip(),
        mandate_id=int(actor.mandate_id or 0),
        at=clock.now(),
    )


def lock_matter(matter: Matter) -> Matter:
    """The matter's row, locked until the end of the transaction, as it stands now.

    Every act on a matter takes this lock first, so that what is said while another closes or
    raises it is answered, not lost.
    """
    return Matter.objects.select_for_update(no_key=True).get(pk=matter.pk)


def save_library(rows: Sequence[MatterRow]) -> ImportCounts:
    """Bring the library to what `rows` say. Rows it holds besides are kept."""
    held = {
        m.key: m for m in Matter.objects.filter(plan__isnull=True).prefetch_related("jurisdictions")
    }
    created = updated = 0
    for row in rows:
        fields = asdict(row)
        codes = sorted(fields.pop("codes"))
        matter = held.get(row.key)
        if matter is None:
            matter = Matter.objects.create(plan=None, **fields)
            created += 1
        else:
            before = {name: getattr(matter, name) for name in fields}
            units = sorted(unit.code for unit in matter.jurisdictions.all())
            if before == fields and units == codes:
                continue
            Matter.objects.filter(pk=matter.pk).update(**fields)
            updated += 1
        matter.jurisdictions.set(codes)
    return ImportCounts(created=created, updated=updated, unchanged=len(rows) - created - updated)


def reopen(matter: Matter) -> str:
    """Open a closed, locked matter again where it stood, with a new clock; its former outcome."""
    former, matter.outcome, matter.closed_at = matter.outcome, "", None
    matter.review_on = None
    if matter.plan is not None:
        matter.due_at = ladder.due_at(plan=matter.plan, level=matter.level)
    matter.save(update_fields=["outcome", "closed_at", "review_on", "due_at"])
    return former


def close(matter: Matter, *, outcome: str, review_on: date | None = None) -> None:
    """Close an open, locked matter."""
    matter.outcome, matter.closed_at, matter.review_on = outcome, clock.now(), review_on
    matter.save(update_fields=["outcome", "closed_at", "review_on"])
