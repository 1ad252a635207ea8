"""The common statement and the signatures under it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.phase3_identification.models.sign_offs import SignOff
from plans.register.models import Revision
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


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
