"""The invitation by which a person takes over the account it was entered under."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stakeholders.people.enums import InvitationState
from stakeholders.people.models.mandate import Mandate
from stakeholders.people.models.person import User
from stakeholders.terms import clock


class AccountInvitation(models.Model):
    """One invitation of one person: to one address, under one mandate (none: the account only).

    The mandate row binds it to jurisdiction or organization, role, plan and limits. Of the link
    only the hash is stored, made while the mail is sent; a newer mail replaces it.
    """

    user = models.ForeignKey(
        User, models.PROTECT, related_name="account_invitations", verbose_name=_("person")
    )
    email = models.EmailField(_("e-mail address"))
    mandate = models.ForeignKey(
        Mandate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="account_invitations",
        verbose_name=_("mandate"),
    )
    invited_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("invited by")
    )
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("time"))
    expires_at = models.DateTimeField(_("valid until"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("account invitation")
        verbose_name_plural = _("account invitations")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["token_hash"], name="account_invitation_token", condition=~Q(token_hash="")
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="account_invitation_one_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.mandate}" if self.mandate else self.email

    @property
    def state(self) -> InvitationState:
        """Where it stands now. A mandate that ended before it was taken up ends it too."""
        now = clock.now()
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        end = self.mandate.valid_until if self.mandate is not None else None
        if self.withdrawn_at is not None or (end is not None and end <= now):
            return InvitationState.WITHDRAWN
        return InvitationState.EXPIRED if self.expires_at <= now else InvitationState.OPEN
