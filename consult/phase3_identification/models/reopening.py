"""A party asks, before it speaks, that items go back to joint preparation; what it is told."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.phase3_identification.models.sign_offs import SignOff
from plans.register.models import Item
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class ReopeningRequest(AppendOnly):
    """The request of one party for some items, with its reason; every party reads it."""

    sign_off = models.ForeignKey(SignOff, models.PROTECT, related_name="reopening_requests")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("request to reopen")
        verbose_name_plural = _("requests to reopen")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.sign_off_id} {self.jurisdiction_id}"


class ReopeningItem(AppendOnly):
    """One item that a request names."""

    request = models.ForeignKey(ReopeningRequest, models.PROTECT, related_name="items")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")

    class Meta(AppendOnly.Meta):
        verbose_name = _("item of a request to reopen")
        verbose_name_plural = _("items of requests to reopen")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "item"], name="reopening_item_once"),
        ]

    def __str__(self) -> str:
        return str(self.item_id)


class ReopeningAnswer(AppendOnly):
    """The joint office's word: the items go back to preparation, or why they do not."""

    request = models.OneToOneField(ReopeningRequest, models.PROTECT, related_name="answer")
    is_accepted = models.BooleanField(_("accepted"))
    reason = models.TextField(_("reason"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("answer to a request to reopen")
        verbose_name_plural = _("answers to requests to reopen")

    def __str__(self) -> str:
        return f"{self.request_id} {self.is_accepted}"
