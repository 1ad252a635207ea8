"""A specialist's advice before the decision on a comment. Only ever added."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import DispositionOutcome
from consult.phase2_preparation.models.comments import Comment
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate, Organization
from stakeholders.record.models import AppendOnly


class AdviceRequest(AppendOnly):
    """That a person, a party's planners or an organization was asked what to do of a comment."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="advice_requests")
    person = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    question = models.TextField(_("question"), blank=True)
    until = models.DateTimeField(_("until"), null=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("request for advice")
        verbose_name_plural = _("requests for advice")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    person__isnull=False, jurisdiction__isnull=True, organization__isnull=True
                )
                | Q(person__isnull=True, jurisdiction__isnull=False, organization__isnull=True)
                | Q(person__isnull=True, jurisdiction__isnull=True, organization__isnull=False),
                name="advice_asked_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.person_id or self.jurisdiction_id or self.organization_id}"


class Advice(AppendOnly):
    """What a specialist proposes: an outcome, a reason, and the text that would come of it."""

    request = models.ForeignKey(AdviceRequest, models.PROTECT, related_name="advices")
    outcome = models.CharField(_("outcome"), max_length=20, choices=DispositionOutcome.choices)
    reason_zh = models.TextField(_("reason (Chinese)"), blank=True)
    reason_en = models.TextField(_("reason (English)"), blank=True)
    wording_zh = models.TextField(_("proposed wording (Chinese)"), blank=True)
    wording_en = models.TextField(_("proposed wording (English)"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("advice")
        verbose_name_plural = _("advices")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.outcome}"
