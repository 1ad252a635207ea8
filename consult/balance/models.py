"""What the parties owe and get: paid transfers of quota, compensation and its yearly settlement.

Every row is only ever added; what counts is computed from the answers.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plans.register.models import Item, Plan
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class QuotaTransfer(AppendOnly):
    """A part of what an indicator allots to one party goes to another: the total stays.

    It counts when both have confirmed it. `price` in 10,000 yuan; `version_hash`: the wording of
    the indicator it was agreed under.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="quota_transfers")
    number = models.PositiveIntegerField(_("number"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="quota_transfers")
    version_hash = models.CharField(max_length=80)
    giver = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    taker = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=6)
    price = models.DecimalField(
        _("price (10,000 yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    basis_zh = models.TextField(_("basis (Chinese)"), blank=True)
    basis_en = models.TextField(_("basis (English)"), blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("quota transfer")
        verbose_name_plural = _("quota transfers")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="transfer_number_in_plan"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_amount"),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="transfer_two_parties"),
        ]

    def __str__(self) -> str:
        return f"QT{self.number}"


class QuotaTransferAnswer(AppendOnly):
    """What one of the two says to a transfer: once confirmed by both it counts."""

    transfer = models.ForeignKey(QuotaTransfer, models.PROTECT, related_name="answers")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    confirms = models.BooleanField(_("confirms"))
    reason = models.TextField(_("reason"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("answer to a quota transfer")
        verbose_name_plural = _("answers to quota transfers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["transfer", "jurisdiction"], name="transfer_answer_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.transfer_id} {self.jurisdiction_id}"


class Compensation(AppendOnly):
    """Who pays whom every year, for what and under which rule (横向补偿). Amounts in 10,000 yuan."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="compensations")
    number = models.PositiveIntegerField(_("number"))
    title_zh = models.CharField(_("title (Chinese)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    payer = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    payee = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    rule_zh = models.TextField(_("rule of the amount (Chinese)"), blank=True)
    rule_en = models.TextField(_("rule of the amount (English)"), blank=True)
    yearly_amount = models.DecimalField(
        _("amount a year (10,000 yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    from_year = models.PositiveSmallIntegerField(_("from year"))
    until_year = models.PositiveSmallIntegerField(_("until year"))
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("compensation")
        verbose_name_plural = _("compensations")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="compensation_number_in_plan"),
            models.CheckConstraint(condition=~Q(payer=F("payee")), name="compensation_two_parties"),
            models.CheckConstraint(
                condition=Q(until_year__gte=F("from_year")), name="compensation_years"
            ),
        ]

    def __str__(self) -> str:
        return f"CP{self.number}"


class CompensationAnswer(AppendOnly):
    """What one of the two says to a compensation: once confirmed by both it is owed."""

    compensation = models.ForeignKey(Compensation, models.PROTECT, related_name="answers")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    confirms = models.BooleanField(_("confirms"))
    reason = models.TextField(_("reason"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("answer to a compensation")
        verbose_name_plural = _("answers to compensations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["compensation", "jurisdiction"], name="compensation_answer_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.compensation_id} {self.jurisdiction_id}"


class Settlement(AppendOnly):
    """What the payer says was due and paid for a year; the newest of a year counts (结算).

    A transfer with a price is settled the same way, for the year in which it was confirmed.
    """

    compensation = models.ForeignKey(
        Compensation, models.PROTECT, null=True, blank=True, related_name="settlements"
    )
    transfer = models.ForeignKey(
        QuotaTransfer, models.PROTECT, null=True, blank=True, related_name="settlements"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    amount_due = models.DecimalField(_("due (10,000 yuan)"), max_digits=14, decimal_places=2)
    amount_paid = models.DecimalField(_("paid (10,000 yuan)"), max_digits=14, decimal_places=2)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(compensation__isnull=True) ^ Q(transfer__isnull=True),
                name="settlement_of_one",
            ),
            models.CheckConstraint(
                condition=Q(amount_due__gte=0, amount_paid__gte=0), name="settlement_amounts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.amount_paid}"


class SettlementAnswer(AppendOnly):
    """The payee's word on a settlement: received, or not with why."""

    settlement = models.OneToOneField(Settlement, models.PROTECT, related_name="answer")
    confirms = models.BooleanField(_("confirms"))
    reason = models.TextField(_("reason"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("answer to a settlement")
        verbose_name_plural = _("answers to settlements")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.settlement_id} {self.confirms}"
