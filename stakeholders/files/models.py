"""Uploads: kept once by their hash, named by what people called them."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.files.enums import MEDIA_TYPES, Kind, Scan
from stakeholders.terms import clock


class StoredFile(models.Model):
    """One upload. Its bytes lie under their SHA-256; two uploads of the same bytes share them.

    What it belongs to points here by a foreign key (PROTECT) and decides who may read it; until
    then only the person who uploaded it does.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    scan = models.CharField(
        _("virus check"), max_length=12, choices=Scan.choices, default=Scan.UNSCANNED
    )
    scanned_at = models.DateTimeField(_("checked"), null=True, blank=True)
    plan_key = models.CharField(
        _("plan"),
        max_length=40,
        blank=True,
        help_text=_("The plan whose quota it counts in; who may read it is not decided by this."),
    )
    # None: came through a link; what it belongs to names the link.
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("time"))
    # Housekeeping drops an unattached upload a day after this; a form that takes it up moves it.
    touched_at = models.DateTimeField(_("last used"), default=clock.now, db_index=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["-uploaded_at"]
        indexes = [
            models.Index(fields=["uploaded_by", "-uploaded_at"], name="stored_file_of_person"),
            models.Index(
                fields=["plan_key"], name="stored_file_of_plan", condition=~models.Q(plan_key="")
            ),
            models.Index(
                fields=["scan"],
                name="stored_file_unscanned",
                condition=models.Q(scan=Scan.UNSCANNED),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> Kind:
        """What it is; ValueError for a type that is not kept here."""
        return Kind(next(kind for kind, media in MEDIA_TYPES.items() if media == self.media_type))
