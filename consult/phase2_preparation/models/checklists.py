"""The papers that a kind of plan needs before it leaves joint preparation. Only ever added."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class PaperEntry(AppendOnly):
    """A paper of the checklist filed as a document, or said not to be needed. The newest counts.

    `paper` is a key of `checklists.PAPERS`; `chair` and `signers` are those of a collective opinion.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="papers")
    paper = models.SlugField(_("paper"), max_length=40)
    is_waiver = models.BooleanField(_("not needed"), default=False)
    document_number = models.CharField(_("document number"), max_length=80, blank=True)
    issued_on = models.DateField(_("date of issue"), null=True, blank=True)
    issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    chair = models.CharField(_("chair"), max_length=60, blank=True)
    signers = models.CharField(_("signed by"), max_length=500, blank=True)
    file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the document itself"),
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("entry of the checklist")
        verbose_name_plural = _("entries of the checklist")
        ordering = ["pk"]
        indexes = [models.Index(fields=["plan", "paper", "-id"], name="paper_newest")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(is_waiver=True) & ~Q(reason=""))
                | (
                    Q(is_waiver=False)
                    & ~Q(document_number="")
                    & ~Q(issuer="")
                    & Q(issued_on__isnull=False)
                ),
                name="paper_document_or_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.paper}"


class PaperConfirmation(AppendOnly):
    """Whether another party agrees that a paper is not needed."""

    entry = models.OneToOneField(PaperEntry, models.PROTECT, related_name="confirmation")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    agrees = models.BooleanField(_("agrees"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("confirmation of the checklist")
        verbose_name_plural = _("confirmations of the checklist")

    def __str__(self) -> str:
        return f"{self.entry_id} {self.agrees}"
