"""A file on its way into the working draft: as it was read, and as people corrected it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.register.models import Plan
from stakeholders.files.models import StoredFile


class TextImport(models.Model):
    """One file read for the plan text. It changes nothing until it is entered.

    `parsed` holds rows and findings as the file was read, `corrections` what people changed by
    row, `base` the saves of the drafts that the preview was compared with.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="imports")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("time"))
    takes_changes = models.BooleanField(_("tracked changes accepted"), default=True)
    parsed = models.JSONField()
    corrections = models.JSONField(default=dict)
    edits = models.PositiveIntegerField(default=0)
    base = models.JSONField(default=dict)
    entered_at = models.DateTimeField(_("entered"), null=True, blank=True)
    result = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("import of a text")
        verbose_name_plural = _("imports of texts")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["plan", "user", "-created_at"], name="text_import_of")]

    def __str__(self) -> str:
        return self.file.name
