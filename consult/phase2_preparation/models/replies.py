"""What was answered in a round, with its letter. Only ever added."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import (
    Source,
)
from consult.phase2_preparation.models.rounds import Round
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate, Organization
from stakeholders.record.models import AppendOnly


class Reply(AppendOnly):
    """What one invited jurisdiction answered in a round: its comments as one set, or none.

    `source` other than party: an opinion of an expert, an enterprise or the public that the
    joint office entered. `nonce` opens the commitment that the record holds of a sealed reply.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="replies")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, related_name="+")
    source = models.CharField(
        _("source"), max_length=20, choices=Source.choices, default=Source.PARTY
    )
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    is_nil = models.BooleanField(_("no comments"), default=False)
    text = models.TextField(_("text"), blank=True)
    letter_number = models.CharField(_("letter number"), max_length=80, blank=True)
    letter_on = models.DateField(_("date of the letter"), null=True, blank=True)
    issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    letter_file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the letter itself"),
    )
    # None: given through the link of an invitation, which its opinion names.
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    is_late = models.BooleanField(_("within an extension"), default=False)
    is_admitted_late = models.BooleanField(_("late, admitted with a reason"), default=False)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    oral_by = models.CharField(_("said orally by"), max_length=120, blank=True)
    oral_at = models.DateTimeField(_("said orally at"), null=True, blank=True)
    letter_due_at = models.DateTimeField(_("letter due"), null=True, blank=True)
    nonce = models.CharField(max_length=64)
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "jurisdiction"],
                name="reply_once",
                condition=Q(jurisdiction__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["round", "organization"],
                name="reply_of_a_body_once",
                condition=Q(source=Source.BODY),
            ),
            models.CheckConstraint(
                condition=Q(source=Source.PARTY, jurisdiction__isnull=False)
                | (~Q(source=Source.PARTY) & Q(jurisdiction__isnull=True)),
                name="reply_of_a_party_or_entered",
            ),
            models.CheckConstraint(
                condition=~Q(source=Source.BODY) | Q(organization__isnull=False),
                name="reply_of_a_body_names_it",
            ),
            models.CheckConstraint(
                condition=~Q(source=Source.PARTY) | Q(mandate__isnull=False),
                name="reply_of_a_party_under_a_mandate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.jurisdiction_id or self.source}"

    @property
    def speaker(self) -> str:
        """Who gave an opinion that is no party's, as the parties may see it."""
        opinion = getattr(self, "expert_opinion", None)
        if opinion is not None:
            return str(opinion.invitation.shown_name)
        return str(self.organization or self.get_source_display())
