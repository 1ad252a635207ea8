"""Proposed wordings for provisions, and what became of them. Rows are only ever added."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.register.models import Item, ItemVersion, Plan
from plans.text.collisions import Texts
from plans.text.enums import AmendmentOutcomeKind
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class Amendment(AppendOnly):
    """A wording proposed for a provision, against one state of it.

    `base` is the text it began from, `base_hash` that of the whole state, `base_version` the
    version where that state was published. `jurisdiction` is empty for the joint team's own.
    `comment` is the number of the comment whose wording it takes over.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="amendments")
    number = models.PositiveIntegerField(_("number"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="amendments")
    base = models.JSONField()
    base_hash = models.CharField(_("hash of the base"), max_length=80)
    base_version = models.ForeignKey(
        ItemVersion, models.PROTECT, null=True, related_name="amendments"
    )
    title_zh = models.CharField(_("title (Chinese)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    text_zh = models.TextField(_("text (Chinese)"))
    text_en = models.TextField(_("text (English)"), blank=True)
    reason = models.TextField(_("reason"))
    comment = models.PositiveIntegerField(_("comment"), null=True)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="amendment_number"),
        ]
        indexes = [models.Index(fields=["item"], name="amendment_item")]

    def __str__(self) -> str:
        return f"A{self.number:02d}"

    @property
    def texts(self) -> Texts:
        return Texts(
            title_zh=self.title_zh,
            title_en=self.title_en,
            text_zh=self.text_zh,
            text_en=self.text_en,
        )

    @property
    def base_texts(self) -> Texts:
        return Texts(**self.base)


class AmendmentOutcome(AppendOnly):
    """What became of an amendment, once. `draft_hash` is the state of the draft it led to."""

    amendment = models.OneToOneField(Amendment, models.PROTECT, related_name="outcome")
    outcome = models.CharField(_("outcome"), max_length=20, choices=AmendmentOutcomeKind.choices)
    reason = models.TextField(_("reason"), blank=True)
    draft_hash = models.CharField(_("hash of the draft"), max_length=80, blank=True)
    edits = models.PositiveIntegerField(_("save of the draft"), null=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("outcome of an amendment")
        verbose_name_plural = _("outcomes of amendments")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(outcome=AmendmentOutcomeKind.DECLINED) | ~models.Q(reason=""),
                name="amendment_declined_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id} {self.outcome}"
