from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.terms.actor import Role
from stakeholders.terms.speaking import Spoken


class ActKind(models.TextChoices):
    """The outward acts of a party that may be entered for it. Each names its subject's field."""

    ANSWER = "answer", _("Answer to an invitation")
    REPLY = "reply", _("Reply in a comment round")
    STAND = "stand", _("Stand on a matter")
    CHARTER = "charter", _("Position on a charter")
    POSITION = "position", _("Position in the sign-off")


# The field of `EnteredAct` that holds what an act of each kind is about.
SUBJECTS = {
    ActKind.ANSWER.value: "invitation",
    ActKind.REPLY.value: "round",
    ActKind.STAND.value: "matter",
    ActKind.CHARTER.value: "ballot",
    ActKind.POSITION.value: "sign_off",
}
# Positions bind: only a signatory confirms them, by form, after proving itself again.
BINDING = frozenset({ActKind.CHARTER.value, ActKind.POSITION.value})


def confirmer_of(kind: str) -> Role:
    """The role that confirms or refuses an act of `kind`."""
    return Role.SIGNATORY if kind in BINDING else Role.CONTACT_POINT


class Standing(models.TextChoices):
    """Words of `terms.speaking.Spoken`."""

    WAITING = Spoken.WAITING.value, _("Awaiting confirmation")
    CONFIRMED = Spoken.CONFIRMED.value, _("Confirmed")
    REFUSED = Spoken.REFUSED.value, _("Refused")
    REPLACED = Spoken.REPLACED.value, _("Replaced by the party's own act")
    LAPSED = Spoken.LAPSED.value, _("Lapsed without confirmation")


TONES = {
    Standing.WAITING.value: "warning",
    Standing.CONFIRMED.value: "success",
    Standing.REFUSED.value: "danger",
    Standing.REPLACED.value: "neutral",
    Standing.LAPSED.value: "neutral",
}
