"""Written opinions of consulted neighbours outside the rounds, and their answers. Only ever added."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import NeighbourResult
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class NeighbourOpinion(AppendOnly):
    """What a consulted neighbour wrote on the plan, as the joint office filed it."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="neighbour_opinions")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    result = models.CharField(_("result"), max_length=20, choices=NeighbourResult.choices)
    text = models.TextField(_("text"), blank=True)
    letter_number = models.CharField(_("letter number"), max_length=80, blank=True)
    letter_on = models.DateField(_("date of the letter"), null=True, blank=True)
    issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    letter_file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the letter itself"),
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("written opinion of a neighbour")
        verbose_name_plural = _("written opinions of neighbours")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result=NeighbourResult.LAPSED) | ~Q(letter_number=""),
                name="neighbour_opinion_letter",
            ),
            models.CheckConstraint(
                condition=~Q(result=NeighbourResult.OPINIONS) | ~Q(text=""),
                name="neighbour_opinion_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.jurisdiction_id}"


class NeighbourAnswer(AppendOnly):
    """What the joint office answered to a written opinion. The newest counts."""

    opinion = models.ForeignKey(NeighbourOpinion, models.PROTECT, related_name="answers")
    text = models.TextField(_("text"))
    letter_number = models.CharField(_("letter number"), max_length=80, blank=True)
    letter_on = models.DateField(_("date of the letter"), null=True, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("answer to a neighbour")
        verbose_name_plural = _("answers to neighbours")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.opinion_id}"
