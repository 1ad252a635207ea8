"""Files of a plan and of its items: adding one, taking one out of the next revision."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plans.register.enums import BASE_PURPOSES, AttachmentPurpose, Classification
from plans.register.models import Attachment, AttachmentRemoval, Item, Plan
from plans.register.queries import get_attachment, visible_item
from plans.register.rules import ACTS, is_own, require, sees_draft
from plans.register.steps import add_attachment as add_row
from plans.register.steps import lock_plan, remove_attachment_row
from stakeholders.files.models import StoredFile
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Text


@transaction.atomic
def add_attachment(
    *,
    actor: Actor,
    plan: Plan,
    file: StoredFile,
    title_zh: str,
    is_unclassified: bool,
    purpose: str = AttachmentPurpose.ATTACHMENT.value,
    title_en: str = "",
    classification: str = Classification.OPEN.value,
    item: str = "",
) -> Attachment:
    """Attach a file the actor uploaded to the plan, or to one of its items (its key).

    `is_unclassified` is the actor's word that nothing in it is classified by law; it is recorded.
    Raises NotVisible, Refused (also while frozen), Invalid.
    """
    plan = lock_plan(plan)
    require("attachment.add", ACTS, actor=actor, plan=plan)
    target = _item(plan, item)
    errors = _misfits(title_zh, purpose, classification, target)
    if not is_unclassified:
        errors["is_unclassified"] = _(
            "What is classified by law must not be uploaded here. Confirm that this file is not."
        )
    if errors:
        raise Invalid(errors)
    attachment = add_row(
        plan=plan,
        item=target,
        purpose=purpose,
        title_zh=title_zh.strip(),
        title_en=title_en.strip(),
        file=file,
        classification=classification,
        actor=actor,
    )
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="attachment.add",
        subject=f"attachment:{attachment.pk}",
        effects={
            "item": item,
            "purpose": purpose,
            "file": f"sha256:{file.sha256}",
            "title": canonical.digest_of({"zh": attachment.title_zh, "en": attachment.title_en}),
            "classification": classification,
            "unclassified": True,
        },
    )
    return attachment


@transaction.atomic
def remove_attachment(*, actor: Actor, plan: Plan, number: int, reason: str) -> AttachmentRemoval:
    """Take an attachment out of the next revision; the row and the file stay for the former ones.

    The joint team, or the people of the party that added it. Raises NotVisible, Refused (also
    while frozen), Invalid without a reason, Conflict when it is out already.
    """
    plan = lock_plan(plan)
    sees = sees_draft(actor=actor, plan=plan)
    attachment = get_attachment(plan, number=number, sees_draft=sees)
    require("attachment.remove", ACTS, actor=actor, plan=plan, own=is_own(attachment, actor=actor))
    if not reason.strip():
        raise Invalid({"reason": _("Say why the attachment is taken out.")})
    if hasattr(attachment, "removal"):
        raise Conflict(_("This attachment was taken out already."))
    removal = remove_attachment_row(attachment=attachment, reason=reason.strip(), actor=actor)
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="attachment.remove",
        subject=f"attachment:{attachment.pk}",
        effects={
            "file": f"sha256:{attachment.file.sha256}",
            "reason": canonical.digest(reason.strip()),
        },
    )
    return removal


def _item(plan: Plan, key: str) -> Item | None:
    if not key:
        return None
    try:
        return visible_item(plan, key=key, sees_draft=True)
    except NotVisible as error:
        raise Invalid({"item": _("There is no item with this key.")}) from error


def _misfits(title: str, purpose: str, classification: str, item: Item | None) -> dict[str, Text]:
    errors: dict[str, Text] = {}
    if not title.strip():
        errors["title_zh"] = _("This text must not be empty.")
    if purpose not in AttachmentPurpose.values:
        errors["purpose"] = _("This is not one of the choices.")
    elif item is not None and purpose in BASE_PURPOSES:
        errors["purpose"] = _("Base map and base figures belong to the plan, not to an item.")
    if classification not in Classification.values:
        errors["classification"] = _("This is not one of the choices.")
    return errors
