"""Granting, confirming and ending mandates."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stakeholders.access.steps import role_groups
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate, Organization, User
from stakeholders.people.queries import awaits_acceptance
from stakeholders.people.rules import require_grant
from stakeholders.people.steps import invite_person, person_of
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, Invalid


@transaction.atomic
def grant_mandate(
    *,
    actor: Actor,
    user: User,
    role: Role,
    document: str,
    jurisdiction: Jurisdiction | None = None,
    organization: Organization | None = None,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
    plan_key: str = "",
    acts: list[str] | None = None,
    title_zh: str = "",
) -> Mandate:
    """Let `user` act for one jurisdiction or organization in `role`.

    A signatory's mandate stays pending until `confirm_mandate` by a second person. Raises Refused
    (who may is one table in `rules`) and Invalid (holder, document, period).
    """
    if (jurisdiction is None) == (organization is None):
        raise Invalid({"jurisdiction": _("Name one jurisdiction or one organization.")})
    mandate = Mandate(
        user=user,
        role=role.value,
        jurisdiction=jurisdiction,
        organization=organization,
        document=document.strip(),
        valid_from=valid_from or clock.now(),
        valid_until=valid_until,
        plan_key=plan_key,
        acts=acts,
        title_zh=title_zh,
        granted_by_id=actor.person,
    )
    _require(actor, "mandate.grant", mandate)
    _create(mandate)
    _append(actor, "mandate.grant", mandate)
    return mandate


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
    valid_until: datetime | None = None,
    plan_key: str = "",
) -> Mandate:
    """Grant a mandate for the actor's own jurisdiction to the person with an e-mail address.

    A person not known yet is entered without a password and is invited to set one.
    Raises Refused and Invalid as `grant_mandate`.
    """
    require_grant(
        actor=actor,
        act="mandate.grant",
        role=role,
        user_id=None,
        jurisdiction_code=actor.jurisdiction_code,
        organization_id=actor.organization_id,
        plan_key=plan_key,
    )
    user, is_new = person_of(email=email, name_zh=name_zh, name_en=name_en)
    mandate = Mandate(
        user=user,
        role=role.value,
        jurisdiction_id=actor.jurisdiction_code,
        organization_id=actor.organization_id,
        document=document.strip(),
        valid_from=clock.now(),
        valid_until=valid_until,
        plan_key=plan_key,
        title_zh=title_zh,
        granted_by_id=actor.person,
    )
    _require(actor, "mandate.grant", mandate)
    _create(mandate)
    if is_new or awaits_acceptance(user_id=user.pk):
        invite_person(actor=actor, user=user, mandate=mandate)
    _append(actor, "mandate.grant", mandate)
    return mandate


@transaction.atomic
def confirm_mandate(*, actor: Actor, mandate: Mandate) -> Mandate:
    """Confirm a signatory's mandate as the second person. Raises Refused, Conflict."""
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    _require(actor, "mandate.confirm", mandate)
    if mandate.second_by_id is not None:
        raise Conflict(_("This mandate is already confirmed."))
    if _has_ended(mandate):
        raise Conflict(_("This mandate has ended."))
    if mandate.granted_by_id == actor.user_id:
        raise Conflict(_("A second person has to confirm this mandate."))
    mandate.second_by_id = actor.user_id
    mandate.save(update_fields=["second_by"])
    _append(actor, "mandate.confirm", mandate)
    return mandate


@transaction.atomic
def end_mandate(*, actor: Actor, mandate: Mandate, at: datetime | None = None) -> Mandate:
    """End a mandate at `at` (default: now). It gives nothing from the next request on.

    Raises Refused; Conflict when it has ended, or would end later than it does already.
    """
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    _require(actor, "mandate.end", mandate)
    end = at or clock.now()
    if _has_ended(mandate) or (mandate.valid_until is not None and end > mandate.valid_until):
        raise Conflict(_("This mandate has ended."))
    mandate.valid_until = end
    mandate.save(update_fields=["valid_until"])
    _append(actor, "mandate.end", mandate)
    return mandate


def _require(actor: Actor, act: str, mandate: Mandate) -> None:
    members: list[str] = []
    if mandate.organization_id is not None:
        members = list(
            Jurisdiction.objects.filter(organizations=mandate.organization_id).values_list(
                "pk", flat=True
            )
        )
    require_grant(
        actor=actor,
        act=act,
        role=Role(mandate.role),
        user_id=mandate.user_id,
        jurisdiction_code=mandate.jurisdiction_id,
        organization_id=mandate.organization_id,
        members=members,
        plan_key=mandate.plan_key,
    )


def _create(mandate: Mandate) -> None:
    if not mandate.document:
        raise Invalid({"document": _("Name the letter of mandate.")})
    if mandate.valid_until is not None and mandate.valid_until <= mandate.valid_from:
        raise Invalid({"valid_until": _("The end must lie after the beginning.")})
    if not mandate.user.is_active:
        raise Invalid({"user": _("This person's account is closed.")})
    mandate.save()
    role_groups(holder=mandate.holder, roles=[mandate.role])


def _has_ended(mandate: Mandate) -> bool:
    return mandate.valid_until is not None and mandate.valid_until <= clock.now()


def _append(actor: Actor, act: str, mandate: Mandate) -> None:
    record.append(
        chain=record.SITE,
        actor=actor,
        act=act,
        subject=f"mandate:{mandate.pk}",
        effects={
            "user": mandate.user_id,
            "holder": mandate.holder,
            "role": mandate.role,
            "plan": mandate.plan_key,
            "document": canonical.digest(mandate.document),
            "valid_from": mandate.valid_from,
            "valid_until": mandate.valid_until,
        },
    )
