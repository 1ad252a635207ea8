"""Where the demonstration may be loaded, and by whom."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Refused
from stakeholders.terms.rights import Reason, Verdict


def require_loading(*, actor: Actor) -> None:
    """Refuse (Refused) a site that others can reach: the accounts have a password all know."""
    if not settings.IS_LOOPBACK:
        raise _refused(
            Reason.OUTSIDE_LIMITS,
            _(
                "The demonstration is loaded only on a site that answers on this machine alone: "
                "its accounts have a password that everybody knows."
            ),
        )
    if actor.kind not in (ActorKind.SYSTEM, ActorKind.ADMINISTRATOR):
        raise _refused(Reason.NO_MANDATE, _("Only the site itself loads the demonstration."))


def _refused(reason: Reason, text: Text) -> Refused:
    verdict = Verdict(allowed=False, reason=reason, act="demonstration.load")
    return Refused(verdict, text=text)
