"""Who may replace the administrative map: administrators and the site itself."""

from django.utils.translation import gettext_lazy as _

from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import Refused
from stakeholders.terms.rights import ActRule, Facts, Lock, Relation, Verdict, decide

_BY_SITE = ActRule(roles=frozenset(), kinds=frozenset({ActorKind.ADMINISTRATOR, ActorKind.SYSTEM}))
ACTS = {"jurisdictions.import": _BY_SITE, "regions.import": _BY_SITE}


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
        raise Refused(verdict, text=_("Only an administrator may import an official layer."))
