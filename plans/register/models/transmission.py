"""What an upper plan binds a lower one to, and how the lower plan answers (1 + N)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.register.enums import TransmissionValue
from plans.register.models.items import Item, ItemVersion
from plans.register.models.plans import Plan
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly
from stakeholders.terms import canonical


class UpperRequirement(models.Model):
    """A binding content of an upper plan that is not on this site, listed by hand."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="upper_requirements")
    number = models.PositiveIntegerField(_("number"))
    title_zh = models.CharField(_("title (Chinese)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    value = models.CharField(_("value or wording"), max_length=500, blank=True)
    source = models.CharField(_("source document"), max_length=200)
    is_removed = models.BooleanField(_("removed"), default=False)
    edits = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(_("edited"))

    class Meta:
        verbose_name = _("upper requirement")
        verbose_name_plural = _("upper requirements")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="upper_requirement_number"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.number}"

    @property
    def wording(self) -> str:
        """The digest of what is asked: an answer names it, so that a changed one asks again."""
        return canonical.digest_of([self.title_zh, self.title_en, self.value, self.source])


class TransmissionAnswer(AppendOnly):
    """How a lower plan answers one binding content of its upper plan. The newest counts.

    The content is an item of a plan on this site, with the version that was answered, or a listed
    requirement; `wording` is the hash of what stood there.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="transmission_answers")
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+")
    version = models.ForeignKey(ItemVersion, models.PROTECT, null=True, related_name="+")
    requirement = models.ForeignKey(
        UpperRequirement, models.PROTECT, null=True, related_name="answers"
    )
    wording = models.CharField(_("hash of the wording answered"), max_length=80)
    value = models.CharField(_("answer"), max_length=10, choices=TransmissionValue.choices)
    reason = models.TextField(_("reason"), blank=True)
    carried_by = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, verbose_name=_("carried by")
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("answer to an upper plan")
        verbose_name_plural = _("answers to upper plans")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    item__isnull=False, version__isnull=False, requirement__isnull=True
                )
                | models.Q(item__isnull=True, version__isnull=True, requirement__isnull=False),
                name="transmission_answers_one_content",
            ),
            models.CheckConstraint(
                condition=models.Q(value="adopted") | ~models.Q(reason=""),
                name="transmission_deviates_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "item", "-id"], name="transmission_newest_item"),
            models.Index(fields=["plan", "requirement", "-id"], name="transmission_newest_listed"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.value}"
