"""The register of joint projects as a reader asks for it: filtered, in order, with its sums."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import CharField, DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from plans.projects.enums import ProjectRole, ProjectState
from plans.projects.models import Project, ProjectParty
from plans.projects.queries.projects import projects_of
from plans.projects.sheet import WHOLE
from plans.register.models import Plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import Actor

NO_WEIGHT = Value(Decimal(0), output_field=DecimalField(max_digits=9, decimal_places=2))
BODY = "body"
COLUMNS: Mapping[str, Sequence[str]] = {
    "key": ("key",),
    "name": ("name_zh", "key"),
    "theme": ("theme", "key"),
    "lead": ("lead_code", "key"),
    "budget": ("budget", "key"),
    "years": ("year_from", "year_until", "key"),
    "milestones": ("steps", "key"),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a reader looks for; "" asks for nothing. `lead`: a code, or `BODY` for joint bodies."""

    text: str = ""
    theme: str = ""
    lead: str = ""
    party: str = ""
    provision: str = ""
    state: str = ""


def register(
    *, actor: Actor, plan: Plan, asked: Asked, year: int, order: str = "key"
) -> QuerySet[Project]:
    """The projects that fit, in order, each with `steps`, `weighed` (the sum of the weights of its
    milestones) and `lead_code`; `year` is the present one."""
    found = projects_of(actor=actor, plan=plan).annotate(
        weighed=Coalesce(
            Sum("milestones__weight", filter=Q(milestones__removed_at__isnull=True)), NO_WEIGHT
        ),
        lead_code=_lead(),
    )
    names = COLUMNS[order.removeprefix("-")]
    first = F(names[0])
    ordered = first.desc(nulls_last=True) if order.startswith("-") else first.asc(nulls_last=True)
    return _narrowed(found, asked, year=year).order_by(ordered, *names[1:])


def _lead() -> Coalesce:
    """The code of the unit that leads; "" where a joint body does, so that these come first."""
    leads = ProjectParty.objects.filter(project=OuterRef("pk"), role=ProjectRole.LEAD)
    return Coalesce(Subquery(leads.values("jurisdiction")[:1]), Value(""), output_field=CharField())


def _narrowed(found: QuerySet[Any], asked: Asked, *, year: int) -> QuerySet[Any]:
    if asked.theme:
        found = found.filter(theme=asked.theme)
    if asked.lead == BODY:
        found = found.filter(lead_body__isnull=False)
    elif asked.lead:
        found = found.filter(lead_code=asked.lead)
    if asked.party:
        rows = ProjectParty.objects.filter(jurisdiction=asked.party)
        found = found.filter(pk__in=rows.values("project"))
    if asked.provision:
        through = Project.provisions.through.objects
        rows_of_item = through.filter(item__key=asked.provision)
        found = found.filter(pk__in=rows_of_item.values("project_id"))
    if asked.text:
        text = asked.text
        found = found.filter(
            Q(key__iexact=text)
            | Q(name_zh__icontains=text)
            | Q(name_en__icontains=text)
            | Q(description_zh__icontains=text)
            | Q(description_en__icontains=text)
        )
    return _in_state(found, asked.state, year)


def _in_state(found: QuerySet[Any], state: str, year: int) -> QuerySet[Any]:
    if state == ProjectState.UNWEIGHED:
        return found.exclude(weighed=WHOLE)
    if state == ProjectState.AHEAD:
        return found.filter(year_from__gt=year)
    if state == ProjectState.RUNNING:
        return found.filter(year_from__lte=year, year_until__gte=year)
    if state == ProjectState.OVER:
        return found.filter(year_until__lt=year)
    return found


def units_of(*, actor: Actor, plan: Plan) -> list[Jurisdiction]:
    """The jurisdictions that take part in a project of the plan, in order of code."""
    projects = projects_of(actor=actor, plan=plan).order_by().values("pk")
    codes = ProjectParty.objects.filter(project__in=projects).values("jurisdiction")
    return list(Jurisdiction.objects.defer("boundary").filter(code__in=codes).order_by("code"))
