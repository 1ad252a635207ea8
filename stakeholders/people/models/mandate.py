"""The dated right of a person to act for others."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, CharField, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.enums import RoleName, Standing
from stakeholders.people.models.organization import Organization
from stakeholders.people.models.person import User

# What counts only when a second person has confirmed it, and is not confirmed yet.
PENDING = Q(second_by__isnull=True) & (Q(role=RoleName.SIGNATORY) | Q(needs_second=True))


def _ended(at: datetime) -> Q:
    """Its own last instant has passed, or that of the mandate it stands in for, or its unit's:
    nobody speaks for a unit that was merged into another, or in the place of a closed account."""
    day = timezone.localtime(at).date()
    own = Q(valid_until__lte=at) | Q(jurisdiction__valid_until__lte=day)
    holder = Q(stands_in_for__valid_until__lte=at) | Q(stands_in_for__user__is_active=False)
    return own | holder


class MandateQuerySet(models.QuerySet["Mandate"]):
    def counted(self, at: datetime) -> "MandateQuerySet":
        """Mandates that give rights at the instant `at`: begun, not ended, fully granted."""
        begun = self.filter(valid_from__lte=at, user__is_active=True)
        return begun.exclude(_ended(at)).exclude(PENDING)

    def with_standing(self, at: datetime) -> "MandateQuerySet":
        """Each row with `standing`, a value of `Standing`, at the instant `at`."""
        return self.annotate(
            standing=Case(
                When(_ended(at), then=Value(Standing.ENDED.value)),
                When(PENDING, then=Value(Standing.PENDING.value)),
                When(valid_from__gt=at, then=Value(Standing.NOT_BEGUN.value)),
                default=Value(Standing.COUNTS.value),
                output_field=CharField(),
            )
        )

    def overlapping(self, other: "Mandate") -> "MandateQuerySet":
        """Mandates of the same person, holder, role and limits whose period meets that of `other`."""
        same = self.filter(
            user=other.user_id,
            jurisdiction=other.jurisdiction_id,
            organization=other.organization_id,
            role=other.role,
            plan_key=other.plan_key,
            acts=other.acts,
        )
        if other.valid_until is not None:
            same = same.filter(valid_from__lt=other.valid_until)
        return same.filter(
            Q(valid_until__isnull=True)
            | Q(valid_until__gt=other.valid_from) & Q(valid_until__gt=F("valid_from"))
        ).exclude(pk=other.pk)


class Mandate(models.Model):
    """The dated right of one person to act for a jurisdiction or an organization in one role.

    `acts` limits it to named acts, `plan_key` to one plan, `items` to what it may sign in that
    plan (keys of provisions); `document` names the letter of mandate
    and `document_file` keeps it. What `needs_second`, and every signatory's mandate, counts when a
    second person has confirmed it. One that `stands_in_for` another is a substitution during leave:
    it ends with that one at the latest. A claimed one has no `granted_by`.
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
    title_zh = models.CharField(_("post held (Chinese)"), max_length=80, blank=True)
    acts = ArrayField(
        models.CharField(max_length=60), null=True, blank=True, verbose_name=_("limited to acts")
    )
    plan_key = models.CharField(_("limited to plan"), max_length=60, blank=True)
    items = ArrayField(
        models.CharField(max_length=60),
        null=True,
        blank=True,
        verbose_name=_("limited to provisions"),
    )
    document = models.CharField(_("letter of mandate"), max_length=120)
    valid_from = models.DateTimeField(_("valid from"))
    valid_until = models.DateTimeField(_("valid until"), null=True, blank=True)
    document_file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file of the letter of mandate"),
    )
    stands_in_for = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="substitutions",
        verbose_name=_("stands in for"),
    )
    needs_second = models.BooleanField(_("needs a second person"), default=False)
    granted_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("granted by"),
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
            models.CheckConstraint(
                condition=Q(granted_by__isnull=False) | Q(needs_second=True),
                name="mandate_granted_or_claimed",
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

    @property
    def is_pending(self) -> bool:
        """Whether a second person has to confirm it before it counts."""
        needs = self.needs_second or self.role == RoleName.SIGNATORY
        return needs and self.second_by_id is None
