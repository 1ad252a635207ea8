"""Sign-off of a frozen revision, item by item; reservations; the common statement.

Every row here is only ever added. A new wording of an item gets a new ballot; positions stay with
the ballot, and so with the wording, on which they were taken.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import Outcome
from consult.ballots.models import Ballot, Position
from plans.register.enums import ChangeKind
from plans.register.models import Item, ItemVersion, Plan, Revision
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class SignOff(AppendOnly):
    """One sign-off of a plan: opened on a frozen revision under a charter.

    `closes_at` None: a coordinator closes it when all have spoken. Sealed: until then others
    learn only who answered.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="sign_offs")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="sign_offs")
    charter_number = models.PositiveIntegerField(_("charter version"))
    opened_at = models.DateTimeField(_("opened"))
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    is_sealed = models.BooleanField(_("sealed"), default=False)

    class Meta(AppendOnly.Meta):
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.plan_id} #{self.pk}"


class SignOffBallot(AppendOnly):
    """The ballot of one item in one wording. `change` says how the wording came to differ from
    that of the item's ballot before; a change that is not harmless makes consent stale."""

    sign_off = models.ForeignKey(SignOff, models.PROTECT, related_name="item_ballots")
    item = models.ForeignKey(Item, models.PROTECT, related_name="sign_off_ballots")
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="sign_off_ballots")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    change = models.CharField(_("change"), max_length=30, choices=ChangeKind.choices)
    ballot = models.OneToOneField(Ballot, models.PROTECT, related_name="sign_off_ballot")

    # Set by `queries.live_ballots`: [code, weight] each, the place in the revision, and the ballot
    # with which consent given before it went stale.
    electors: list[dict[str, Any]]
    place: dict[str, Any]
    broken_at: int | None

    class Meta(AppendOnly.Meta):
        verbose_name = _("ballot of an item")
        verbose_name_plural = _("ballots of items")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sign_off", "item", "revision"], name="sign_off_ballot_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.ballot_id}"


class Declaration(AppendOnly):
    """The one act by which a party speaks on all its items: a general value with exceptions.

    `content` is canonical text and covers revision, mandate, values and texts; its digest is the
    party's receipt. In a sealed sign-off the record holds `commitment(content, nonce)` instead.
    """

    sign_off = models.ForeignKey(SignOff, models.PROTECT, related_name="declarations")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    key = models.CharField(max_length=40, unique=True)
    decided_by = models.CharField(_("decided by"), max_length=120, blank=True)
    content = models.TextField(_("canonical content"))
    hash = models.CharField(_("receipt"), max_length=80)
    nonce = models.CharField(max_length=80)
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("declaration of a party")
        verbose_name_plural = _("declarations of parties")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.jurisdiction_id} {self.hash[:19]}"


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
    """The end of a reservation: by the position that replaced it, or in a later review."""

    reservation = models.OneToOneField(Reservation, models.PROTECT, related_name="lift")
    position = models.ForeignKey(Position, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("lift of a reservation")
        verbose_name_plural = _("lifts of reservations")

    def __str__(self) -> str:
        return str(self.reservation_id)


class SignOffEnd(AppendOnly):
    """How a sign-off ended, on which revision, and where each item stood (`result`)."""

    sign_off = models.OneToOneField(SignOff, models.PROTECT, related_name="end")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    reason = models.TextField(_("reason"), blank=True)
    result = models.TextField(_("result"), blank=True)
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("end of a sign-off")
        verbose_name_plural = _("ends of sign-offs")

    def __str__(self) -> str:
        return self.get_outcome_display()


class CommonStatement(AppendOnly):
    """What the parties hold in common after a passed sign-off, as one canonical text."""

    sign_off = models.OneToOneField(SignOff, models.PROTECT, related_name="statement")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="statements")
    content = models.TextField(_("canonical content"))
    hash = models.CharField(_("hash"), max_length=80)
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("common statement")
        verbose_name_plural = _("common statements")

    def __str__(self) -> str:
        return self.hash[:19]


class Signature(AppendOnly):
    """A party's signature under the common statement, by a signatory, on an official letter."""

    statement = models.ForeignKey(CommonStatement, models.PROTECT, related_name="signatures")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    letter_number = models.CharField(_("letter number"), max_length=80, blank=True)
    letter_on = models.DateField(_("date of the letter"), null=True, blank=True)
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "jurisdiction"], name="signature_once"),
        ]

    def __str__(self) -> str:
        return str(self.jurisdiction_id)
