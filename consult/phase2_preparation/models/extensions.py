"""What was changed of a round's times, and letters that came after their reply. Only ever added."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.models.replies import Reply
from consult.phase2_preparation.models.rounds import Round, RoundInvitee
from stakeholders.files.models import StoredFile
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class RoundExtension(AppendOnly):
    """A later end, for all or for one who was asked. `is_late`: given after the time was over."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="extensions")
    invitee = models.ForeignKey(
        RoundInvitee, models.PROTECT, null=True, blank=True, related_name="extensions"
    )
    is_late = models.BooleanField(_("late answer admitted"), default=False)
    from_at = models.DateTimeField(_("from"))
    to_at = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=300)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("extension of a round")
        verbose_name_plural = _("extensions of rounds")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_at__gt=F("from_at")), name="round_extension_forward"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="round_extension_reason"),
            models.CheckConstraint(
                condition=Q(is_late=False) | Q(invitee__isnull=False),
                name="round_extension_late_for_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.to_at:%Y-%m-%d}"


class ReplyLetter(AppendOnly):
    """The official letter that followed an answer; the reply itself stays as it was given."""

    reply = models.OneToOneField(Reply, models.PROTECT, related_name="later_letter")
    number = models.CharField(_("letter number"), max_length=80)
    on = models.DateField(_("date of the letter"))
    issuer = models.CharField(_("issued by"), max_length=120)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", verbose_name=_("the letter itself")
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("letter after a reply")
        verbose_name_plural = _("letters after replies")

    def __str__(self) -> str:
        return self.number


class Symposium(AppendOnly):
    """A meeting whose opinions were entered as one reply; its minutes are the reply's file."""

    reply = models.OneToOneField(Reply, models.PROTECT, related_name="symposium")
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place"), max_length=200)
    participants = models.TextField(_("participants"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("symposium")
        verbose_name_plural = _("symposia")

    def __str__(self) -> str:
        return f"{self.held_on} {self.place}"
