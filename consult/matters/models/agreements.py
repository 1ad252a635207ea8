"""Drafts of an agreement on a matter, and what each party answers. Only ever added."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.matters.models.matters import Matter
from consult.matters.models.options import OptionVersion
from stakeholders.finding.expressions import grams_index
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class MatterAgreement(AppendOnly):
    """The text that would settle a matter. The newest is on the table; it counts when every party
    of the matter has confirmed it."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="agreements")
    number = models.PositiveIntegerField(_("number"))
    text_zh = models.TextField(_("what is agreed (Chinese)"), blank=True)
    text_en = models.TextField(_("what is agreed (English)"), blank=True)
    option = models.ForeignKey(
        OptionVersion, models.PROTECT, null=True, blank=True, related_name="agreements"
    )
    # Keys of the provisions that carry it, numbers of the commitments that go with it.
    items = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    commitments = ArrayField(models.PositiveIntegerField(), default=list, blank=True)
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+"
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("draft agreement")
        verbose_name_plural = _("draft agreements")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="matter_agreement_number"),
            models.CheckConstraint(
                condition=~models.Q(text_zh="", text_en="") | models.Q(option__isnull=False),
                name="matter_agreement_says_something",
            ),
        ]
        indexes = [grams_index("text_zh", "text_en", name="matter_agreement_grams")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.number}"


class AgreementAnswer(AppendOnly):
    """Whether one party confirms a draft. Its newest answer counts."""

    agreement = models.ForeignKey(MatterAgreement, models.PROTECT, related_name="answers")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    confirms = models.BooleanField(_("confirms"))
    reason = models.TextField(_("reason"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("answer to a draft agreement")
        verbose_name_plural = _("answers to draft agreements")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirms=True) | ~models.Q(reason=""),
                name="agreement_refused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.jurisdiction_id}"
