"""Granting mandates, and naming who stands in during leave."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.catalogue import unknown_acts
from stakeholders.people.enums import MandateAct
from stakeholders.people.models import Mandate, Organization, User
from stakeholders.people.queries import awaits_acceptance, members_of
from stakeholders.people.rules import (
    BY_TWO,
    may_grant,
    require_on,
    require_substitution,
    require_unpaused,
)
from stakeholders.people.steps import (
    append_mandate,
    invite_person,
    person_of,
    write_mandate,
)
from stakeholders.terms import clock
from stakeholders.terms.actor import OF_ALL_PARTIES, Actor, ActorKind, Role
from stakeholders.terms.errors import Conflict, Invalid

KEY = re.compile(r"[-a-zA-Z0-9_]{1,60}")


@transaction.atomic
def grant_mandate(
    *,
    actor: Actor,
    user: User | None,
    role: Role,
    document: str,
    jurisdiction: Jurisdiction | None = None,
    organization: Organization | None = None,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
    plan_key: str = "",
    acts: Sequence[str] | None = None,
    items: Sequence[str] | None = None,
    title_zh: str = "",
    document_file: StoredFile | None = None,
) -> Mandate:
    """Let `user` act for one jurisdiction or organization in `role`.

    A signatory's mandate stays pending until `confirm_mandate` by a second person, a coordinator's
    or drafter's of a joint body until the contact points of all its jurisdictions have. Raises Refused (who may is
    one table in `rules`) and Invalid by field (person, holder, acts, letter, period, overlap).
    """
    if user is None:
        raise Invalid({"user": _("Name the person.")})
    if (jurisdiction is None) == (organization is None):
        raise Invalid({"jurisdiction": _("Name one jurisdiction or one organization.")})
    mandate = Mandate(
        user=user,
        role=role.value,
        jurisdiction=jurisdiction,
        organization=organization,
        document=document.strip(),
        document_file=document_file,
        valid_from=valid_from or clock.now(),
        valid_until=valid_until,
        plan_key=plan_key,
        acts=_checked(acts),
        items=_limited(items, role=role, plan_key=plan_key),
        title_zh=title_zh.strip(),
        granted_by_id=actor.person,
    )
    _grant(actor, mandate)
    append_mandate(actor=actor, act="mandate.grant", mandate=mandate)
    return mandate


def _grant(actor: Actor, mandate: Mandate) -> None:
    """The row of a granted mandate; the caller keeps the record, as its last statement."""
    require_on(actor=actor, act="mandate.grant", mandate=mandate)
    require_unpaused(user_id=actor.user_id)
    _require_within_leave(actor, mandate)
    mandate.needs_second = _needs_second(actor, mandate)
    write_mandate(mandate, actor=actor, act=MandateAct.GRANT)


def _require_within_leave(actor: Actor, mandate: Mandate) -> None:
    """What a substitute gives ends with the leave it stands in for, at the latest."""
    if actor.mandate_id is None:
        return
    own = Mandate.objects.filter(pk=actor.mandate_id, stands_in_for__isnull=False).first()
    if own is None or own.valid_until is None:
        return
    if mandate.valid_until is None or mandate.valid_until > own.valid_until:
        shown = timezone.localtime(own.valid_until)
        text = _("You stand in for somebody until %(until)s: what you grant ends by then.")
        raise Invalid({"valid_until": text % {"until": f"{shown:%Y-%m-%d %H:%M}"}})


def _needs_second(actor: Actor, mandate: Mandate) -> bool:
    """A signatory by two persons; who coordinates or drafts for all by all whom the joint body
    serves."""
    if Role(mandate.role) in BY_TWO:
        return True
    joint = Role(mandate.role) in OF_ALL_PARTIES and len(members_of(mandate)) > 1
    return joint and actor.kind is ActorKind.MANDATED


def _checked(acts: Sequence[str] | None) -> list[str] | None:
    """The acts in order, or None for no limit. Invalid for one that does not exist."""
    if not acts:
        return None
    unknown = unknown_acts(acts)
    if unknown:
        text = format_lazy(_("There is no such act: {acts}."), acts=", ".join(unknown))
        raise Invalid({"acts": text})
    return sorted(set(acts))


def _limited(items: Sequence[str] | None, *, role: Role, plan_key: str) -> list[str] | None:
    """The keys of the articles a signatory may sign, or None for all. Invalid without the plan they
    are of, for another role, and for what is no key."""
    if not items:
        return None
    if role is not Role.SIGNATORY:
        raise Invalid({"items": _("Only a signatory’s mandate is limited to articles.")})
    if not plan_key:
        raise Invalid({"items": _("Name the plan whose articles these are.")})
    odd = [key for key in items if not KEY.fullmatch(key)]
    if odd:
        text = format_lazy(_("This is no key of an article: {keys}."), keys=", ".join(odd))
        raise Invalid({"items": text})
    return sorted(set(items))


@transaction.atomic
def appoint(
    *,
    actor: Actor,
    email: str,
    name_zh: str,
    role: Role,
    document: str,
    name_en: str = "",
    title_zh: str = "",
    organization: Organization | None = None,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
    plan_key: str = "",
    acts: Sequence[str] | None = None,
    items: Sequence[str] | None = None,
    document_file: StoredFile | None = None,
) -> Mandate:
    """Grant a mandate to the person with an e-mail address: for the actor's own jurisdiction or
    organization, or for `organization`, one of its departments.

    A person not known yet is entered without a password and is invited to set one.
    Raises Refused and Invalid as `grant_mandate`.
    """
    if not email.strip():
        raise Invalid({"email": _("Name the person.")})
    own = organization is None
    mandate = Mandate(
        role=role.value,
        jurisdiction_id=actor.jurisdiction_code if own else None,
        organization_id=actor.organization_id if organization is None else organization.pk,
        document=document.strip(),
        document_file=document_file,
        valid_from=valid_from or clock.now(),
        valid_until=valid_until,
        plan_key=plan_key,
        acts=_checked(acts),
        items=_limited(items, role=role, plan_key=plan_key),
        title_zh=title_zh.strip(),
    )
    # Asked before the person is entered, so that a refusal leaves nobody behind.
    require_on(actor=actor, act="mandate.grant", mandate=mandate)
    if mandate.jurisdiction_id is None and mandate.organization_id is None:  # an administrator's
        raise Invalid({"organization": _("Name one jurisdiction or one organization.")})
    mandate.granted_by_id = actor.person
    mandate.user, is_new = person_of(email=email, name_zh=name_zh, name_en=name_en)
    try:
        _grant(actor, mandate)
    except Invalid as error:
        raise Invalid({"email" if f == "user" else f: t for f, t in error.errors.items()}) from None
    if is_new or awaits_acceptance(user_id=mandate.user_id):
        invite_person(actor=actor, user=mandate.user, mandate=mandate)
    append_mandate(actor=actor, act="mandate.grant", mandate=mandate)
    return mandate


@transaction.atomic
def substitute(
    *,
    actor: Actor,
    mandate: Mandate,
    email: str,
    name_zh: str,
    document: str,
    valid_from: datetime,
    valid_until: datetime,
    name_en: str = "",
    document_file: StoredFile | None = None,
) -> Mandate:
    """Let another person act under the same role, holder and limits while the holder is away.

    Entered by the holder itself, acting under the mandate, or by who may grant the role. The
    holder may still act meanwhile; each act names the mandate it was done under. A signatory's
    substitute needs a second person like a signatory. Refused, Conflict, Invalid.
    """
    mandate = Mandate.objects.select_for_update(of=("self",), no_key=True).get(pk=mandate.pk)
    substitute_id = User.objects.filter(email__iexact=email.strip()).values_list("pk", flat=True)
    require_substitution(
        actor=actor,
        mandate_id=mandate.pk,
        role=Role(mandate.role),
        substitute_id=substitute_id.first() or 0,
        allowed=may_grant(actor=actor, act="mandate.substitute", mandate=mandate),
    )
    require_unpaused(user_id=actor.user_id)
    _require_leave(mandate, valid_from=valid_from, valid_until=valid_until)
    user, is_new = person_of(email=email, name_zh=name_zh, name_en=name_en)
    if user.pk == mandate.user_id:
        raise Invalid({"email": _("Nobody stands in for himself.")})
    made = _like(mandate, user=user, granted_by_id=actor.person)
    made.document, made.document_file = document.strip(), document_file
    made.valid_from, made.valid_until = valid_from, valid_until
    try:
        write_mandate(made, actor=actor, act=MandateAct.SUBSTITUTE)
    except Invalid as error:
        raise Invalid({"email" if f == "user" else f: t for f, t in error.errors.items()}) from None
    if is_new or awaits_acceptance(user_id=user.pk):
        invite_person(actor=actor, user=user, mandate=made)
    append_mandate(
        actor=actor,
        act="mandate.substitute",
        mandate=made,
        more={"stands_in_for": mandate.pk},
    )
    return made


def _like(mandate: Mandate, *, user: User, granted_by_id: int) -> Mandate:
    """A mandate of the same role, holder and limits for who stands in."""
    return Mandate(
        user=user,
        role=mandate.role,
        jurisdiction_id=mandate.jurisdiction_id,
        organization_id=mandate.organization_id,
        plan_key=mandate.plan_key,
        acts=mandate.acts,
        items=mandate.items,
        stands_in_for=mandate,
        needs_second=Role(mandate.role) in BY_TWO,
        granted_by_id=granted_by_id,
    )


def _require_leave(mandate: Mandate, *, valid_from: datetime, valid_until: datetime) -> None:
    """Only a mandate that counts during the whole leave, and no substitute, is stood in for."""
    if mandate.stands_in_for_id is not None:
        raise Conflict(_("A substitute is not substituted: name another for the holder."))
    if mandate.is_pending:
        raise Conflict(_("This mandate does not count yet: a second person has to confirm it."))
    if mandate.valid_until is not None and mandate.valid_until <= clock.now():
        raise Conflict(_("This mandate has ended."))
    if valid_until <= valid_from:
        raise Invalid({"valid_until": _("The end must lie after the beginning.")})
    if valid_until <= clock.now():
        raise Invalid({"valid_until": _("The date must lie ahead.")})
    if timezone.localdate(valid_from) < timezone.localdate(mandate.valid_from):
        raise Invalid({"valid_from": _("The mandate itself begins after that day.")})
    if mandate.valid_until is not None and valid_until > mandate.valid_until:
        raise Invalid({"valid_until": _("The mandate itself ends before that day.")})
