"""A matter as one thread: everything that was said and done on it, in order of time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.matters.enums import MoveKind
from consult.matters.models import (
    AgreementAnswer,
    Commitment,
    CommitmentEvent,
    Matter,
    MatterAgreement,
    MatterFact,
    MatterMove,
    OptionStance,
    OptionVersion,
    OptionWithdrawal,
    Stand,
)
from consult.matters.queries.facts import facts_of
from consult.matters.queries.matters import moves_of
from plans.register.models import Plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.terms.duty import Text


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing on the thread. `unit` is the party it comes from (none: the joint office or the
    clock); `note` is what was typed in one language only; `file_url` an enclosure."""

    at: datetime
    kind: str
    label: Text | str
    unit: Jurisdiction | None = None
    mandate: Mandate | None = None
    text_zh: str = ""
    text_en: str = ""
    note: str = ""
    source: str = ""
    anchor: str = ""
    url: str = ""
    file_url: str = ""
    is_void: bool = False


def thread_of(plan: Plan, matter: Matter) -> list[Entry]:
    """All entries of a matter that was loaded for its reader; nine queries, however many."""
    units = {
        unit.code: unit
        for unit in Jurisdiction.objects.defer("boundary").filter(code__in=_codes(matter))
    }
    moves = list(moves_of(matter))
    entries = [
        *_moves(move for move in moves if move.kind != MoveKind.CLOSED),
        *(_fact(plan, matter, fact) for fact in facts_of(matter)),
        *_stands(matter, units),
        *_options(matter, units),
        *_commitments(matter, units),
        *_agreements(matter, units),
        # The last confirmation closes a matter in the same moment.
        *_moves(move for move in moves if move.kind == MoveKind.CLOSED),
    ]
    return in_time(entries)


def in_time(entries: Iterable[Entry]) -> list[Entry]:
    """The entries as they came; what came at the same moment keeps its place."""
    return sorted(entries, key=lambda entry: entry.at)


def _codes(matter: Matter) -> set[str]:
    """All jurisdictions that ever spoke on the matter, those that left included."""
    own = {unit.code for unit in matter.jurisdictions.all()}
    said = matter.stands.order_by().values_list("jurisdiction", flat=True).distinct()
    left = matter.moves.filter(jurisdiction__isnull=False).values_list("jurisdiction", flat=True)
    return own | set(said) | set(left)


def _moves(moves: Iterable[MatterMove]) -> Iterator[Entry]:
    for move in moves:
        label: Text = MoveKind(move.kind).label if move.kind in MoveKind.values else move.kind
        if move.kind == MoveKind.CLOSED:
            label = format_lazy(
                "{what} · {outcome}", what=label, outcome=move.get_outcome_display()
            )
        elif move.kind in (MoveKind.RAISED, MoveKind.OPENED, MoveKind.REOPENED):
            label = format_lazy("{what} · {level}", what=label, level=move.get_level_display())
        yield Entry(
            at=move.at,
            kind="move",
            label=label,
            unit=move.jurisdiction,
            mandate=move.mandate,
            text_zh=move.proposal_zh,
            text_en=move.proposal_en,
            note=move.note,
            anchor=f"move-{move.pk}",
        )


def _fact(plan: Plan, matter: Matter, fact: MatterFact) -> Entry:
    label = format_lazy(_("Fact {number}"), number=fact.number)
    if fact.corrects:
        label = format_lazy(
            _("Fact {number}, corrects fact {former}"),
            number=fact.number,
            former=fact.corrects.number,
        )
    return Entry(
        at=fact.at,
        kind="fact",
        label=label,
        unit=fact.jurisdiction,
        mandate=fact.mandate,
        text_zh=fact.text_zh,
        text_en=fact.text_en,
        source=fact.source,
        anchor=f"fact-{fact.number}",
        file_url=reverse("matters:fact_file", args=[plan.key, matter.key, fact.number])
        if fact.file_id
        else "",
        is_void=hasattr(fact, "corrected_by"),
    )


