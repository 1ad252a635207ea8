"""Conditions of an agreement in principle: what is asked, that it was met, and the holder's word.

Every row is only ever added. A condition restated word for word in a newer declaration names the
first one it restates, so that what was reported and confirmed of it stays.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.phase3_identification.models.positions import Declaration
from plans.register.models import Item
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class Condition(AppendOnly):
    """One condition of a declaration: on one item, or (no item) of its general agreement.

    `by`: the party that should meet it; empty: the joint office.
    """

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="conditions")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("condition"))
    by = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("by when"), null=True, blank=True)
    restates = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="restated"
    )

    class Meta(AppendOnly.Meta):
        verbose_name = _("condition of an agreement in principle")
        verbose_name_plural = _("conditions of agreements in principle")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.declaration_id} {self.number}"


class ConditionReport(AppendOnly):
    """That a condition is met, with what shows it: by the named party or the joint office."""

    condition = models.ForeignKey(Condition, models.PROTECT, related_name="reports")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    text = models.TextField(_("what shows that it is met"))
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("report on a condition")
        verbose_name_plural = _("reports on conditions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.condition_id)


class ConditionConfirmation(AppendOnly):
    """The word of the condition's holder on a report: met, or not yet with the reason."""

    report = models.OneToOneField(ConditionReport, models.PROTECT, related_name="confirmation")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    is_met = models.BooleanField(_("met"))
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("word on a reported condition")
        verbose_name_plural = _("words on reported conditions")

    def __str__(self) -> str:
        return f"{self.report_id} {self.is_met}"
