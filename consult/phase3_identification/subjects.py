"""What phase 3 decides on, as the ballot machine and the rule of two persons ask for it."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consult.ballots.subjects import Source, know
from consult.phase3_identification.models import SignOffBallot, SignOffEnd


def _ended(ids: Collection[str]) -> list[str]:
    """Those of the sign-offs that have ended: what was prepared on them lapses."""
    ended = SignOffEnd.objects.filter(sign_off__in=[int(pk) for pk in ids])
    return [str(pk) for pk in ended.values_list("sign_off_id", flat=True)]


def _ended_items(ids: Collection[str]) -> list[str]:
    """Those of the items' ballots that have ended or have a later wording."""
    rows = SignOffBallot.objects.filter(pk__in=[int(pk) for pk in ids])
    later = SignOffBallot.objects.filter(
        sign_off=OuterRef("sign_off"), item=OuterRef("item"), pk__gt=OuterRef("pk")
    )
    over = rows.filter(Q(ballot__end__isnull=False) | Exists(later))
    return [str(pk) for pk in over.values_list("pk", flat=True)]


ITEM_BALLOT = Source(
    title=lambda _plan, _pk: _("Item of the plan"),
    url=lambda plan, _pk: reverse("identification:overrides", args=[plan.key]),
    ended=_ended_items,
)
SIGN_OFF = Source(
    title=lambda _plan, _pk: _("Sign-off"),
    url=lambda plan, _pk: reverse("identification:overview", args=[plan.key]),
    ended=_ended,
)


def register() -> None:
    """Make them known; called once when the site starts."""
    know("sign_off", SIGN_OFF)
    know("item_ballot", ITEM_BALLOT)
