"""Editorial claims, the answers of other parties to them, and the terms a plan defines."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plans.register.models import Item, ItemVersion, Plan
from plans.text.enums import ClaimVerdict
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class EditorialClaim(AppendOnly):
    """That a wording changes nothing but words, said when it was saved.

    It is tied to the exact wording (`hash`, of the draft) and to the published version it was
    compared with: a further edit, or another published version, leaves it behind. Without a
    jurisdiction the joint office claimed.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="editorial_claims")
    base = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+")
    hash = models.CharField(_("hash"), max_length=80)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("editorial claim")
        verbose_name_plural = _("editorial claims")
        constraints = [
            models.UniqueConstraint(fields=["item", "base", "hash"], name="editorial_claim_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.hash[:19]}"


class ClaimConfirmation(AppendOnly):
    """What another co-making party says to a claim: one answer a party."""

    claim = models.ForeignKey(EditorialClaim, models.PROTECT, related_name="answers")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    verdict = models.CharField(_("verdict"), max_length=10, choices=ClaimVerdict.choices)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("answer to an editorial claim")
        verbose_name_plural = _("answers to editorial claims")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "jurisdiction"], name="claim_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.claim} {self.verdict}"


class DefinedTerm(models.Model):
    """A term the plan gives a meaning of its own: no editorial change may touch it."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="terms")
    term_zh = models.CharField(_("term (Chinese)"), max_length=60)
    term_en = models.CharField(_("term (English)"), max_length=100, blank=True)
    definition_zh = models.CharField(_("definition (Chinese)"), max_length=500)
    definition_en = models.CharField(_("definition (English)"), max_length=500, blank=True)
    added_at = models.DateTimeField(_("added"))
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)

    class Meta:
        verbose_name = _("defined term")
        verbose_name_plural = _("defined terms")
        ordering = ["term_zh", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "term_zh"],
                condition=Q(removed_at__isnull=True),
                name="term_once_in_plan",
            ),
        ]

    def __str__(self) -> str:
        if (get_language() or "").startswith("en") and self.term_en:
            return self.term_en
        return self.term_zh