def _stands(matter: Matter, units: dict[str, Jurisdiction]) -> Iterator[Entry]:
    for row in Stand.objects.filter(matter=matter).select_related("mandate__user"):
        yield Entry(
            at=row.at,
            kind="stand",
            label=format_lazy(_("Stand: {value}"), value=row.get_value_display()),
            unit=units.get(str(row.jurisdiction_id)),
            mandate=row.mandate,
            text_zh=row.text_zh,
            text_en=row.text_en,
            anchor=f"said-{row.pk}",
        )


def _options(matter: Matter, units: dict[str, Jurisdiction]) -> Iterator[Entry]:
    versions = OptionVersion.objects.filter(option__matter=matter)
    for one in versions.select_related("option", "mandate__user"):
        first = _("Option {label} proposed") if one.number == 1 else _("Option {label} reworded")
        yield Entry(
            at=one.at,
            kind="option",
            label=format_lazy(first, label=one.option.label),
            unit=units.get(str(one.option.jurisdiction_id)),
            mandate=one.mandate,
            text_zh=one.text_zh,
            text_en=one.text_en,
        )
    stances = OptionStance.objects.filter(version__option__matter=matter)
    for said in stances.select_related("version__option", "mandate__user"):
        yield Entry(
            at=said.at,
            kind="option",
            label=format_lazy(
                _("Option {label}: {value}"),
                label=said.version.option.label,
                value=said.get_value_display(),
            ),
            unit=units.get(str(said.jurisdiction_id)),
            mandate=said.mandate,
            text_zh=said.text_zh,
            text_en=said.text_en,
        )
    gone = OptionWithdrawal.objects.filter(option__matter=matter)
    for end in gone.select_related("option", "mandate__user"):
        yield Entry(
            at=end.at,
            kind="option",
            label=format_lazy(_("Option {label} withdrawn"), label=end.option.label),
            unit=units.get(str(end.option.jurisdiction_id)),
            mandate=end.mandate,
            note=end.reason,
        )


def _commitments(matter: Matter, units: dict[str, Jurisdiction]) -> Iterator[Entry]:
    rows = Commitment.objects.filter(matter=matter)
    for one in rows.select_related("mandate__user"):
        yield Entry(
            at=one.at,
            kind="commitment",
            label=format_lazy(_("Commitment C{number} proposed"), number=one.number),
            unit=units.get(str(one.holder_id)),
            mandate=one.mandate,
            text_zh=one.text_zh,
            text_en=one.text_en,
        )
    events = CommitmentEvent.objects.filter(commitment__matter=matter)
    for event in events.select_related("commitment", "mandate__user"):
        yield Entry(
            at=event.at,
            kind="commitment",
            label=format_lazy(
                _("Commitment C{number}: {event}"),
                number=event.commitment.number,
                event=event.get_kind_display(),
            ),
            unit=units.get(str(event.jurisdiction_id)),
            mandate=event.mandate,
            note=event.note,
        )


def _agreements(matter: Matter, units: dict[str, Jurisdiction]) -> Iterator[Entry]:
    drafts = MatterAgreement.objects.filter(matter=matter)
    for one in drafts.select_related("option__option", "mandate__user"):
        said = one if one.text_zh or one.text_en or one.option is None else one.option
        yield Entry(
            at=one.at,
            kind="agreement",
            label=format_lazy(_("Draft agreement {number}"), number=one.number),
            unit=units.get(str(one.jurisdiction_id)),
            mandate=one.mandate,
            text_zh=said.text_zh,
            text_en=said.text_en,
        )
    answers = AgreementAnswer.objects.filter(agreement__matter=matter)
    for answer in answers.select_related("agreement", "mandate__user"):
        word = _("Draft agreement {number} confirmed")
        if not answer.confirms:
            word = _("Draft agreement {number} refused")
        yield Entry(
            at=answer.at,
            kind="agreement",
            label=format_lazy(word, number=answer.agreement.number),
            unit=units.get(str(answer.jurisdiction_id)),
            mandate=answer.mandate,
            note=answer.reason,
        )
