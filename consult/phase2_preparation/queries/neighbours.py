"""The written opinions of consulted neighbours: in rounds and apart, and whether each is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef

from consult.phase2_preparation.enums import NeighbourResult
from consult.phase2_preparation.models import (
    Comment,
    Disposition,
    NeighbourAnswer,
    NeighbourOpinion,
    Reply,
    RoundInvitee,
)
from consult.phase2_preparation.queries.replies import visible_replies
from consult.phase2_preparation.queries.rounds import deadline_of, past_rounds, revealed, taking
from plans.register.enums import PartyRole
from plans.register.models import Party, Plan
from plans.register.queries import visible_plans
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class Written:
    """One opinion: a reply in a round (`round`), one filed apart, or silence that counts as none.

    `comments` and `answered` count what has to be answered and what is.
    """

    result: str
    letter_number: str = ""
    letter_on: date | None = None
    issuer: str = ""
    text: str = ""
    round: int | None = None
    reply: Reply | None = None
    opinion: NeighbourOpinion | None = None
    answer: NeighbourAnswer | None = None
    comments: int = 0
    answered: int = 0

    @property
    def is_answered(self) -> bool:
        return self.answered >= self.comments

    @property
    def result_label(self) -> str:
        return str(NeighbourResult(self.result).label)

    @property
    def file(self) -> StoredFile | None:
        held = self.opinion or self.reply
        return held.letter_file if held else None


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """A consulted neighbour with its opinions in their order."""

    jurisdiction: Jurisdiction
    written: Sequence[Written]

    @property
    def is_missing(self) -> bool:
        return not self.written

    @property
    def is_answered(self) -> bool:
        return all(one.is_answered for one in self.written)


def consulted(plan: Plan) -> list[Jurisdiction]:
    """The neighbours that the plan asks, in the order of their codes."""
    parties = Party.objects.filter(plan=plan, role=PartyRole.NEIGHBOUR, left_at__isnull=True)
    rows = parties.select_related("jurisdiction").defer("jurisdiction__boundary")
    return [row.jurisdiction for row in rows.order_by("jurisdiction_id")]


def neighbour_opinions(plan: Plan, *, at: datetime | None = None) -> list[Neighbour]:
    """Every consulted neighbour of a plan the caller has loaded by `get_plan`, with what it wrote.

    Replies of a sealed round count when all may see them. Silence in a round that is over counts
    as no opinion. Six queries, however many neighbours.
    """
    now = at or clock.now()
    units = consulted(plan)
    codes = [unit.code for unit in units]
    found: dict[str, list[tuple[datetime, Written]]] = {code: [] for code in codes}
    for when, code, written in (
        *_replied(plan, codes, now),
        *_silent(plan, codes, now),
        *_filed(plan, codes),
    ):
        found[code].append((when, written))
    return [
        Neighbour(
            jurisdiction=unit,
            written=[one for _when, one in sorted(found[unit.code], key=lambda pair: pair[0])],
        )
        for unit in units
    ]


def _replied(
    plan: Plan, codes: Sequence[str], now: datetime
) -> list[tuple[datetime, str, Written]]:
    newest = Disposition.objects.filter(comment=OuterRef("comment")).order_by("-pk").values("pk")
    shown = Disposition.objects.filter(
        comment=OuterRef("pk"), publication__isnull=False, pk=newest[:1]
    )
    answered = dict(
        Comment.objects.filter(Exists(shown), plan=plan, jurisdiction__in=codes)
        .values_list("reply")
        .annotate(Count("pk"))
    )
    replies = (
        Reply.objects.filter(revealed(now, path="round"), round__plan=plan, jurisdiction__in=codes)
        .select_related("round", "letter_file")
        .annotate(said=Count("comments"))
    )
    return [
        (
            row.at,
            str(row.jurisdiction_id),
            Written(
                result=NeighbourResult.OPINIONS if row.said else NeighbourResult.NO_OBJECTION,
                letter_number=row.letter_number,
                letter_on=row.letter_on,
                issuer=row.issuer,
                text=row.text,
                round=row.round.number,
                reply=row,
                comments=row.said,
                answered=answered.get(row.pk, 0),
            ),
        )
        for row in replies
    ]


def _silent(plan: Plan, codes: Sequence[str], now: datetime) -> list[tuple[datetime, str, Written]]:
    """Who was asked and did not answer while it could."""
    said = Reply.objects.filter(round=OuterRef("round"), jurisdiction=OuterRef("jurisdiction"))
    rows = RoundInvitee.objects.filter(
        ~Exists(said), round__in=past_rounds(plan, at=now).order_by(), jurisdiction__in=codes
    ).exclude(taking(now))
    return [
        (
            deadline_of(row.round, row),
            str(row.jurisdiction_id),
            Written(result=NeighbourResult.LAPSED, round=row.round.number),
        )
        for row in rows.select_related("round")
    ]


def _filed(plan: Plan, codes: Sequence[str]) -> list[tuple[datetime, str, Written]]:
    rows = NeighbourOpinion.objects.filter(plan=plan, jurisdiction__in=codes)
    found = []
    for row in rows.select_related("letter_file").prefetch_related("answers").order_by("pk"):
        answers = list(row.answers.all())
        wants = row.result == NeighbourResult.OPINIONS
        written = Written(
            result=row.result,
            letter_number=row.letter_number,
            letter_on=row.letter_on,
            issuer=row.issuer,
            text=row.text,
            opinion=row,
            answer=answers[-1] if answers else None,
            comments=int(wants),
            answered=int(wants and bool(answers)),
        )
        found.append((row.at, row.jurisdiction_id, written))
    return found


def get_opinion(*, actor: Actor, plan: Plan, pk: int) -> NeighbourOpinion:
    """One filed opinion of a plan the actor sees. NotVisible else."""
    plans = visible_plans(actor=actor).filter(pk=plan.pk).values("pk")
    rows = NeighbourOpinion.objects.filter(plan__in=plans, pk=pk)
    found = rows.select_related("jurisdiction", "letter_file").first()
    if found is None:
        raise NotVisible
    return found


def shown_opinions(*, actor: Actor, plan: Plan) -> list[Neighbour]:
    """`neighbour_opinions` as far as the actor may read the replies of the rounds."""
    seen = set(visible_replies(actor=actor, plan=plan).values_list("pk", flat=True))
    return [
        Neighbour(
            jurisdiction=one.jurisdiction,
            written=[row for row in one.written if row.reply is None or row.reply.pk in seen],
        )
        for one in neighbour_opinions(plan)
    ]
