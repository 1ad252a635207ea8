"""A comment form on its way in: as it was read, and what people chose of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import Source
from consult.phase2_preparation.models.rounds import Round
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction


class SheetImport(models.Model):
    """One comment form read for a round. It writes nothing until it is entered.

    `parsed` holds the rows as the file was read, `choices` what its person chose otherwise than
    proposed. Without a jurisdiction it is an opinion of `source` that the joint office enters.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="sheets")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, related_name="+")
    source = models.CharField(_("source"), max_length=20, choices=Source.choices, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("time"))
    parsed = models.JSONField()
    choices = models.JSONField(default=dict)
    entered_at = models.DateTimeField(_("entered"), null=True, blank=True)
    result = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("comment form read in")
        verbose_name_plural = _("comment forms read in")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["round", "user", "-created_at"], name="sheet_import_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(source="", jurisdiction__isnull=False)
                | (~Q(source="") & Q(jurisdiction__isnull=True)),
                name="sheet_of_a_party_or_entered",
            ),
        ]

    def __str__(self) -> str:
        return self.file.name
