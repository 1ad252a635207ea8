"""Cross-border matters: the library of real ones, those taken up in a plan, and their moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.matters.enums import Basis, Level, MatterType, MoveKind, Outcome, Theme
from plans.register.models import Item, Plan
from stakeholders.finding.expressions import grams_index
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class MatterQuerySet(models.QuerySet["Matter"]):
    def open(self) -> "MatterQuerySet":
        return self.filter(closed_at__isnull=True)


class Matter(models.Model):
    """One question that several jurisdictions must settle between them.

    Without a plan it is an entry of the library. `level` is where it stands on the ladder now;
    how it got there are its moves.
    """

    plan = models.ForeignKey(
        Plan, models.PROTECT, null=True, blank=True, related_name="matters", verbose_name=_("plan")
    )
    key = models.SlugField(_("key"), max_length=20)
    title_zh = models.CharField(_("title (Chinese)"), max_length=120)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    description_zh = models.TextField(_("description (Chinese)"), blank=True)
    description_en = models.TextField(_("description (English)"), blank=True)
    theme = models.CharField(_("theme"), max_length=30, choices=Theme.choices, blank=True)
    matter_type = models.CharField(_("type"), max_length=20, choices=MatterType.choices, blank=True)
    facts_zh = models.TextField(_("facts (Chinese)"), blank=True)
    facts_en = models.TextField(_("facts (English)"), blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    basis = models.CharField(
        _("how the units are known"), max_length=10, choices=Basis.choices, blank=True
    )
    jurisdictions = models.ManyToManyField(
        Jurisdiction, related_name="matters", verbose_name=_("jurisdictions")
    )
    drawn_from = models.ManyToManyField(
        "self", symmetrical=False, blank=True, verbose_name=_("entries of the library")
    )
    items = models.ManyToManyField(
        Item, related_name="matters", blank=True, verbose_name=_("provisions it is about")
    )
    level = models.CharField(
        _("level"), max_length=20, choices=Level.choices, default=Level.WORKING
    )
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, blank=True)

    review_on = models.DateField(_("reviewed again on"), null=True, blank=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = _("matter")
        verbose_name_plural = _("matters")
        ordering = ["key"]
        indexes = [
            grams_index(
                "title_zh",
                "title_en",
                "description_zh",
                "description_en",
                "facts_zh",
                "facts_en",
                name="matter_grams",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "key"], name="matter_key_in_plan", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, outcome="")
                | (models.Q(closed_at__isnull=False) & ~models.Q(outcome="")),
                name="matter_closed_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class MatterMove(AppendOnly):
    """How a matter moved: opened, raised, closed, reopened; by whom and with which note.

    `jurisdiction` is the party that joined, left or asked for the next level; the proposal is what
    was handed up with a raise; `due_at` and `review_on` are the dates the move set.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="moves")
    kind = models.CharField(_("move"), max_length=20, choices=MoveKind.choices)
    level = models.CharField(_("level"), max_length=20, choices=Level.choices)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, blank=True)
    note = models.TextField(_("note"), blank=True)
    proposal_zh = models.TextField(_("proposal handed up (Chinese)"), blank=True)
    proposal_en = models.TextField(_("proposal handed up (English)"), blank=True)
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    review_on = models.DateField(_("reviewed again on"), null=True, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("move of a matter")
        verbose_name_plural = _("moves of matters")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.kind}"
