"""Changing the text in force: correcting an error (勘误), a local adjustment (局部调整), or an
amendment (修改) that takes its items through preparation and identification again.

The three are different procedures with different conditions; see docs/text-in-force.md.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.ballots.models import Ballot
from consult.workflow.enums import ChangeStep, ChangeWay
from plans.register.models import Plan, Revision
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class TextChange(AppendOnly):
    """One change of the text in force: which items, in which way, why, under which document."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="text_changes")
    number = models.PositiveIntegerField(_("number"))
    way = models.CharField(_("way"), max_length=20, choices=ChangeWay.choices)
    items = ArrayField(models.CharField(max_length=60), verbose_name=_("items"))
    reason_zh = models.TextField(_("reason (Chinese)"), blank=True)
    reason_en = models.TextField(_("reason (English)"), blank=True)
    letter = models.CharField(_("document number"), max_length=120, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+"
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("change of the text in force")
        verbose_name_plural = _("changes of the text in force")
        ordering = ["plan", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="text_change_number"),
        ]

    def __str__(self) -> str:
        return f"TC{self.number}"


class TextChangeStep(AppendOnly):
    """What happened to a change: opened for editing, put forward, confirmed, withdrawn, in force.

    `wording_hash`: what was confirmed or put forward; a later wording asks again.
    """

    change = models.ForeignKey(TextChange, models.PROTECT, related_name="steps")
    step = models.CharField(_("step"), max_length=20, choices=ChangeStep.choices)
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+"
    )
    wording_hash = models.CharField(max_length=80, blank=True)
    ballot = models.ForeignKey(Ballot, models.PROTECT, null=True, blank=True, related_name="+")
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("step of a change")
        verbose_name_plural = _("steps of changes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.change_id} {self.step}"
