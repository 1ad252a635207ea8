"""Acts entered for a party: kept apart from the party's own until it confirms them.

A confirmed entry is then done by the person who confirms it, in the slice it belongs to; what is
waiting, refused or lapsed therefore stands in no table that counts.
"""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consult.ballots.models import Ballot
from consult.matters.models import Matter
from consult.phase1_organization.models import Invitation
from consult.phase2_preparation.models import Round
from consult.phase3_identification.models import SignOff
from consult.spoken.enums import SUBJECTS, ActKind
from plans.register.models import Plan
from stakeholders.people.models import SpokenFor, SpokenWord


class EnteredAct(SpokenFor):
    """What a party is said to have said. `content` is canonical text; the record holds only
    `commitment(content, nonce)`. `is_sealed`: when it was entered, others' acts were hidden."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="entered_acts")
    kind = models.CharField(_("act"), max_length=20, choices=ActKind.choices)
    invitation = models.ForeignKey(Invitation, models.PROTECT, null=True, related_name="+")
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    ballot = models.ForeignKey(Ballot, models.PROTECT, null=True, related_name="+")
    sign_off = models.ForeignKey(SignOff, models.PROTECT, null=True, related_name="+")
    content = models.TextField(_("canonical content"))
    nonce = models.CharField(max_length=64)
    is_sealed = models.BooleanField(_("sealed"), default=False)

    class Meta(SpokenFor.Meta):
        abstract = False
        verbose_name = _("act entered for a party")
        verbose_name_plural = _("acts entered for parties")
        ordering = ["pk"]
        indexes = [models.Index(fields=["plan", "jurisdiction", "-id"], name="entered_of_party")]
        constraints = [
            *SpokenFor.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind=ActKind.ANSWER, invitation__isnull=False)
                | Q(kind=ActKind.REPLY, round__isnull=False)
                | Q(kind=ActKind.STAND, matter__isnull=False)
                | Q(kind=ActKind.CHARTER, ballot__isnull=False)
                | Q(kind=ActKind.POSITION, sign_off__isnull=False),
                name="entered_act_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction_id} {self.kind}"

    @property
    def subject(self) -> Any:
        """What the act is about, by its kind."""
        return getattr(self, SUBJECTS[self.kind])


class EnteredActWord(SpokenWord):
    """The party's confirmation or refusal. One per act, however often it is pressed."""

    act = models.OneToOneField(EnteredAct, models.PROTECT, related_name="word")

    class Meta(SpokenWord.Meta):
        abstract = False
        verbose_name = _("word on an act entered for a party")
        verbose_name_plural = _("words on acts entered for parties")

    def __str__(self) -> str:
        return f"{self.act_id} {self.agrees}"
