"""What a person has typed into the forms of a position and not sent yet."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.phase3_identification.models.sign_offs import SignOff


class Autosave(models.Model):
    """An unsent form as its mandate left it: private to it, no act, no content of the plan."""

    sign_off = models.ForeignKey(SignOff, models.CASCADE, related_name="+")
    mandate_id = models.BigIntegerField()
    saved_at = models.DateTimeField(_("time"), db_index=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.sign_off_id} {self.mandate_id}"


class PositionAutosave(Autosave):
    """The form by which a party takes its position.

    `fields`: what was typed, without files. `former`: the declaration that
    counted when it was typed, so that a form typed before a newer one is not put back.
    """

    former = models.BigIntegerField(null=True, blank=True)
    fields = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("unsent position")
        verbose_name_plural = _("unsent positions")
        constraints = [
            models.UniqueConstraint(
                fields=["sign_off", "mandate_id"], name="position_autosave_once"
            ),
        ]


class PreparedAutosave(Autosave):
    """The form in which the staff prepare the position.

    `edits` is the save number of the draft the form was opened on, 0 where there was none.
    """

    edits = models.PositiveIntegerField(default=0)
    fields = models.JSONField()

    class Meta:
        verbose_name = _("unsaved prepared position")
        verbose_name_plural = _("unsaved prepared positions")
        constraints = [
            models.UniqueConstraint(
                fields=["sign_off", "mandate_id"], name="prepared_autosave_once"
            ),
        ]
