"""The result sheet of a public display (公示情况说明), version by version. Only ever added."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.models.rounds import Round
from stakeholders.files.models import StoredFile
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class DisplaySheet(AppendOnly):
    """One version of what the joint office says of a display round; the newest counts.

    Period and numbers are not kept here: they are read from the round.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="display_sheets")
    number = models.PositiveIntegerField(_("version"))
    place_zh = models.TextField(_("places and media (Chinese)"), blank=True)
    place_en = models.TextField(_("places and media (English)"), blank=True)
    main_zh = models.TextField(_("main opinions (Chinese)"), blank=True)
    main_en = models.TextField(_("main opinions (English)"), blank=True)
    result_zh = models.TextField(_("result (Chinese)"), blank=True)
    result_en = models.TextField(_("result (English)"), blank=True)
    attachments = models.TextField(_("attachments"), blank=True)
    file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("proof of the display"),
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("result sheet of a display")
        verbose_name_plural = _("result sheets of displays")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="display_sheet_number"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.number}"


class DisplayFinish(AppendOnly):
    """That a version of the sheet was issued under a document number."""

    sheet = models.OneToOneField(DisplaySheet, models.PROTECT, related_name="finish")
    document_number = models.CharField(_("document number"), max_length=80)
    issued_on = models.DateField(_("date of issue"))
    issuer = models.CharField(_("issued by"), max_length=120)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("issue of a result sheet")
        verbose_name_plural = _("issues of result sheets")

    def __str__(self) -> str:
        return self.document_number
