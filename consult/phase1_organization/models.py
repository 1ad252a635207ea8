"""Who was asked to make the plan together and what each said; the charter they work under.

Every row is only ever added: the newest answer of an invitation and the newest invitation of a
jurisdiction count, and a charter changes by a further one. What is adopted is said by a ballot.
Who leaves later gives notice; who joins later is agreed to by all co-makers.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.phase1_organization.content import CharterContent, read_content
from consult.phase1_organization.enums import Answer
from plans.register.enums import PartyRole
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class Invitation(AppendOnly):
    """The joint office asks a jurisdiction to take part in a role, until `answer_by`."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="invitations")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="invitations")
    role = models.CharField(_("role"), max_length=20, choices=PartyRole.choices)
    must_sign = models.BooleanField(_("must sign"), default=False)
    weight = models.DecimalField(_("weight"), max_digits=9, decimal_places=3, default=1)
    message = models.TextField(_("message"), blank=True)
    invited_at = models.DateTimeField(_("invited"))
    answer_by = models.DateTimeField(_("answer by"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")

    class Meta(AppendOnly.Meta):
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["plan", "jurisdiction", "-id"], name="invitation_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} · {self.jurisdiction}"


class InvitationAnswer(AppendOnly):
    """What the invited jurisdiction said, by its contact point, on an official letter."""

    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="answers")
    answer = models.CharField(_("answer"), max_length=20, choices=Answer.choices)
    role_asked = models.CharField(
        _("role asked for"), max_length=20, choices=PartyRole.choices, blank=True
    )
    text = models.TextField(_("conditions or reason"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
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
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("answer to an invitation")
        verbose_name_plural = _("answers to invitations")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["invitation", "-id"], name="invitation_answer_newest"),
        ]

    def __str__(self) -> str:
        return self.get_answer_display()


class Charter(AppendOnly):
    """A numbered proposal of the rules of work, as canonical text with its hash."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="charters")
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("canonical content"))
    hash = models.CharField(_("hash"), max_length=80)
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("charter")
        verbose_name_plural = _("charters")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="charter_number"),
        ]

    def __str__(self) -> str:
        return _("Charter no. {number}").format(number=self.number)

    @property
    def content(self) -> CharterContent:
        return read_content(self.text)

    @property
    def version(self) -> str:
        """What ballots and manifests name as their charter version."""
        return str(self.number)


class Withdrawal(AppendOnly):
    """A party's notice that it leaves, by its signatory; it takes effect after the charter's days.

    `charter_number`: the charter whose clauses on leaving hold for it; 0 where none was in force.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="withdrawals")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))
    letter_number = models.CharField(_("letter number"), max_length=80, blank=True)
    letter_on = models.DateField(_("date of the letter"), null=True, blank=True)
    issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    charter_number = models.PositiveIntegerField(default=0)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))
    takes_effect_at = models.DateTimeField(_("takes effect"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("notice of a party that leaves")
        verbose_name_plural = _("notices of parties that leave")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["plan", "jurisdiction", "-id"], name="withdrawal_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} · {self.jurisdiction}"


class WithdrawalEnd(AppendOnly):
    """The party has left, or has recalled its notice (under `mandate`) before it took effect."""

    withdrawal = models.OneToOneField(Withdrawal, models.PROTECT, related_name="end")
    has_left = models.BooleanField(_("left"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("end of a notice of a party that leaves")
        verbose_name_plural = _("ends of notices of parties that leave")

    def __str__(self) -> str:
        return f"{self.withdrawal_id} {self.has_left}"


class Accession(AppendOnly):
    """A numbered proposal that a jurisdiction joins as a co-maker, as canonical text with its hash.

    All co-makers agree by a ballot; once it has passed the jurisdiction is a party.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="accessions")
    number = models.PositiveIntegerField(_("number"))
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    must_sign = models.BooleanField(_("must sign"), default=True)
    weight = models.DecimalField(_("weight"), max_digits=9, decimal_places=3, default=1)
    reason = models.TextField(_("reason"))
    hash = models.CharField(_("hash"), max_length=80)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("accession of a party")
        verbose_name_plural = _("accessions of parties")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="accession_number"),
        ]

    def __str__(self) -> str:
        return _("Accession no. {number}").format(number=self.number)
