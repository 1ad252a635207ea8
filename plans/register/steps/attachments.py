"""Row writes on attachments."""

from plans.register.models import Attachment, AttachmentRemoval, Item, Plan
from stakeholders.files.models import StoredFile
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


def add_attachment(
    *,
    plan: Plan,
    item: Item | None,
    purpose: str,
    title_zh: str,
    title_en: str,
    file: StoredFile,
    classification: str,
    actor: Actor,
) -> Attachment:
    """A file attached to the plan, or to one of its items."""
    return Attachment.objects.create(
        plan=plan,
        item=item,
        purpose=purpose,
        title_zh=title_zh,
        title_en=title_en,
        file=file,
        classification=classification,
        added_mandate_id=actor.mandate_id,
        added_at=clock.now(),
    )


def remove_attachment_row(
    *, attachment: Attachment, reason: str, actor: Actor
) -> AttachmentRemoval:
    """A further row; the attachment itself is never touched."""
    return AttachmentRemoval.objects.create(
        attachment=attachment, reason=reason, mandate_id=actor.mandate_id, at=clock.now()
    )
