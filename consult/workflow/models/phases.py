"""The way of a plan through its phases."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.register.enums import Phase
from plans.register.models import Plan
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class PhaseStep(AppendOnly):
    """One move of a plan from a phase to another, by a named mandate. The newest is where it is."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="phase_steps")
    from_phase = models.PositiveSmallIntegerField(_("from phase"), choices=Phase.choices)
    to_phase = models.PositiveSmallIntegerField(_("to phase"), choices=Phase.choices)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("change of phase")
        verbose_name_plural = _("changes of phase")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.from_phase} → {self.to_phase}"
