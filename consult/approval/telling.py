"""Who is told of a letter, and in which words."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.approval.enums import LetterKind
from consult.approval.models import ApprovalLetter
from consult.approval.queries.standing import Standing
from consult.phase3_identification.telling import short_title
from stakeholders.notices.steps import notify
from stakeholders.people.queries import coordinators_of, people_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Text

TITLES: Mapping[str, Text] = {
    LetterKind.SUBMISSION.value: _("The plan was submitted for approval"),
    LetterKind.FORWARDING.value: _("The request was examined and forwarded"),
    LetterKind.COMPLETION_ASKED.value: _("The papers are to be completed"),
    LetterKind.COMPLETION.value: _("The completed papers were handed in"),
    LetterKind.PUBLICATION.value: _("The approved plan is published"),
    LetterKind.FILING.value: _("The approved plan is filed"),
}
CORRECTED = _("A letter of the approval was corrected")
TOLD = (Role.CONTACT_POINT, Role.SIGNATORY)


def tell(standing: Standing, letter: ApprovalLetter) -> None:
    """Tell the joint office and who makes the plan or stands above it; of the publication every
    party. Whoever has no part in the plan gets the letter on paper."""
    plan, at = standing.plan, clock.now()
    is_public = letter.kind == LetterKind.PUBLICATION
    codes = sorted(standing.parties) if is_public else standing.insiders
    people = people_of(codes=codes, roles=TOLD, at=at, plan_key=plan.key)
    title = CORRECTED if letter.corrects_id else TITLES[letter.kind]
    notify(
        people={pk for ids in people.values() for pk in ids}
        | set(coordinators_of(plan_key=plan.key, at=at)),
        kind=f"approval.{letter.kind}",
        title=format_lazy("{title} · {plan}", title=title, plan=short_title(plan)),
        url=reverse("approval:overview", args=[plan.key]),
        key=f"approval:{letter.pk}",
        plan_key=plan.key,
    )
