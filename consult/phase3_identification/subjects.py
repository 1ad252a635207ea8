"""What phase 3 decides on, as the ballot machine and the rule of two persons ask for it."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consult.ballots.subjects import Source, know
from consult.phase3_identification.models import SignOffEnd


def _ended(ids: Collection[str]) -> list[str]:
    """Those of the sign-offs that have ended: what was prepared on them lapses."""
    ended = SignOffEnd.objects.filter(sign_off__in=[int(pk) for pk in ids])
    return [str(pk) for pk in ended.values_list("sign_off_id", flat=True)]


SIGN_OFF = Source(
    title=lambda _plan, _pk: _("Sign-off"),
    url=lambda plan, _pk: reverse("identification:overview", args=[plan.key]),
    ended=_ended,
)


def register() -> None:
    """Make them known; called once when the site starts."""
    know("sign_off", SIGN_OFF)
