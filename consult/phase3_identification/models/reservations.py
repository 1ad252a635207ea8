"""Reservations: differences that do not block, and their end."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.ballots.models import Position
from plans.register.models import Item
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class Reservation(AppendOnly):
    """A difference that does not block: annexed to the statement and followed up later.

    It stands until a lift names it; restating it in a new declaration lifts the former row.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="reservations")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="reservations")
    position = models.OneToOneField(Position, models.PROTECT, related_name="reservation")
    scope = models.CharField(_("what it covers"), max_length=200, blank=True)
    text_zh = models.TextField(_("reservation (Chinese)"))
    text_en = models.TextField(_("reservation (English)"), blank=True)
    review_on = models.DateField(_("review on"), null=True, blank=True)
    lifted_if_zh = models.TextField(_("what would lift it (Chinese)"), blank=True)
    lifted_if_en = models.TextField(_("what would lift it (English)"), blank=True)

    class Meta(AppendOnly.Meta):
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.jurisdiction_id} {self.item_id}"


class ReservationLift(AppendOnly):
    """The end of a reservation: by the position that replaced it, or by its holder's own act with
    a reason (`mandate`), in the sign-off or in a later review."""

    reservation = models.OneToOneField(Reservation, models.PROTECT, related_name="lift")
    position = models.ForeignKey(Position, models.PROTECT, null=True, blank=True, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("lift of a reservation")
        verbose_name_plural = _("lifts of reservations")

    def __str__(self) -> str:
        return str(self.reservation_id)
