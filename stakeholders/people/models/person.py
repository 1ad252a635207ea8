"""The person who signs in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.jurisdictions.models import chosen


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
    signing_paused_until = models.DateTimeField(_("signing paused until"), null=True, blank=True)

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

    @property
    def is_administrator(self) -> bool:
        """Whether the person administers the whole site. Other staff has the pages of the
        administration that its permissions open, and nothing else."""
        return self.is_active and self.is_staff and self.is_superuser
