"""What was decided or published together. Only ever added."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import BatchKind, DispositionOutcome
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class DispositionBatch(AppendOnly):
    """One decision on many comments at once; it can be undone until one of them is published."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="disposition_batches")
    kind = models.CharField(_("kind"), max_length=10, choices=BatchKind.choices)
    outcome = models.CharField(_("outcome"), max_length=20, choices=DispositionOutcome.choices)
    size = models.PositiveIntegerField(_("comments"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("bulk disposition")
        verbose_name_plural = _("bulk dispositions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.outcome} {self.size}"


class PublicationLetter(AppendOnly):
    """What goes with a batch of published dispositions: a note, an explanatory letter."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="publication_letters")
    batch = models.CharField(_("batch"), max_length=40, unique=True)
    note = models.TextField(_("note"), blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("letter with published dispositions")
        verbose_name_plural = _("letters with published dispositions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.batch
