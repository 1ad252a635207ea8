"""Commitments: what one party does, by when, and which others it is tied to. Only ever added."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.matters.enums import CommitmentEventKind
from consult.matters.models.matters import Matter
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class Commitment(AppendOnly):
    """What `holder` would do. Whether it holds is computed from its events (`linked`)."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="commitments")
    number = models.PositiveIntegerField(_("number"))
    holder = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    text_zh = models.TextField(_("what is done (Chinese)"), blank=True)
    text_en = models.TextField(_("what is done (English)"), blank=True)
    due_on = models.DateField(_("by"), null=True, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="commitment_number"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.number}"


class CommitmentNeed(AppendOnly):
    """`commitment` holds only if `needs` holds. Rings are allowed: all of one or none."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="needs")
    needs = models.ForeignKey(Commitment, models.PROTECT, related_name="needed_by")

    class Meta(AppendOnly.Meta):
        verbose_name = _("condition of a commitment")
        verbose_name_plural = _("conditions of commitments")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "needs"], name="commitment_need_once"),
            models.CheckConstraint(
                condition=~models.Q(commitment=models.F("needs")), name="commitment_need_other"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.needs_id}"


class CommitmentEvent(AppendOnly):
    """What was said on a commitment, and for whom."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="events")
    kind = models.CharField(_("event"), max_length=20, choices=CommitmentEventKind.choices)
    note = models.TextField(_("note"), blank=True)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("event of a commitment")
        verbose_name_plural = _("events of commitments")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.kind}"
