"""The declaration by which a party speaks on all its items at once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.phase3_identification.models.sign_offs import SignOff
from plans.register.models import Revision
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


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
    meeting = models.CharField(_("meeting"), max_length=120, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    letter_file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("stamped letter"),
    )
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
