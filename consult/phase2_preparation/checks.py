"""What comments have to say. Input shape, no rights."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import CommentType, RoundKind
from consult.phase2_preparation.models import Round
from consult.phase2_preparation.steps import Letter, Opinion, Oral, Remark
from plans.register.models import Item, RevisionItem
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


def check_letter(letter: Letter) -> None:
    """Invalid, naming each field, where an official letter is not whole."""
    missing = {
        "letter_number": not letter.number.strip(),
        "letter_on": letter.on is None,
        "issuer": not letter.issuer.strip(),
        "letter_file": letter.file is None,
    }
    texts = {
        "letter_number": _("Give the number of the official letter."),
        "letter_on": _("Give the date of the official letter."),
        "issuer": _("Say who issued the official letter."),
        "letter_file": _("Attach the stamped letter."),
    }
    errors = {name: texts[name] for name, is_missing in missing.items() if is_missing}
    if errors:
        raise Invalid(errors)


def check_oral(one: Round, oral: Oral, *, at: datetime) -> None:
    """Invalid where an oral answer is not for this round, not by somebody, or not in its time."""
    if one.kind != RoundKind.URGENT:
        raise Invalid({"oral_by": _("Only an urgent round takes an oral answer.")})
    if not oral.by.strip():
        raise Invalid({"oral_by": _("Say who gave the answer.")})
    if not one.opens_at <= oral.at <= at:
        raise Invalid({"oral_at": _("The answer was given while the round was open.")})
