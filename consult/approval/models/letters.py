"""The dated letters and notices between the common statement and the text in force."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.approval.enums import LetterKind
from consult.phase3_identification.models import CommonStatement
from plans.register.models import Plan, Revision
from stakeholders.files.models import StoredFile
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class ApprovalLetter(AppendOnly):
    """One letter or notice: who wrote to whom, when, under which number, with which document.

    `senders` and `addressees` are codes of units, as sorted lists; empty addressees of a
    publication mean everybody. `answers` is the letter this one answers (forwarding and completion
    asked: the submission; completion: the notice; reply: the submission). `corrects` names the
    row this one replaces because it was entered wrongly: a row that is corrected no longer counts.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="approval_letters")
    statement = models.ForeignKey(CommonStatement, models.PROTECT, related_name="approval_letters")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=LetterKind.choices)
    senders = models.JSONField(_("from"), default=list, blank=True)
    addressees = models.JSONField(_("to"), default=list, blank=True)
    number = models.CharField(_("letter number"), max_length=80, blank=True)
    dated_on = models.DateField(_("date of the letter"))
    due_on = models.DateField(_("to be answered by"), null=True, blank=True)
    text = models.TextField(_("text"), blank=True)
    place = models.CharField(_("where it is published"), max_length=300, blank=True)
    file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the letter itself"),
    )
    answers = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="answered_by"
    )
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    reason = models.CharField(_("reason of the correction"), max_length=300, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("letter of the approval")
        verbose_name_plural = _("letters of the approval")
        ordering = ["pk"]
        indexes = [models.Index(fields=["plan", "kind", "-id"], name="approval_letter_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()
