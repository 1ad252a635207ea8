"""What comments have to say. Input shape, no rights."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import CommentType
from consult.phase2_preparation.steps import Opinion, Remark
from consult.phase2_preparation.steps.papers import Issue
from plans.register.models import Item, RevisionItem
from stakeholders.terms import canonical, clock
from stakeholders.terms.errors import Invalid


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


def check_issue(issue: Issue) -> None:
    """Invalid where the number, the date or the issuer of a document is missing."""
    given = {
        "document_number": issue.number.strip(),
        "issued_on": issue.on,
        "issuer": issue.issuer.strip(),
    }
    missing = {name: _("Fill this in.") for name, value in given.items() if not value}
    if missing:
        raise Invalid(missing)
    if issue.on is not None and issue.on > clock.now().date():
        raise Invalid({"issued_on": _("The date lies in the future.")})


def document_digest(issue: Issue) -> str:
    """What the record holds of a document: the hash of its number, date and issuer."""
    return canonical.digest_of(
        [issue.number.strip(), issue.on.isoformat() if issue.on else "", issue.issuer.strip()]
    )
