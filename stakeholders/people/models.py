"""People, the organizations they work in, and the mandates they act under."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken

from stakeholders.jurisdictions.models import Jurisdiction, chosen
from stakeholders.people.enums import OrganizationKind, RoleName


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A person who may sign in. A missing password makes the account unusable until set."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. A person holds no position; a mandate lets it speak for others."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name_zh = models.CharField(_("full name (Chinese)"), max_length=60)
    name_en = models.CharField(_("full name (English)"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_staff = models.BooleanField(_("administrator"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name_zh"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["email"]

    def __str__(self) -> str:
        return chosen(self.name_zh, self.name_en)


class Organization(models.Model):
    """A body of one jurisdiction, of several (a joint body of the parties) or of none."""

    key = models.SlugField(_("key"), max_length=20, unique=True)
    name_zh = models.CharField(_("name (Chinese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=160, blank=True)
    kind = models.CharField(_("kind"), max_length=30, choices=OrganizationKind.choices)
    jurisdictions = models.ManyToManyField(
        Jurisdiction, blank=True, related_name="organizations", verbose_name=_("jurisdictions")
    )

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["key"]

    def __str__(self) -> str:
        return chosen(self.name_zh, self.name_en)


class MandateQuerySet(models.QuerySet["Mandate"]):
    def counted(self, at: datetime) -> "MandateQuerySet":
        """Mandates that give rights at the instant `at`: begun, not ended, fully granted."""
        two = Q(role=RoleName.SIGNATORY, second_by__isnull=True)
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gt=at),
            valid_from__lte=at,
            user__is_active=True,
        ).exclude(two)


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


class ApiToken(AbstractAuthToken):
    """A token of the API. It carries the mandate it speaks under, and ends with it."""

    mandate: "models.ForeignKey[Mandate | None, Mandate | None]" = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="tokens"
    )
    name: "models.CharField[str, str]" = models.CharField(_("name"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
