"""Whether a person still may act as it did when it began something long."""

from datetime import datetime

from stakeholders.people.models import Mandate, User
from stakeholders.people.queries.mandates import actor_of, actor_without_mandate
from stakeholders.terms.actor import Actor, ActorKind


def actor_again(
    *, kind: ActorKind, user_id: int, mandate_id: int | None, at: datetime
) -> Actor | None:
    """The Actor a person is at `at` under the mandate it began under, or as the administrator
    it was; None when that has ended."""
    if kind is ActorKind.MANDATED:
        mandates = Mandate.objects.counted(at).filter(pk=mandate_id or 0, user_id=user_id)
        mandate = mandates.first()
        return actor_of(mandate) if mandate else None
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return None
    actor = actor_without_mandate(user)
    return actor if actor.kind is kind else None
