"""Tables that administrators upload: checked first, entered when confirmed."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.files.models import StoredFile
from stakeholders.jobs.models import Job
from stakeholders.jurisdictions.enums import Outcome, TableName


class Delivery(models.Model):
    """One uploaded table, with the job that checks it and, once confirmed, the one that enters it.

    Kept for some weeks and then dropped with its rows, and with its file by the housekeeping of
    files: what stays is in the record.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.CharField(_("table"), max_length=20, choices=TableName.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("time"))
    check_job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    entry_job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    checked_at = models.DateTimeField(_("checked"), null=True)
    entered_at = models.DateTimeField(_("entered"), null=True)
    fault_zh = models.CharField(max_length=500, blank=True)
    fault_en = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("uploaded table")
        verbose_name_plural = _("uploaded tables")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return f"{self.get_table_display()} {self.uploaded_at:%Y-%m-%d}"

    @property
    def job(self) -> Job | None:
        """The job at work on it last."""
        return self.entry_job or self.check_job


class DeliveredRow(models.Model):
    """What one row of an uploaded table would do, did, or why it cannot."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    label = models.CharField(_("what"), max_length=300, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)
    column = models.CharField(_("column"), max_length=60, blank=True)
    value = models.CharField(_("value"), max_length=200, blank=True)
    reason_zh = models.CharField(max_length=500, blank=True)
    reason_en = models.CharField(max_length=500, blank=True)
    entered_at = models.DateTimeField(_("entered"), null=True)

    class Meta:
        verbose_name = _("row of an uploaded table")
        verbose_name_plural = _("rows of uploaded tables")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "number"], name="delivered_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.label}"
