"""Creating a plan and naming its first coordinator."""

from django.db import transaction
from django.urls import reverse
from django.utils.functional import lazystr
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plans.register.actions.family import check_parent
from plans.register.enums import AuthenticLanguage, PartyRole
from plans.register.models import Plan
from plans.register.rules import require_plan_create
from plans.register.steps import add_party, give_role
from stakeholders.access.steps import role_groups
from stakeholders.jurisdictions.models import Jurisdiction, Region
from stakeholders.notices.steps import notify
from stakeholders.people.models import Mandate, Organization, User
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Invalid


@transaction.atomic
def create_plan(
    *,
    actor: Actor,
    key: str,
    title_zh: str,
    short_zh: str,
    kind: str,
    horizon_from: int,
    horizon_until: int,
    coordinator: User,
    coordinator_document: str,
    joint_body: Organization | None = None,
    region: Region | None = None,
    parent: Plan | None = None,
    authentic_language: str = AuthenticLanguage.CHINESE.value,
    title_en: str = "",
    short_en: str = "",
    scope_zh: str = "",
    scope_en: str = "",
    is_demonstration: bool = False,
) -> Plan:
    """A contact point opens a plan; its jurisdiction becomes the convenor and first party.

    The contact point names the first coordinator: a person who acts for the joint office
    (`joint_body`) or, without one, for the convenor. Raises Refused, Invalid.
    """
    require_plan_create(actor=actor)
    _check_new(actor, key, horizon_from, horizon_until, coordinator)
    _check_office(actor, joint_body)
    check_parent(actor=actor, kind=kind, parent=parent)
    _check_language(authentic_language)
    plan = Plan.objects.create(
        key=key,
        title_zh=title_zh,
        title_en=title_en,
        short_zh=short_zh,
        short_en=short_en,
        kind=kind,
        region=region,
        parent=parent,
        horizon_from=horizon_from,
        horizon_until=horizon_until,
        scope_zh=scope_zh,
        scope_en=scope_en,
        authentic_language=authentic_language,
        is_demonstration=is_demonstration,
        created_at=clock.now(),
    )
    add_party(plan=plan, code=actor.jurisdiction, role=PartyRole.CONVENOR, must_sign=True)
    mandate = _name_coordinator(
        actor=actor,
        plan=plan,
        coordinator=coordinator,
        document=coordinator_document,
        joint_body=joint_body,
    )
    _tell_coordinator(plan, mandate)
    _append_created(actor, plan, mandate)
    return plan


def _check_language(code: str) -> None:
    if code not in AuthenticLanguage.values:
        raise Invalid({"authentic_language": _("Choose one of the values.")})


def _tell_coordinator(plan: Plan, mandate: Mandate) -> None:
    notify(
        people=[mandate.user_id],
        kind="plan.coordinator",
        title=format_lazy(_("You direct the joint office of {plan}"), plan=lazystr(plan)),
        url=reverse("register:detail", args=[plan.key]),
        key=f"plan.coordinator:{mandate.pk}",
        plan_key=plan.key,
    )


def _name_coordinator(
    *,
    actor: Actor,
    plan: Plan,
    coordinator: User,
    document: str,
    joint_body: Organization | None,
) -> Mandate:
    """The first coordinator's mandate, limited to the plan, and its grants there."""
    convenor = Jurisdiction.objects.get(pk=actor.jurisdiction)
    mandate = Mandate.objects.create(
        user=coordinator,
        jurisdiction=None if joint_body else convenor,
        organization=joint_body,
        role=Role.COORDINATOR.value,
        document=document,
        plan_key=plan.key,
        valid_from=plan.created_at,
        granted_by_id=actor.person,
    )
    role_groups(holder=mandate.holder, roles=[mandate.role])
    give_role(plan=plan, holder=mandate.holder, role=Role.COORDINATOR)
    return mandate


def _check_new(
    actor: Actor, key: str, horizon_from: int, horizon_until: int, coordinator: User
) -> None:
    if horizon_until <= horizon_from:
        raise Invalid({"horizon_until": _("The last year must lie after the first.")})
    record.take_turns(record.plan_chain(key))
    if Plan.objects.filter(key=key).exists():
        raise Invalid({"key": _("A plan with this key exists already.")})
    if coordinator.pk == actor.user_id:
        raise Invalid({"coordinator": _("Nobody grants a mandate to himself.")})


def _check_office(actor: Actor, joint_body: Organization | None) -> None:
    """A jurisdiction names people of a body only where it is one of those the body serves."""
    served = set(joint_body.jurisdictions.values_list("pk", flat=True)) if joint_body else set()
    if joint_body and actor.jurisdiction not in served:
        raise Invalid({"joint_body": _("This office does not serve your jurisdiction.")})


def _append_created(actor: Actor, plan: Plan, mandate: Mandate) -> None:
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="plan.create",
        subject=f"plan:{plan.key}",
        effects={
            "convenor": actor.jurisdiction,
            "coordinator_mandate": mandate.pk,
            "title": canonical.digest(plan.title_zh),
            "horizon": [plan.horizon_from, plan.horizon_until],
        },
    )
