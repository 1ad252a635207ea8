"""What happened to a mandate, step by step."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.people.enums import MandateAct
from stakeholders.people.models.mandate import Mandate
from stakeholders.people.models.person import User
from stakeholders.record.models import AppendOnly


class MandateEvent(AppendOnly):
    """One act on a mandate: by whom, under which mandate of theirs, when and why."""

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="events")
    act = models.CharField(_("act"), max_length=30, choices=MandateAct.choices)
    by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("person")
    )
    under = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("event of a mandate")
        verbose_name_plural = _("events of mandates")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_act_display()
