"""Files that belong to a plan or to one of its items. Nothing is ever deleted here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.register.enums import AttachmentPurpose, Classification
from plans.register.models.items import Item
from plans.register.models.plans import Plan
from stakeholders.files.models import StoredFile
from stakeholders.record.models import AppendOnly


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def standing(self) -> "AttachmentQuerySet":
        return self.filter(removal__isnull=True)


class Attachment(AppendOnly):
    """One file under a title, for the whole plan or for one item, and what it is for."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="attachments")
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    purpose = models.CharField(_("purpose"), max_length=20, choices=AttachmentPurpose.choices)
    title_zh = models.CharField(_("title (Chinese)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    classification = models.CharField(
        _("openness"), max_length=20, choices=Classification.choices, default=Classification.OPEN
    )
    added_mandate_id = models.BigIntegerField(null=True)
    added_at = models.DateTimeField(_("added"))

    objects = AttachmentQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title_zh


class AttachmentRemoval(AppendOnly):
    """From here on the attachment belongs to no further revision; file and row stay."""

    attachment = models.OneToOneField(Attachment, models.PROTECT, related_name="removal")
    reason = models.CharField(_("reason"), max_length=300)
    mandate_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(_("removed"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("removal of an attachment")
        verbose_name_plural = _("removals of attachments")

    def __str__(self) -> str:
        return str(self.attachment_id)
