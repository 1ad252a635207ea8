"""Sign-off of a frozen revision, item by item. Every row is only ever added; a new wording of an
item gets a new ballot, and positions stay with the ballot on which they were taken.
"""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import Outcome
from consult.ballots.models import Ballot
from plans.register.enums import ChangeKind
from plans.register.models import Item, ItemVersion, Plan, Revision
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

    # Set by `queries.live_ballots`: [code, weight] each, the place in the revision, and the part in
    # which the item was adopted last: {"number": of its revision, "at": instant}.
    adopted: dict[str, Any] | None
    electors: list[dict[str, Any]]
    elector_text: str | None
    place: dict[str, Any]

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

    @property
    def is_adopted(self) -> bool:
        """Whether it ended with the part its item was adopted in: its result stands, whatever is
        said later. A newer wording has a ballot of its own."""
        end = getattr(self.ballot, "end", None)
        if not self.adopted or end is None or end.outcome != Outcome.PASSED.value:
            return False
        return bool(end.at <= datetime.fromisoformat(self.adopted["at"]))


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
