"""The bodies people work in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.jurisdictions.models import Jurisdiction, chosen
from stakeholders.people.enums import OrganizationKind


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
