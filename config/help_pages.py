"""Help made from the rules themselves: who may do what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from config.acts import tables
from consult.approval.needs import PROCEDURES, StepKind
from consult.approval.shown import LABELS
from plans.register.enums import GrantName, PartyRole, Phase, PlanKind
from plans.register.rules import grants_for
from stakeholders.people.catalogue import WORDS
from stakeholders.people.enums import RoleName
from stakeholders.people.rules import GRANTS
from stakeholders.terms.actor import ActorKind, Role
from stakeholders.terms.rights import ALL_PHASES, ActRule, Lock, Relation

# In the order in which people read them.
ROOMS = {
    "plans.register": _("Plan and participants"),
    "plans.text": _("Text"),
    "plans.indicators": _("Indicators"),
    "plans.projects": _("Joint projects"),
    "consult.phase1_organization": _("Joint organization"),
    "consult.demands": _("Lists of demands"),
    "consult.phase2_preparation": _("Joint preparation"),
    "consult.phase3_identification": _("Common identification"),
    "consult.approval": _("Approval and publication"),
    "consult.phase4_implementation": _("Common implementation"),
    "consult.tasks": pgettext_lazy("room", "Tasks"),
    "consult.balance": _("Balance of the parties"),
    "consult.health": pgettext_lazy("room", "Health checks"),
    "consult.matters": _("Matters"),
    "consult.meetings": _("Meetings"),
    "consult.spoken": _("Acts entered for a party"),
    "consult.workflow": _("Publishing and phases"),
    "consult.desk": _("Desk"),
    "stakeholders.people": _("People and organizations"),
    "stakeholders.jurisdictions": _("Administrative map"),
}
BESIDES = {
    ActorKind.ADMINISTRATOR: _("Administrator"),
    ActorKind.SYSTEM: _("The site itself, by its clock"),
}


class ActFilterForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("All")), *RoleName.choices]
    )
    phase = forms.TypedChoiceField(
        label=_("Phase"), required=False, coerce=int, choices=[("", _("All")), *Phase.choices]
    )


@dataclass(frozen=True, kw_only=True)
class Line:
    """One act in words. An empty list of phases means every phase."""

    name: object
    holders: list[object]
    grant: object
    phases: list[object]
    lock: Lock | None
    is_own: bool
    is_invited: bool


def line_of(act: str, rule: ActRule) -> Line:
    return Line(
        name=WORDS.get(act, act),
        holders=[
            *labels_of(rule.roles),
            *(name for kind, name in BESIDES.items() if kind in rule.kinds),
        ],
        grant=GrantName(rule.grant).label if rule.grant else "",
        phases=[Phase(n).label for n in sorted(rule.phases)] if rule.phases != ALL_PHASES else [],
        lock=next(iter(rule.locks)) if len(rule.locks) == 1 else None,
        is_own=rule.relations == {Relation.OWN},
        is_invited=rule.relations == {Relation.INVITED},
    )


def labels_of(roles: Iterable[Role]) -> list[object]:
    """Roles in words, in the order of the list of roles."""
    chosen = {role.value for role in roles}
    return [one.label for one in RoleName if one.value in chosen]


def rooms(*, role: str, phase: int | str) -> list[tuple[object, list[Line]]]:
    """The acts by room, those that `role` may do in `phase` (empty: all)."""
    found: list[tuple[object, list[Line]]] = []
    known = tables()
    for name in [*ROOMS, *(known.keys() - ROOMS.keys())]:
        lines = [
            line_of(act, rule)
            for act, rule in known[name].items()
            if (not role or Role(role) in rule.roles) and (not phase or phase in rule.phases)
        ]
        if lines:
            found.append((ROOMS.get(name, name), lines))
    return found


def given() -> list[tuple[object, list[tuple[object, list[object]]]]]:
    """What a party's people are granted on a plan, by the party's role."""
    return [
        (party.label, [_granted(*one) for one in grants_for(party_role=party).items()])
        for party in PartyRole
    ]


def _granted(role: Role, grants: Iterable[str]) -> tuple[object, list[object]]:
    return RoleName(role.value).label, [g.label for g in GrantName if g.value in set(grants)]


def naming() -> Mapping[object, list[object]]:
    """Role -> the roles it may grant within its own jurisdiction or organization, in words."""
    return {
        RoleName(rule.by.value).label: labels_of(rule.roles)
        for rule in GRANTS
        if rule.by is not None and "mandate.grant" in rule.acts
    }


@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    form = ActFilterForm(request.GET)
    form.is_valid()  # an unknown value is as good as none
    chosen = {name: form.cleaned_data.get(name, "") for name in form.fields}
    context = {"form": form, "chapters": rooms(**chosen), "given": given(), "naming": naming()}
    return render(request, "help_rights.html", context)


@require_safe
def approval(request: HttpRequest) -> HttpResponse:
    """What each kind of plan needs after its sign-off, from the table the site decides by."""
    kinds = [
        (PlanKind(kind).label, [(LABELS[step], procedure.rules[step]) for step in StepKind])
        for kind, procedure in PROCEDURES.items()
    ]
    return render(request, "help_approval.html", {"kinds": kinds})
