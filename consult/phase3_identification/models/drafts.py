"""What a person has typed of its party's position and not sent yet."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.phase3_identification.models.sign_offs import SignOff


class PositionAutosave(models.Model):
    """The unsent form as its mandate left it: private to it, no act, no content.

    `fields`: what was typed, without files. `former`: the declaration that
    counted when it was typed, so that a form typed before a newer one is not put back.
    """

    sign_off = models.ForeignKey(SignOff, models.CASCADE, related_name="+")
    mandate_id = models.BigIntegerField()
    former = models.BigIntegerField(null=True, blank=True)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField(_("time"), db_index=True)

    class Meta:
        verbose_name = _("unsent position")
        verbose_name_plural = _("unsent positions")
        constraints = [
            models.UniqueConstraint(
                fields=["sign_off", "mandate_id"], name="position_autosave_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sign_off_id} {self.mandate_id}"
