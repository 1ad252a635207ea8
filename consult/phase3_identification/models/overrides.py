"""An item adopted although its rule is not met, as the charter says, by two people."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.ballots.models import TwoPersonProposal
from consult.phase3_identification.models.sign_offs import SignOffBallot
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class Override(AppendOnly):
    """The joint office's director and a signatory adopt one guiding item of an open sign-off.

    It stands on the item's ballot, so a new wording knows nothing of it. What the parties said
    stays: an objection is listed among the differences.
    """

    item_ballot = models.OneToOneField(SignOffBallot, models.PROTECT, related_name="override")
    proposal = models.OneToOneField(TwoPersonProposal, models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    second = models.ForeignKey(
        Mandate, models.PROTECT, related_name="+", verbose_name=_("signatory")
    )
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("override")
        verbose_name_plural = _("overrides")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.item_ballot_id)
