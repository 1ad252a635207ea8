"""The reply of the approving authority, what it asks to change, and who has noted the change."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consult.approval.enums import ReplyOutcome
from consult.approval.models.letters import ApprovalLetter
from plans.register.models import Item, ItemVersion, Revision
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class ApprovalReply(AppendOnly):
    """What the authority decided, in its letter."""

    letter = models.OneToOneField(ApprovalLetter, models.PROTECT, related_name="reply")
    outcome = models.CharField(_("outcome"), max_length=20, choices=ReplyOutcome.choices)

    class Meta(AppendOnly.Meta):
        verbose_name = _("reply to the submission")
        verbose_name_plural = _("replies to the submission")

    def __str__(self) -> str:
        return self.get_outcome_display()


class ReplyCondition(AppendOnly):
    """One thing the reply asks for: a change of an item imposed with the approval, an item it
    returns, or (without item) something of the plan as a whole.

    `version` is the wording the reply was written on.
    """

    reply = models.ForeignKey(ApprovalReply, models.PROTECT, related_name="conditions")
    number = models.PositiveSmallIntegerField(_("number"))
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.ForeignKey(
        ItemVersion, models.PROTECT, null=True, blank=True, related_name="+"
    )
    text_zh = models.TextField(_("text (Chinese)"), blank=True)
    text_en = models.TextField(_("text (English)"), blank=True)

    class Meta(AppendOnly.Meta):
        verbose_name = _("condition of the reply")
        verbose_name_plural = _("conditions of the reply")
        ordering = ["reply", "number"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "number"], name="reply_condition_once"),
            models.CheckConstraint(
                condition=Q(item__isnull=True, version__isnull=True)
                | Q(item__isnull=False, version__isnull=False),
                name="reply_condition_wording",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reply_id}.{self.number}"


class Acknowledgement(AppendOnly):
    """A party has noted (知悉) the text as the reply changed it. No consent: it cannot be refused."""

    reply = models.ForeignKey(ApprovalReply, models.PROTECT, related_name="acknowledgements")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    letter_number = models.CharField(_("letter number"), max_length=80, blank=True)
    letter_on = models.DateField(_("date of the letter"), null=True, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reply", "revision", "jurisdiction"], name="acknowledged_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction_id}"
