"""Keeping the register of joint projects: adding and editing a project."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plans.projects import steps
from plans.projects.models import Project
from plans.projects.queries import items_by_key, lead_code_of
from plans.projects.rules import require
from plans.projects.sheet import Sheet, sheet_faults
from plans.register.models import Plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.notices.steps import notify
from stakeholders.people.queries import people_of
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Invalid, Text

# Addresses in the register that no project may take.
RESERVED = frozenset({"new", "known", "table"})


@transaction.atomic
def add_project(*, actor: Actor, plan: Plan, key: str, sheet: Sheet) -> Project:
    """Enter a project in the register; its parties' contact points are told.

    By the coordinator, or by a contact point or planner of the lead. NotVisible, Refused, Invalid.
    """
    require("project.add", actor=actor, plan=plan, lead_code=sheet.lead_code)
    steps.lock_register(plan)
    faults = _faults(plan, sheet)
    if key in RESERVED:
        faults["key"] = _("This word cannot be a number: it names a page.")
    elif Project.objects.filter(plan=plan, key=key).exists():
        faults["key"] = _("A project with this number stands in the register already.")
    if faults:
        raise Invalid(faults)
    project = steps.create_project(plan=plan, key=key, sheet=sheet)
    _tell_parties(project, sheet)
    _append("project.add", actor, project, sheet)
    return project


@transaction.atomic
def edit_project(*, actor: Actor, project: Project, edits: int, sheet: Sheet) -> Project:
    """Replace what the register says about a project; `edits` is the count the editor read.

    Who hands the lead to another jurisdiction must be entitled before and after: only the
    coordinator is. NotVisible, Refused, Invalid, Conflict.
    """
    project = steps.lock_project(project)
    for lead_code in (lead_code_of(project), sheet.lead_code):
        require("project.edit", actor=actor, plan=project.plan, lead_code=lead_code)
    faults = _faults(project.plan, sheet)
    owners = set(project.milestones.values_list("owner_id", flat=True))
    if owners - {one.code for one in sheet.parties}:
        text = _("A jurisdiction that answers for a milestone cannot be taken out.")
        faults.setdefault("parties", text)
    if faults:
        raise Invalid(faults)
    project = steps.save_project(project=project, edits=edits, sheet=sheet)
    _append("project.edit", actor, project, sheet)
    return project


def _faults(plan: Plan, sheet: Sheet) -> dict[str, Text]:
    """The faults of the sheet itself, and names in it that lead nowhere."""
    faults = sheet_faults(sheet)
    codes = {one.code for one in sheet.parties}
    known = set(Jurisdiction.objects.filter(pk__in=codes).values_list("pk", flat=True))
    if codes - known:
        text = _("There is no jurisdiction with the code {codes}.")
        faults["parties"] = format_lazy(text, codes=", ".join(sorted(codes - known)))
    lost = set(sheet.provisions) - set(items_by_key(plan, keys=sheet.provisions))
    if lost:
        text = _("The plan has no provision {keys}.")
        faults["provisions"] = format_lazy(text, keys=", ".join(sorted(lost)))
    return faults


def _tell_parties(project: Project, sheet: Sheet) -> None:
    plan = project.plan
    people = people_of(
        codes=[one.code for one in sheet.parties],
        roles=[Role.CONTACT_POINT],
        at=clock.now(),
        plan_key=plan.key,
    )
    notify(
        people=[user for users in people.values() for user in users],
        kind="project.add",
        title=format_lazy(
            _("Joint project {number} names your jurisdiction as a party."), number=project.key
        ),
        url=project.get_absolute_url(),
        key=f"project.add:{project.pk}",
        plan_key=plan.key,
    )


def _append(act: str, actor: Actor, project: Project, sheet: Sheet) -> None:
    record.append(
        chain=record.plan_chain(project.plan.key),
        actor=actor,
        act=act,
        subject=f"project:{project.key}",
        effects={
            "project": project.pk,
            "edits": project.edits,
            "text": canonical.digest_of(
                [sheet.name_zh, sheet.name_en, sheet.description_zh, sheet.description_en]
            ),
            "years": [sheet.year_from, sheet.year_until],
            "budget": _figure(sheet.budget),
            "lead_body": sheet.lead_body.pk if sheet.lead_body else None,
            "parties": _parties(sheet),
            "provisions": sorted(sheet.provisions),
            "known": sheet.known.key if sheet.known else None,
        },
    )


def _parties(sheet: Sheet) -> Mapping[str, object]:
    """Code -> role and shares, as decimal strings."""
    return {
        one.code: [one.role, _figure(one.cost_share), _figure(one.benefit_share)]
        for one in sheet.parties
    }


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
