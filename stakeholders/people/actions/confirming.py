"""Claiming a mandate, confirming or refusing one as the second person, ending one."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.notices.steps import notify
from stakeholders.people.enums import MandateAct
from stakeholders.people.models import Mandate, User
from stakeholders.people.queries import (
    confirmers_of,
    has_contact_point,
    is_independent,
    members_of,
    said_yes,
)
from stakeholders.people.rules import require_keep, require_on, require_unpaused
from stakeholders.people.steps import append_mandate, end_row, write_event, write_mandate
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import OF_ALL_PARTIES, Actor, ActorKind, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Text

NOT_INDEPENDENT = _(
    "Your word is no second one here: who gave this mandate also gave you yours, or one of you stands"
    " in for the other. Another contact point or an administrator has to confirm it."
)


@transaction.atomic
def claim_contact_point(
    *,
    actor: Actor,
    jurisdiction: Jurisdiction | None,
    document: str,
    document_file: StoredFile | None = None,
    title_zh: str = "",
) -> Mandate:
    """Say that one is the contact point of a jurisdiction that has none here, by a letter.

    The mandate is pending: it counts when an administrator or the contact point of a superior
    jurisdiction has confirmed the letter. Until then it answers invitations only, and such an
    answer counts with it. Refused, Conflict (there is one), Invalid.
    """
    require_keep(actor=actor, act="mandate.claim", is_own=True)
    require_unpaused(user_id=actor.user_id)
    if actor.user_id is None:
        raise NotVisible
    if jurisdiction is None:
        raise Invalid({"jurisdiction": _("Name the jurisdiction.")})
    now = clock.now()
    if has_contact_point(code=jurisdiction.pk, at=now):
        text = _("{who} has a contact point already: it grants the mandates there.")
        raise Conflict(format_lazy(text, who=jurisdiction))
    mandate = Mandate(
        user=User.objects.get(pk=actor.user_id),
        role=Role.CONTACT_POINT.value,
        jurisdiction=jurisdiction,
        document=document.strip(),
        document_file=document_file,
        valid_from=now,
        title_zh=title_zh.strip(),
        needs_second=True,
    )
    write_mandate(mandate, actor=actor, act=MandateAct.CLAIM)
    _tell(
        mandate,
        people=confirmers_of(mandate, at=now),
        act=MandateAct.CLAIM,
        title=_("A claimed mandate awaits confirmation: {mandate}"),
    )
    append_mandate(actor=actor, act="mandate.claim", mandate=mandate)
    return mandate


@transaction.atomic
def confirm_mandate(*, actor: Actor, mandate: Mandate) -> Mandate:
    """Confirm as the second person that the letter exists and names the person.

    A coordinator's or drafter's mandate of a joint body counts when the contact points of all its jurisdictions
    (or an administrator) have. Raises Refused, Conflict: also for who has its own mandate from the
    first person, or stands in for it, and for whom that one stands in.
    """
    mandate = _locked(mandate)
    require_on(actor=actor, act="mandate.confirm", mandate=mandate)
    require_unpaused(user_id=actor.user_id)
    if mandate.second_by_id is not None or not mandate.is_pending:
        raise Conflict(_("This mandate is already confirmed."))
    if _has_ended(mandate):
        raise Conflict(_("This mandate has ended."))
    if mandate.granted_by_id == actor.user_id:
        raise Conflict(_("A second person has to confirm this mandate."))
    if not is_independent(actor=actor, mandate=mandate):
        raise Conflict(NOT_INDEPENDENT)
    missing = _still_missing(actor, mandate)
    write_event(mandate, actor=actor, act=MandateAct.CONFIRM)
    if not missing:
        mandate.second_by_id = actor.user_id
        mandate.save(update_fields=["second_by"])
        title = _("Your mandate is confirmed and counts from now on: {mandate}")
        _tell(mandate, people=[mandate.user_id], act=MandateAct.CONFIRM, title=title)
    append_mandate(
        actor=actor, act="mandate.confirm", mandate=mandate, more={"missing": sorted(missing)}
    )
    return mandate


def _still_missing(actor: Actor, mandate: Mandate) -> set[str]:
    """The jurisdictions of a joint body that still have to agree after the actor has."""
    members = members_of(mandate)
    if (
        Role(mandate.role) not in OF_ALL_PARTIES
        or len(members) < 2
        or actor.kind is not ActorKind.MANDATED
    ):
        return set()
    agreed = said_yes(mandate)
    if actor.jurisdiction_code in agreed:
        raise Conflict(_("Your jurisdiction has agreed already; another one has to."))
    return set(members) - agreed - {actor.jurisdiction_code or ""}


@transaction.atomic
def refuse_mandate(*, actor: Actor, mandate: Mandate, reason: str) -> Mandate:
    """Refuse to confirm a pending mandate, with the reason; it will never count.

    Raises Refused, Conflict (not pending, ended), Invalid (no reason).
    """
    mandate = _locked(mandate)
    require_on(actor=actor, act="mandate.refuse", mandate=mandate)
    if not reason.strip():
        raise Invalid({"reason": _("Give the reason.")})
    if not mandate.is_pending:
        raise Conflict(_("This mandate is already confirmed."))
    if _has_ended(mandate):
        raise Conflict(_("This mandate has ended."))
    end_row(mandate, at=clock.now())
    write_event(mandate, actor=actor, act=MandateAct.REFUSE, reason=reason.strip())
    title = _("Your mandate was not confirmed: {mandate}")
    _tell(mandate, people=[mandate.user_id], act=MandateAct.REFUSE, title=title)
    append_mandate(
        actor=actor,
        act="mandate.refuse",
        mandate=mandate,
        more={"reason": canonical.digest(reason.strip())},
    )
    return mandate


@transaction.atomic
def end_mandate(
    *, actor: Actor, mandate: Mandate, at: datetime | None = None, reason: str = ""
) -> Mandate:
    """End a mandate at `at` (default: now). It gives nothing from the next request on.

    Raises Refused; Conflict when it has ended, or would end later than it does already.
    """
    mandate = _locked(mandate)
    require_on(actor=actor, act="mandate.end", mandate=mandate)
    end = at or clock.now()
    if _has_ended(mandate) or (mandate.valid_until is not None and end > mandate.valid_until):
        raise Conflict(_("This mandate has ended."))
    end_row(mandate, at=end)
    write_event(mandate, actor=actor, act=MandateAct.END, reason=reason.strip())
    append_mandate(actor=actor, act="mandate.end", mandate=mandate)
    return mandate


def _locked(mandate: Mandate) -> Mandate:
    return Mandate.objects.select_for_update(of=("self",), no_key=True).get(pk=mandate.pk)


def _has_ended(mandate: Mandate) -> bool:
    return mandate.valid_until is not None and mandate.valid_until <= clock.now()


def _tell(mandate: Mandate, *, people: list[int], act: MandateAct, title: Text) -> None:
    notify(
        people=people,
        kind=act.value,
        title=format_lazy(title, mandate=mandate),
        url=reverse("people:mandate", args=[mandate.pk]),
        key=f"{act.value}:{mandate.pk}",
        plan_key=mandate.plan_key,
    )
