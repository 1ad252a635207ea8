"""Keys by which programs speak for a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken

from stakeholders.people.models.mandate import Mandate


class ApiToken(AbstractAuthToken):
    """A token of the API. It carries the mandate it speaks under, and ends with it."""

    mandate: "models.ForeignKey[Mandate | None, Mandate | None]" = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="tokens"
    )
    name: "models.CharField[str, str]" = models.CharField(_("name"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self) -> str:
        """Never the digest: with it a token could be recognized."""
        return f"{self.name} · {self.user}"
