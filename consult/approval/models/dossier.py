"""The dossier: the papers handed up with the common statement, and their order. Only ever added."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class DossierArrangement(AppendOnly):
    """The lines of the dossier in the order the approving authority asks. The newest counts.

    `lines`: canonical JSON, a list of {"key", "zh", "en", "is_required", "left_out"}; a key of the
    table of the plan's kind keeps its names, another one is a paper of the authority's own;
    `left_out` is the reason why a line is not handed up, or empty.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="dossier_arrangements")
    lines = models.TextField(_("lines"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("arrangement of the dossier")
        verbose_name_plural = _("arrangements of the dossier")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.pk}"


class DossierPaper(AppendOnly):
    """A document filed for a line of the dossier. The newest of a line counts."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="dossier_papers")
    line = models.SlugField(_("line"), max_length=40)
    document_number = models.CharField(_("document number"), max_length=80, blank=True)
    issued_on = models.DateField(_("date of issue"), null=True, blank=True)
    issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the document itself"),
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("paper of the dossier")
        verbose_name_plural = _("papers of the dossier")
        ordering = ["pk"]
        indexes = [models.Index(fields=["plan", "line", "-id"], name="dossier_newest")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.line}"
