"""Reading the known projects, which are for everybody."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from plans.projects.models import KnownProject
from plans.register.models import Plan
from plans.register.queries import visible_plans
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible

# A province is written 310000, a city 330400: what stands below begins with the same digits.
LEVELS = (2, 4)


@dataclass(frozen=True, kw_only=True)
class Known:
    """A known project with the number it has in the plan's register, or ""."""

    project: KnownProject
    taken_as: str


def known_projects(*, jurisdiction: str = "", theme: str = "") -> QuerySet[KnownProject]:
    """Those that concern a jurisdiction (also by the unit it belongs to), of a theme."""
    found = KnownProject.objects.prefetch_related("jurisdictions").order_by("key")
    if theme:
        found = found.filter(theme=theme)
    if jurisdiction:
        codes = {jurisdiction, *(jurisdiction[:n].ljust(6, "0") for n in LEVELS)}
        through = KnownProject.jurisdictions.through.objects
        found = found.filter(
            pk__in=through.filter(jurisdiction__in=codes).values("knownproject_id")
        )
    return found


def known_in(*, actor: Actor, plan: Plan, projects: Iterable[KnownProject]) -> list[Known]:
    """`projects` with what the plan took of them. Two queries."""
    rows = list(projects)
    plans = visible_plans(actor=actor).filter(pk=plan.pk).values("pk")
    taken = KnownProject.objects.filter(
        Q(projects__plan__in=plans), pk__in=[one.pk for one in rows]
    ).values_list("pk", "projects__key")
    keys = dict(taken)
    return [Known(project=one, taken_as=str(keys.get(one.pk) or "")) for one in rows]


def units_of_known() -> list[Jurisdiction]:
    """The jurisdictions some known project names, in order of code: what a filter offers."""
    codes = KnownProject.jurisdictions.through.objects.values("jurisdiction")
    return list(Jurisdiction.objects.defer("boundary").filter(code__in=codes).order_by("code"))


def get_known(*, key: str) -> KnownProject:
    found = KnownProject.objects.filter(key=key).prefetch_related("jurisdictions").first()
    if found is None:
        raise NotVisible
    return found


def concerned_codes(known: KnownProject, *, among: Iterable[Jurisdiction]) -> list[str]:
    """Those of `among` that it names, or that lie within a unit it names."""
    named = [unit.path for unit in known.jurisdictions.all()]
    return [unit.code for unit in among if any(unit.path.startswith(one) for one in named)]
