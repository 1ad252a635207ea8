"""Granting, confirming and ending mandates."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stakeholders.access.steps import role_group
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate, Organization, User
from stakeholders.people.rules import require_grant
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
    if not document.strip():
        raise Invalid({"document": _("Name the letter of mandate.")})
    start = valid_from or clock.now()
    if valid_until is not None and valid_until <= start:
        raise Invalid({"valid_until": _("The end must lie after the beginning.")})
    require_grant(
        actor=actor,
        role=role,
        user_id=user.pk,
        jurisdiction_code=jurisdiction.pk if jurisdiction else None,
        joint=(organization is not None and actor.role is Role.COORDINATOR)
        or (organization is not None and actor.role is Role.CONTACT_POINT),
    )
    mandate = Mandate.objects.create(
        user=user,
        role=role.value,
        jurisdiction=jurisdiction,
        organization=organization,
        document=document.strip(),
        valid_from=start,
        valid_until=valid_until,
        plan_key=plan_key,
        acts=acts,
        title_zh=title_zh,
        granted_by_id=actor.person,
    )
    role_group(holder=mandate.holder, role=role.value)
    _append(actor, "mandate.grant", mandate)
    return mandate


@transaction.atomic
def confirm_mandate(*, actor: Actor, mandate: Mandate) -> Mandate:
    """Confirm a signatory's mandate as the second person. Raises Refused, Conflict."""
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    require_grant(
        actor=actor,
        role=Role(mandate.role),
        user_id=mandate.user_id,
        jurisdiction_code=mandate.jurisdiction_id,
        joint=False,
    )
    if mandate.second_by_id is not None:
        raise Conflict(_("This mandate is already confirmed."))
    if mandate.granted_by_id == actor.user_id:
        raise Conflict(_("A second person has to confirm this mandate."))
    mandate.second_by_id = actor.user_id
    mandate.save(update_fields=["second_by"])
    _append(actor, "mandate.confirm", mandate)
    return mandate


@transaction.atomic
def end_mandate(*, actor: Actor, mandate: Mandate, at: datetime | None = None) -> Mandate:
    """End a mandate at `at` (default: now). It gives nothing from the next request on."""
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    require_grant(
        actor=actor,
        role=Role(mandate.role),
        user_id=mandate.user_id,
        jurisdiction_code=mandate.jurisdiction_id,
        joint=mandate.organization_id is not None,
    )
    mandate.valid_until = at or clock.now()
    mandate.save(update_fields=["valid_until"])
    _append(actor, "mandate.end", mandate)
    return mandate


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
