"""Whether a person still may act as it did when it began something long."""

from datetime import datetime

from stakeholders.people.models import Mandate, User
from stakeholders.people.queries.mandates import actor_of, actor_without_mandate
from stakeholders.terms.actor import Actor, ActorKind


def actor_again(
    *,
    kind: ActorKind,
    user_id: int,
    mandate_id: int | None,
    at: datetime,
    permission: str = "",
) -> Actor | None:
    """The Actor a person is at `at` under the mandate it began under, or as the administrator
    it was; None when that has ended. `permission` is what the page of the administration asks
    on which staff that is no administrator of the site may begin the work; empty: none does."""
    if kind is ActorKind.MANDATED:
        mandates = Mandate.objects.counted(at).filter(pk=mandate_id or 0, user_id=user_id)
        mandate = mandates.first()
        return actor_of(mandate) if mandate else None
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return None
    actor = actor_without_mandate(user)
    if kind is ActorKind.ADMINISTRATOR and user.is_staff and _is_open(user, permission):
        actor = Actor(kind=kind, user_id=user.pk)
    return actor if actor.kind is kind else None


def _is_open(user: User, permission: str) -> bool:
    """Whether a page of the administration that asks for `permission` is open to staff: nobody
    has one by a group, for in those is no person."""
    app, _, codename = permission.partition(".")
    held = user.user_permissions.filter(content_type__app_label=app, codename=codename)
    return bool(permission) and held.exists()
