"""The common statement and the signatures under it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consult.phase3_identification.models.sign_offs import SignOff
from plans.register.models import Revision
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class CommonStatement(AppendOnly):
    """What the parties hold in common, as one canonical text: after a passed sign-off, or, where
    the charter allows, of what has passed already (`is_part`) while the rest goes on."""

    sign_off = models.ForeignKey(SignOff, models.PROTECT, related_name="statements")
    is_part = models.BooleanField(_("of a part"), default=False)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="statements")
    content = models.TextField(_("canonical content"))
    hash = models.CharField(_("hash"), max_length=80)
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("common statement")
        verbose_name_plural = _("common statements")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sign_off"], condition=Q(is_part=False), name="statement_of_whole_once"
            ),
        ]

    def __str__(self) -> str:
        return self.hash[:19]


class StatementNumber(AppendOnly):
    """The document number (文号) the joint office gave a statement, once."""

    statement = models.OneToOneField(CommonStatement, models.PROTECT, related_name="numbered")
    number = models.CharField(_("document number"), max_length=80)
    dated_on = models.DateField(_("date of the document"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("number of a statement")
        verbose_name_plural = _("numbers of statements")

    def __str__(self) -> str:
        return self.number


class PartialAdoption(AppendOnly):
    """The items that had passed were adopted first, as a revision of their own; the rest of the
    sign-off goes on. Its statement is of these items alone."""

    sign_off = models.ForeignKey(SignOff, models.PROTECT, related_name="partial_adoptions")
    statement = models.OneToOneField(
        CommonStatement, models.PROTECT, related_name="partial_adoption"
    )
    revision = models.OneToOneField(Revision, models.PROTECT, related_name="partial_adoption")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("partial adoption")
        verbose_name_plural = _("partial adoptions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.sign_off_id} {self.revision_id}"


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
