"""Reading the drafts of an agreement and what the parties answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from consult.matters.enums import MoveKind, Outcome
from consult.matters.models import AgreementAnswer, Matter, MatterAgreement, MatterMove
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One party and its newest answer to a draft; none: it owes one."""

    jurisdiction: Jurisdiction
    answer: AgreementAnswer | None


@dataclass(frozen=True, kw_only=True)
class AgreementRow:
    """The draft on the table. It counts when every party of the matter has confirmed it."""

    agreement: MatterAgreement
    answers: Sequence[Answered]

    @property
    def missing(self) -> list[Jurisdiction]:
        return [one.jurisdiction for one in self.answers if one.answer is None]

    @property
    def refusals(self) -> list[AgreementAnswer]:
        return [one.answer for one in self.answers if one.answer and not one.answer.confirms]

    @property
    def is_complete(self) -> bool:
        return all(one.answer is not None and one.answer.confirms for one in self.answers)

    @property
    def is_partly_confirmed(self) -> bool:
        return any(one.answer is not None and one.answer.confirms for one in self.answers)


def draft_on_table(matter: Matter) -> MatterAgreement | None:
    """The newest draft since the matter was last opened: what the parties are asked to confirm.

    A draft from before a reopening has had its day: two queries.
    """
    reopened = MatterMove.objects.filter(matter=matter, kind=MoveKind.REOPENED).order_by("-pk")
    newest = MatterAgreement.objects.filter(matter=matter).select_related(
        "option__option", "mandate__user"
    )
    since = reopened.values_list("at", flat=True).first()
    if since is not None:
        newest = newest.filter(at__gt=since)
    return newest.order_by("-number").first()


def agreement_row(matter: Matter, agreement: MatterAgreement) -> AgreementRow:
    """The draft with the newest answer of each party of the matter, in order of code."""
    return agreement_rows(matter, [agreement])[0]


def agreement_rows(matter: Matter, drafts: Sequence[MatterAgreement]) -> list[AgreementRow]:
    """As `agreement_row`, for many drafts of one matter: two queries, however many."""
    rows = AgreementAnswer.objects.filter(agreement__in=drafts).order_by("pk")
    newest = {
        (row.agreement_id, str(row.jurisdiction_id)): row
        for row in rows.select_related("mandate__user")
    }
    units = list(matter.jurisdictions.all())
    return [
        AgreementRow(
            agreement=one,
            answers=[
                Answered(jurisdiction=unit, answer=newest.get((one.pk, unit.code)))
                for unit in units
            ],
        )
        for one in drafts
    ]


def agreed_draft(matter: Matter) -> MatterAgreement | None:
    """What a matter that is closed as agreed rests on; none for one closed otherwise."""
    return draft_on_table(matter) if matter.outcome == Outcome.AGREED else None


def get_agreement(matter: Matter, *, number: int) -> MatterAgreement:
    found = MatterAgreement.objects.filter(matter=matter, number=number).first()
    if found is None:
        raise NotVisible
    return found
