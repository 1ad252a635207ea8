"""The dated right of a person to act for others."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.enums import RoleName
from stakeholders.people.models.organization import Organization
from stakeholders.people.models.person import User


class MandateQuerySet(models.QuerySet["Mandate"]):
    def counted(self, at: datetime) -> "MandateQuerySet":
        """Mandates that give rights at the instant `at`: begun, not ended, fully granted, and
        for a unit that has not ended; nobody speaks for a unit that was merged into another."""
        two = Q(role=RoleName.SIGNATORY, second_by__isnull=True)
        ended = Q(jurisdiction__valid_until__lte=timezone.localtime(at).date())
        return (
            self.exclude(ended)
            .filter(
                Q(valid_until__isnull=True) | Q(valid_until__gt=at),
                valid_from__lte=at,
                user__is_active=True,
            )
            .exclude(two)
        )


class Mandate(models.Model):
    """The dated right of one person to act for a jurisdiction or an organization in one role.

    `acts` limits it to named acts, `plan_key` to one plan; `document` names the letter of mandate.
    A signatory's mandate counts when a second person has confirmed it.
    """

    user = models.ForeignKey(
        User, models.PROTECT, related_name="mandates", verbose_name=_("person")
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name=_("jurisdiction"),
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name=_("organization"),
    )
    role = models.CharField(_("role"), max_length=20, choices=RoleName.choices)
    title_zh = models.CharField(_("title (Chinese)"), max_length=80, blank=True)
    acts = ArrayField(
        models.CharField(max_length=60), null=True, blank=True, verbose_name=_("limited to acts")
    )
    plan_key = models.CharField(_("limited to plan"), max_length=60, blank=True)
    document = models.CharField(_("letter of mandate"), max_length=120)
    valid_from = models.DateTimeField(_("valid from"))
    valid_until = models.DateTimeField(_("valid until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("granted by")
    )
    second_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(jurisdiction__isnull=False, organization__isnull=True)
                | Q(jurisdiction__isnull=True, organization__isnull=False),
                name="mandate_one_holder",
            ),
            models.CheckConstraint(
                condition=~Q(granted_by=models.F("user")), name="mandate_not_by_oneself"
            ),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True)
                | (~Q(second_by=models.F("granted_by")) & ~Q(second_by=models.F("user"))),
                name="mandate_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder_name} · {self.get_role_display()}"

    @property
    def holder(self) -> str:
        """The key of its role groups: the jurisdiction's code or `org-ID`."""
        return self.jurisdiction_id or f"org-{self.organization_id}"

    @property
    def holder_name(self) -> str:
        return str(self.jurisdiction or self.organization)
