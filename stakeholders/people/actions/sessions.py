"""One's own sessions: ended one by one. A preference of the person: not on the record."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible


@transaction.atomic
def end_own_session(*, actor: Actor, pk: int) -> None:
    """End one session of the acting person at once. NotVisible for another's."""
    session = UserSession.objects.filter(user_id=actor.user_id or 0, pk=pk).first()
    if session is None:
        raise NotVisible
    Session.objects.filter(session_key=session.session_key).delete()
    session.delete()
