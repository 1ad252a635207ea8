"""What a complete archive of a plan would hold besides, each with the page where it comes about."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consult.approval.enums import LetterKind
from consult.approval.models import ApprovalLetter
from consult.ballots.enums import Outcome, SubjectKind
from consult.ballots.models import Ballot
from consult.phase2_preparation.models import Round
from consult.phase3_identification.models import CommonStatement, Signature, SignOff
from plans.register.models import Party, Plan, Revision
from stakeholders.terms.duty import Text


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Something that is not there yet."""

    code: str
    text: Text
    url: str


def gaps(plan: Plan) -> list[Gap]:
    """What is still missing, in the order in which it comes about. At most seven queries."""
    statement = CommonStatement.objects.filter(sign_off__plan=plan, is_part=False).last()
    letters = set(
        ApprovalLetter.objects.filter(plan=plan, corrected_by__isnull=True)
        .order_by()
        .values_list("kind", flat=True)
    )
    passed = Ballot.objects.filter(
        plan=plan, subject_kind=SubjectKind.CHARTER, end__outcome=Outcome.PASSED
    )
    rounds = Round.objects.filter(plan=plan, recalled_at__isnull=True)
    running = SignOff.objects.filter(plan=plan, end__isnull=True)
    found = (
        ("charter", not passed.exists(), _("No charter has been adopted yet."), "organization"),
        ("text", not Revision.objects.filter(plan=plan).exists(), _NO_TEXT, "register"),
        ("rounds", not rounds.exists(), _("No round of comments has been held yet."), "rounds"),
        ("open", running.exists(), _("The sign-off is still open."), "identification"),
        ("statement", statement is None, _("There is no common statement yet."), "identification"),
        ("signatures", _is_unsigned(plan, statement), _UNSIGNED, "identification"),
        ("submission", LetterKind.SUBMISSION not in letters, _NOT_SUBMITTED, "approval"),
        ("reply", LetterKind.REPLY not in letters, _("No reply has been filed yet."), "approval"),
        ("publication", LetterKind.PUBLICATION not in letters, _UNPUBLISHED, "approval"),
    )
    return [
        Gap(code=code, text=text, url=_url(plan, room))
        for code, is_missing, text, room in found
        if is_missing
    ]


_NO_TEXT = _("No revision of the text has been published yet.")
_UNSIGNED = _("Not every party has signed the common statement yet.")
_NOT_SUBMITTED = _("The plan has not been submitted for approval yet.")
_UNPUBLISHED = _("The approved plan has not been published yet.")
_ROOMS = {
    "organization": "organization:home",
    "register": "register:detail",
    "rounds": "preparation:rounds",
    "identification": "identification:overview",
    "approval": "approval:overview",
}


def _is_unsigned(plan: Plan, statement: CommonStatement | None) -> bool:
    if statement is None:
        return False
    signed = Signature.objects.filter(statement=statement, jurisdiction=OuterRef("jurisdiction_id"))
    return Party.objects.co_makers().must_sign().filter(~Exists(signed), plan=plan).exists()


def _url(plan: Plan, room: str) -> str:
    return reverse(_ROOMS[room], args=[plan.key])
