"""A position while its jurisdiction prepares it: working papers, seen by nobody else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.phase3_identification.enums import PreparedState
from consult.phase3_identification.models.positions import Declaration
from consult.phase3_identification.models.sign_offs import SignOff
from plans.register.models import Revision
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate


class PositionDraft(models.Model):
    """The position a jurisdiction's staff prepare for its signatory, one per sign-off.

    `content` is what the position form opens filled with: `form` (field -> value) and
    `exceptions` (rows of field -> value; `note` says to the signatory why). `edits` counts what was
    done to it, for the optimistic lock. `revision` is the text it was written on, `former` the
    declaration that stood then: once another one stands, the draft has served or was overtaken.
    """

    sign_off = models.ForeignKey(SignOff, models.PROTECT, related_name="position_drafts")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    former = models.ForeignKey(Declaration, models.PROTECT, null=True, related_name="+")
    content = models.JSONField(_("prepared position"))
    advice = models.TextField(_("advice to the signatory"), blank=True)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=PreparedState.choices,
        default=PreparedState.WORKING,
    )
    reason = models.TextField(_("reason"), blank=True)
    edits = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    editor = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(_("edited"))
    handed_up_by = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    handed_up_at = models.DateTimeField(_("handed up"), null=True)

    class Meta:
        verbose_name = _("prepared position")
        verbose_name_plural = _("prepared positions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sign_off", "jurisdiction"], name="position_draft_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sign_off_id} {self.jurisdiction_id}"
