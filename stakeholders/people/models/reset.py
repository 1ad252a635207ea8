"""Taking a lost second factor off an account, by two persons."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stakeholders.people.models.person import User


class SecondFactorReset(models.Model):
    """One person asks, with a reason; a second one confirms; neither is the account's own."""

    user = models.ForeignKey(
        User, models.PROTECT, related_name="second_factor_resets", verbose_name=_("person")
    )
    reason = models.CharField(_("reason"), max_length=300)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    confirmed_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    class Meta:
        verbose_name = _("reset of a second factor")
        verbose_name_plural = _("resets of second factors")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked_by=F("user")), name="second_factor_reset_not_by_oneself"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | (~Q(confirmed_by=F("asked_by")) & ~Q(confirmed_by=F("user"))),
                name="second_factor_reset_second_person",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)
