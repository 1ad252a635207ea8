"""The steps inside one jurisdiction before it speaks outwards, and the runs through them.

Rows are only ever added: the newest chain of a jurisdiction, plan and kind counts, and a run keeps
the chain it began under. Nobody outside the jurisdiction sees any of it.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.jurisdictions.models import Jurisdiction, chosen
from stakeholders.people.enums import ChainKind, RoleName
from stakeholders.people.models.mandate import Mandate
from stakeholders.record.models import AppendOnly


class Chain(AppendOnly):
    """The ordered steps of a jurisdiction for one kind of outward act, in one plan or in all.

    A chain without steps says that the jurisdiction asks for none.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=ChainKind.choices)
    plan_key = models.CharField(_("limited to plan"), max_length=60, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    defined_at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("chain of steps")
        verbose_name_plural = _("chains of steps")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["jurisdiction", "kind", "plan_key", "-id"], name="chain_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction} · {self.get_kind_display()}"


class ChainStep(AppendOnly):
    """One step; steps with the same `position` run side by side. Who: a role, or named persons."""

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField(_("position"))
    name_zh = models.CharField(_("name (Chinese)"), max_length=40)
    name_en = models.CharField(_("name (English)"), max_length=60, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=RoleName.choices, blank=True)
    user_ids = ArrayField(models.BigIntegerField(), default=list, verbose_name=_("people"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("step of a chain")
        verbose_name_plural = _("steps of chains")
        ordering = ["chain", "position", "pk"]

    def __str__(self) -> str:
        return chosen(self.name_zh, self.name_en)


class ChainRun(AppendOnly):
    """One passage of a subject (a reply, a position) through a chain. The newest one counts."""

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="runs")
    subject_kind = models.CharField(_("kind"), max_length=30)
    subject_id = models.CharField(_("subject"), max_length=60)
    plan_key = models.CharField(_("plan"), max_length=60, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("run of a chain")
        verbose_name_plural = _("runs of chains")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="chain_run_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_id}"


class ChainPass(AppendOnly):
    """A step passed, or (with `back_to`) sent back to an earlier position, with a note."""

    run = models.ForeignKey(ChainRun, models.PROTECT, related_name="passes")
    step = models.ForeignKey(ChainStep, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    back_to = models.PositiveSmallIntegerField(_("sent back to"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("pass of a step")
        verbose_name_plural = _("passes of steps")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.step)
