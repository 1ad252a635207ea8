"""Lists of demands: what each party asks of the plan, and where the joint office put it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.demands.enums import SortedAs, SortingReply
from consult.matters.models import Matter
from plans.register.models import Plan
from plans.text.enums import Demand, Theme
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class DemandCall(AppendOnly):
    """The joint office asks the parties for their lists until a date. The newest call counts."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="demand_calls")
    due_at = models.DateTimeField(_("due"))
    note_zh = models.TextField(_("note (Chinese)"), blank=True)
    note_en = models.TextField(_("note (English)"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("call for demands")
        verbose_name_plural = _("calls for demands")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.due_at:%Y-%m-%d}"


class DemandHandIn(AppendOnly):
    """A party hands in its list, or says (`is_nil`) that it has no demand."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="demand_hand_ins")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    is_nil = models.BooleanField(_("no demands"), default=False)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("list of demands handed in")
        verbose_name_plural = _("lists of demands handed in")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.jurisdiction_id}"


class ListedDemand(models.Model):
    """One entry of a party's list. Its party alone sees and edits it until it is handed in."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="listed_demands")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="listed_demands")
    number = models.PositiveIntegerField(_("number"))
    title_zh = models.CharField(_("title (Chinese)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    text_zh = models.TextField(_("text (Chinese)"), blank=True)
    text_en = models.TextField(_("text (English)"), blank=True)
    kind = models.CharField(_("kind of demand"), max_length=20, choices=Demand.choices)
    theme = models.CharField(_("theme"), max_length=30, choices=Theme.choices)
    evidence = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    hand_in = models.ForeignKey(
        DemandHandIn, models.PROTECT, null=True, blank=True, related_name="demands"
    )
    edits = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(_("edited"))
    edited_mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("listed demand")
        verbose_name_plural = _("listed demands")
        ordering = ["plan", "jurisdiction", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "jurisdiction", "number"], name="listed_demand_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction_id}-{self.number}"


class DemandSorting(AppendOnly):
    """Where a demand went: items of the text, a matter, or not into this plan. The newest counts."""

    demand = models.ForeignKey(ListedDemand, models.PROTECT, related_name="sortings")
    sorted_as = models.CharField(_("sorted as"), max_length=10, choices=SortedAs.choices)
    items = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("sorting of a demand")
        verbose_name_plural = _("sortings of demands")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sorted_as="items", matter__isnull=True)
                & models.Q(items__len__gt=0)
                | models.Q(sorted_as="matter", matter__isnull=False, items__len=0)
                | models.Q(sorted_as="not_here", matter__isnull=True, items__len=0)
                & ~models.Q(reason=""),
                name="demand_sorted_somewhere",
            ),
        ]
        indexes = [models.Index(fields=["demand", "-id"], name="demand_sorting_newest")]

    def __str__(self) -> str:
        return f"{self.demand_id} {self.sorted_as}"


class SortingAnswer(AppendOnly):
    """What the party says to a sorting. Its newest answer to the newest sorting counts."""

    sorting = models.ForeignKey(DemandSorting, models.PROTECT, related_name="answers")
    value = models.CharField(_("answer"), max_length=20, choices=SortingReply.choices)
    text = models.TextField(_("text"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("answer to a sorting")
        verbose_name_plural = _("answers to sortings")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.sorting_id} {self.value}"
