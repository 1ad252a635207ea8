"""Row writes of result sheets, of the checklist and of neighbours' opinions."""

from dataclasses import dataclass
from datetime import date

from consult.phase2_preparation.models import (
    DisplayFinish,
    DisplaySheet,
    NeighbourAnswer,
    NeighbourOpinion,
    PaperConfirmation,
    PaperEntry,
    Round,
)
from consult.phase2_preparation.steps.replies import Letter, mandate_of
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


@dataclass(frozen=True, kw_only=True)
class SheetText:
    """What the joint office writes into a result sheet."""

    place_zh: str = ""
    place_en: str = ""
    main_zh: str = ""
    main_en: str = ""
    result_zh: str = ""
    result_en: str = ""
    attachments: str = ""

    def stripped(self) -> dict[str, str]:
        return {name: value.strip() for name, value in vars(self).items()}


@dataclass(frozen=True, kw_only=True)
class Issue:
    """Under which number, when and by whom a document was issued."""

    number: str = ""
    on: date | None = None
    issuer: str = ""


@dataclass(frozen=True, kw_only=True)
class Signed:
    """Chair and members under a collective opinion."""

    chair: str = ""
    signers: str = ""


def write_sheet(
    *, one: Round, actor: Actor, text: SheetText, file: StoredFile | None
) -> DisplaySheet:
    """The next version of the sheet. The caller holds the round's row lock."""
    numbers = DisplaySheet.objects.filter(round=one).order_by("-number")
    last = numbers.values_list("number", flat=True).first() or 0
    return DisplaySheet.objects.create(
        round=one,
        number=last + 1,
        **text.stripped(),
        file=file,
        mandate_id=mandate_of(actor),
        at=clock.now(),
    )


def finish_sheet(*, sheet: DisplaySheet, actor: Actor, issue: Issue) -> DisplayFinish:
    """Put the issue on record. ValueError for one without its date, which actions check."""
    if issue.on is None:
        raise ValueError("an issue has its date")
    return DisplayFinish.objects.create(
        sheet=sheet,
        document_number=issue.number.strip(),
        issued_on=issue.on,
        issuer=issue.issuer.strip(),
        mandate_id=mandate_of(actor),
        at=clock.now(),
    )


def file_paper(
    *, plan: Plan, paper: str, actor: Actor, issue: Issue, signed: Signed, file: StoredFile | None
) -> PaperEntry:
    return PaperEntry.objects.create(
        plan=plan,
        paper=paper,
        document_number=issue.number.strip(),
        issued_on=issue.on,
        issuer=issue.issuer.strip(),
        chair=signed.chair.strip(),
        signers=signed.signers.strip(),
        file=file,
        mandate_id=mandate_of(actor),
        at=clock.now(),
    )


def waive_paper(*, plan: Plan, paper: str, actor: Actor, reason: str) -> PaperEntry:
    return PaperEntry.objects.create(
        plan=plan,
        paper=paper,
        is_waiver=True,
        reason=reason.strip(),
        mandate_id=mandate_of(actor),
        at=clock.now(),
    )


def confirm_paper(
    *, entry: PaperEntry, actor: Actor, agrees: bool, reason: str
) -> PaperConfirmation:
    return PaperConfirmation.objects.create(
        entry=entry,
        jurisdiction_id=actor.jurisdiction,
        agrees=agrees,
        reason=reason.strip(),
        mandate_id=mandate_of(actor),
        at=clock.now(),
    )


def file_opinion(
    *, plan: Plan, code: str, actor: Actor, result: str, text: str, letter: Letter
) -> NeighbourOpinion:
    return NeighbourOpinion.objects.create(
        plan=plan,
        jurisdiction_id=code,
        result=result,
        text=text.strip(),
        letter_number=letter.number.strip(),
        letter_on=letter.on,
        issuer=letter.issuer.strip(),
        letter_file=letter.file,
        mandate_id=mandate_of(actor),
        at=clock.now(),
    )


def answer_opinion(
    *, opinion: NeighbourOpinion, actor: Actor, text: str, letter: Letter
) -> NeighbourAnswer:
    return NeighbourAnswer.objects.create(
        opinion=opinion,
        text=text.strip(),
        letter_number=letter.number.strip(),
        letter_on=letter.on,
        mandate_id=mandate_of(actor),
        at=clock.now(),
    )
