"""What comments have to say. Input shape, no rights."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import CommentType, InvitedAs, ShownAs
from consult.phase2_preparation.models import ExpertInvitation
from consult.phase2_preparation.queries.experts import opens
from consult.phase2_preparation.steps import Opinion, Remark
from consult.phase2_preparation.steps.experts import Person, Until
from plans.register.models import Item, Plan, RevisionItem
from stakeholders.terms import clock
from stakeholders.terms.errors import Conflict, Invalid


def written_remarks(
    remarks: Sequence[Opinion], entries: Sequence[RevisionItem]
) -> list[tuple[Item | None, dict[str, str]]]:
    """Remarks with their items in the revision of a round. Invalid for a foreign item, no words."""
    items = {entry.item.key: entry.item for entry in entries}
    for one in remarks:
        check_remark(one.remark)
        if one.item_key and one.item_key not in items:
            raise Invalid({"item": _("This item is not in the revision of the round.")})
    return [(items.get(one.item_key), one.remark.fields()) for one in remarks]


def check_remark(remark: Remark) -> None:
    if remark.type not in CommentType.values:
        raise Invalid({"type": _("Choose one of the values.")})
    if not (remark.text_zh.strip() or remark.text_en.strip()):
        raise Invalid({"text_zh": _("Say it in words.")})


ENDED = _("This invitation was revoked. The joint office says more.")
OVER = _("The time to answer is over. What you wrote is kept; the joint office can give more time.")
READ = _("This link has served its time: what you handed in is with the joint office.")


def check_opening(row: ExpertInvitation) -> None:
    """Conflict, with the reason, where the link of an invitation opens nothing any more."""
    if opens(row):
        return
    if row.revoked_at is not None:
        raise Conflict(ENDED)
    raise Conflict(READ if row.answered_at else OVER)


def check_person(plan: Plan, person: Person, until: Until) -> None:
    """Invalid for somebody who cannot be reached, is asked already, or a time that is over."""
    named = person.named()
    if named.audience not in InvitedAs.values or named.shown_as not in ShownAs.values:
        raise Invalid({"audience": _("Choose one of the values.")})
    if not named.name:
        raise Invalid({"name": _("Give the name.")})
    try:
        validate_email(named.email)
    except ValidationError as error:
        raise Invalid({"email": _("Give an e-mail address.")}) from error
    if until.at <= clock.now():
        raise Invalid({"closes_on": _("The end must lie in the future.")})
