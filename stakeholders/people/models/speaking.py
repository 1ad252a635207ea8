"""An act that somebody entered for a jurisdiction, and the jurisdiction's word on it.

Abstract: who is spoken for, by whom, on which evidence, until when it may be confirmed. What the
act says is the matter of the subclass. Its word model names it `act`, with the related name `word`.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.enums import Basis, EvidenceKind
from stakeholders.people.models.mandate import Mandate
from stakeholders.record.models import AppendOnly


class SpokenFor(AppendOnly):
    """An act entered for `jurisdiction` under `mandate`; nothing until it is confirmed."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    basis = models.CharField(_("basis"), max_length=20, choices=Basis.choices)
    evidence_kind = models.CharField(
        _("kind of evidence"), max_length=20, choices=EvidenceKind.choices, blank=True
    )
    evidence_number = models.CharField(_("number"), max_length=80, blank=True)
    evidence_on = models.DateField(_("date"), null=True, blank=True)
    evidence_text = models.TextField(_("what the evidence says"), blank=True)
    evidence_file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("evidence"),
    )
    at = models.DateTimeField(_("time"))
    confirm_by = models.DateTimeField(_("confirm by"), db_index=True)

    class Meta(AppendOnly.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(basis=Basis.AD_REFERENDUM)
                | (~Q(evidence_kind="") & ~Q(evidence_text="")),
                name="%(class)s_evidence",
            ),
        ]


class SpokenWord(AppendOnly):
    """The jurisdiction's one word on an act entered for it. Subclasses add the one-to-one `act`."""

    agrees = models.BooleanField(_("confirms"))
    reason = models.TextField(_("reason"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        abstract = True
