"""The one ballot machine: what is decided, by whom, under which rule, and what each party said.

Every row here is only ever added: the newest position of a party replaces its former one, an end
is a row, and a ballot keeps the rule and the electorate as they stood when it opened.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.ballots.enums import Outcome, PositionValue, SubjectKind
from plans.register.models import Plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class Ballot(AppendOnly):
    """One decision of the parties on one subject in one wording (`subject_hash`).

    `rule` is the canonical JSON of `consensus` (silence and requirements). It closes at
    `closes_at`; None: when a person closes it. Sealed: until then others learn only who answered.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="ballots")
    subject_kind = models.CharField(_("subject"), max_length=20, choices=SubjectKind.choices)
    subject_id = models.CharField(max_length=60)
    subject_hash = models.CharField(_("hash of the subject"), max_length=80)
    rule = models.TextField(_("rule"))
    charter_version = models.CharField(_("charter version"), max_length=20, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    is_sealed = models.BooleanField(_("sealed"), default=False)

    class Meta(AppendOnly.Meta):
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        indexes = [
            models.Index(fields=["plan", "subject_kind", "subject_id"], name="ballot_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_kind_display()} {self.subject_id}"


class Elector(AppendOnly):
    """A party of a ballot with its weights when the ballot opened.

    `weights` holds the charter's named weights (name -> exact decimal as text) besides the plain
    one. A supporting party stands below the item's competence: it is shown and does not count.
    """

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="electors")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    weight = models.DecimalField(max_digits=9, decimal_places=3, default=1)
    weights = models.JSONField(_("named weights"), default=dict, blank=True)
    is_supporting = models.BooleanField(_("shows support only"), default=False)

    class Meta(AppendOnly.Meta):
        ordering = ["jurisdiction_id"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "jurisdiction"], name="elector_once"),
        ]

    def __str__(self) -> str:
        return str(self.jurisdiction)


class Position(AppendOnly):
    """What a jurisdiction says in a ballot, by a person under a mandate, on an official letter.

    `declaration` binds the positions taken in one act; the newest one of a party counts.
    """

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="positions")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="positions")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="positions")
    value = models.CharField(
        pgettext_lazy("ballot", "position"), max_length=30, choices=PositionValue.choices
    )
    text = models.TextField(_("reason or condition"), blank=True)
    wording = models.TextField(_("wording that would do"), blank=True)
    letter_number = models.CharField(_("letter number"), max_length=80, blank=True)
    letter_on = models.DateField(_("date of the letter"), null=True, blank=True)
    issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    declaration = models.CharField(max_length=40, db_index=True)
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = pgettext_lazy("ballot", "position")
        verbose_name_plural = _("positions")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["ballot", "jurisdiction", "-id"], name="position_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction_id} {self.value}"


class BallotEnd(AppendOnly):
    """How a ballot ended: result of the rule, or closed without one, with the reason."""

    ballot = models.OneToOneField(Ballot, models.PROTECT, related_name="end")
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    reason = models.TextField(_("reason"), blank=True)
    result = models.TextField(_("result of the rule"), blank=True)
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("end of a ballot")
        verbose_name_plural = _("ends of ballots")

    def __str__(self) -> str:
        return self.get_outcome_display()


class ElectorEnd(AppendOnly):
    """A party that counts no longer in an open ballot, because it has left the plan."""

    elector = models.OneToOneField(Elector, models.PROTECT, related_name="end")
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("end of a party's part in a ballot")
        verbose_name_plural = _("ends of parties' parts in ballots")

    def __str__(self) -> str:
        return str(self.elector_id)


class TwoPersonProposal(AppendOnly):
    """What a first person has prepared where the charter asks for two: nothing until a second one
    confirms it. `content` is canonical text of what the act is given; its hash is confirmed.

    `jurisdiction`: whose inside it belongs to (a position); empty for acts of the joint office.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="two_person_proposals")
    act = models.CharField(_("act"), max_length=60)
    subject = models.CharField(_("subject"), max_length=80)
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+"
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    content = models.TextField(_("canonical content"))
    hash = models.CharField(_("hash"), max_length=80)
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("act that waits for a second person")
        verbose_name_plural = _("acts that wait for a second person")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["plan", "act", "subject", "-id"], name="two_person_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"


class TwoPersonEnd(AppendOnly):
    """The second person's word: confirmed, and the act is done with it, or refused with a reason."""

    proposal = models.OneToOneField(TwoPersonProposal, models.PROTECT, related_name="end")
    is_confirmed = models.BooleanField(_("confirmed"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("word of the second person")
        verbose_name_plural = _("words of the second person")

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.is_confirmed}"
