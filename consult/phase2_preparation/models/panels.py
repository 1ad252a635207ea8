"""The common opinion of a group of experts, and how its members signed it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import OpinionResult, SignedBy
from plans.register.models import Plan, Revision
from stakeholders.files.models import StoredFile
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly
from stakeholders.terms import canonical


class CollectiveOpinion(models.Model):
    """What a group of experts says in common on a revision; it stands once finished.

    Its members are invitations that ask for a signature; a signature names the content it was
    given for, so that a later change of the words leaves it behind.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="collective_opinions")
    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="+", verbose_name=_("revision")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    held_on = models.DateField(_("day of the meeting"))
    place = models.CharField(_("place of the meeting"), max_length=200)
    result = models.CharField(_("result"), max_length=20, choices=OpinionResult.choices)
    text = models.TextField(_("text"))
    file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed copy"),
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(_("edited"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("collective expert opinion")
        verbose_name_plural = _("collective expert opinions")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="collective_opinion_number"),
        ]

    def __str__(self) -> str:
        return f"EX{self.number}"

    @property
    def content(self) -> str:
        """What a member signs: the hash of the words, the result, the day, the revision."""
        return canonical.digest_of(
            [self.text, self.result, self.held_on, self.place, self.revision.hash]
        )


class PanelSignature(AppendOnly):
    """That one member signed the common opinion in one wording."""

    member = models.ForeignKey(
        "consult.ExpertInvitation", models.PROTECT, related_name="signatures"
    )
    content = models.CharField(max_length=80)
    way = models.CharField(_("how"), max_length=10, choices=SignedBy.choices)
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("signature of an expert")
        verbose_name_plural = _("signatures of experts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "content"], name="panel_signature_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.way}"
