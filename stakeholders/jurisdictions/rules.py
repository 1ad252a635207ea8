"""Who may change the administrative map and the calendar: administrators and the site itself."""

from django.utils.translation import gettext_lazy as _

from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import Refused
from stakeholders.terms.rights import ActRule, Facts, Lock, Relation, Verdict, decide

_BY_SITE = ActRule(roles=frozenset(), kinds=frozenset({ActorKind.ADMINISTRATOR, ActorKind.SYSTEM}))
ACTS = {
    "jurisdictions.import": _BY_SITE,
    "regions.import": _BY_SITE,
    "jurisdiction.rename": _BY_SITE,
    "jurisdiction.succeed": _BY_SITE,
    "workdays.enter": _BY_SITE,
}
_TEXTS = {
    "jurisdictions.import": _("Only an administrator may import an official layer."),
    "regions.import": _("Only an administrator may import an official layer."),
    "jurisdiction.rename": _("Only an administrator may rename a jurisdiction."),
    "jurisdiction.succeed": _("Only an administrator may enter a succession of units."),
    "workdays.enter": _("Only an administrator may change the working-day calendar."),
}


def can(actor: Actor, act: str) -> Verdict:
    """The verdict on one act. The map belongs to no plan, so phase and lock never hinder it."""
    facts = Facts(
        kind=actor.kind,
        role=actor.role,
        acts=actor.acts,
        grants=frozenset({"view"}),
        phase=1,
        lock=Lock.FREE,
        relation=Relation.OWN,
    )
    return decide(act, ACTS[act], facts)


def require(actor: Actor, act: str) -> None:
    """Refused unless `actor` may do `act`."""
    verdict = can(actor, act)
    if not verdict:
        raise Refused(verdict, text=_TEXTS[act])
