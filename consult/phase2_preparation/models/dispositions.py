"""Dispositions, their publication and answers, reasons of changes. Only ever added."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consult.matters.models import Matter
from consult.phase2_preparation.enums import (
    NEEDS_REASON,
    DispositionOutcome,
)
from consult.phase2_preparation.models.advice import Advice
from consult.phase2_preparation.models.batches import DispositionBatch
from consult.phase2_preparation.models.comments import Comment
from plans.register.models import Item, Plan
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class StandingManager(models.Manager["Disposition"]):
    """Dispositions that were not taken back: all that any list, gate or duty asks for."""

    def get_queryset(self) -> models.QuerySet["Disposition"]:
        return super().get_queryset().filter(withdrawal__isnull=True)


class Disposition(AppendOnly):
    """The formal answer to a comment. The newest of a comment counts.

    `objects` and `comment.dispositions` leave out what was taken back before anybody saw it;
    `every` has them. `follows`: the advice that the decision took up. A superseded comment names
    the comment or the item that takes its place.
    """

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="dispositions")
    outcome = models.CharField(_("outcome"), max_length=20, choices=DispositionOutcome.choices)
    reason_zh = models.TextField(_("reason (Chinese)"), blank=True)
    reason_en = models.TextField(_("reason (English)"), blank=True)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="dispositions")
    superseded_by = models.ForeignKey(Comment, models.PROTECT, null=True, related_name="supersedes")
    superseded_item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+")
    follows = models.ForeignKey(Advice, models.PROTECT, null=True, related_name="dispositions")
    together = models.ForeignKey(
        DispositionBatch, models.PROTECT, null=True, related_name="dispositions"
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    objects = StandingManager()
    every = models.Manager["Disposition"]()

    class Meta(AppendOnly.Meta):
        verbose_name = _("disposition")
        verbose_name_plural = _("dispositions")
        ordering = ["pk"]
        indexes = [models.Index(fields=["comment", "-id"], name="disposition_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome__in=sorted(NEEDS_REASON)) | ~Q(reason_zh="", reason_en=""),
                name="disposition_reason",
            ),
            models.CheckConstraint(
                condition=Q(outcome=DispositionOutcome.TO_MATTER, matter__isnull=False)
                | (~Q(outcome=DispositionOutcome.TO_MATTER) & Q(matter__isnull=True)),
                name="disposition_matter",
            ),
            models.CheckConstraint(
                condition=Q(outcome=DispositionOutcome.SUPERSEDED)
                | Q(superseded_by__isnull=True, superseded_item__isnull=True),
                name="disposition_superseded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.outcome}"


class DispositionWithdrawal(AppendOnly):
    """That an unpublished disposition was taken back: what stood before it stands again."""

    disposition = models.OneToOneField(Disposition, models.PROTECT, related_name="withdrawal")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("withdrawal of a disposition")
        verbose_name_plural = _("withdrawals of dispositions")

    def __str__(self) -> str:
        return str(self.disposition_id)


class DispositionPublication(AppendOnly):
    """That a disposition was shown to all, together with the others of its batch."""

    disposition = models.OneToOneField(Disposition, models.PROTECT, related_name="publication")
    batch = models.CharField(_("batch"), max_length=40, db_index=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("publication of a disposition")
        verbose_name_plural = _("publications of dispositions")

    def __str__(self) -> str:
        return f"{self.disposition_id} {self.batch}"


class CommenterAnswer(AppendOnly):
    """Whether the commenter accepts one disposition. A newer disposition asks again."""

    disposition = models.ForeignKey(Disposition, models.PROTECT, related_name="answers")
    accepts = models.BooleanField(_("accepts"))
    text = models.TextField(_("text"), blank=True)
    # None: answered through the link of the invitation that asked for the opinion.
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("answer of the commenter")
        verbose_name_plural = _("answers of commenters")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.disposition_id} {self.accepts}"


class ChangeReason(AppendOnly):
    """Why an item is changed: a disposition, a matter, or another decision named in the note."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="change_reasons")
    item = models.ForeignKey(Item, models.PROTECT, related_name="change_reasons")
    disposition = models.ForeignKey(Disposition, models.PROTECT, null=True, related_name="reasons")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="reasons")
    note = models.CharField(_("decision"), max_length=300, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("reason of a change")
        verbose_name_plural = _("reasons of changes")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(disposition__isnull=False) | Q(matter__isnull=False) | ~Q(note=""),
                name="change_reason_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}"
