"""The report of a check as the ballot machine asks for it. The subject's id is the edition's."""

from collections.abc import Callable
from typing import TypeVar

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import SubjectKind
from consult.ballots.subjects import Source, know
from consult.health.enums import CheckKind
from consult.health.models import CheckReport, HealthCheck
from consult.health.queries import Whole, whole_of
from plans.register.models import Plan
from stakeholders.terms import canonical
from stakeholders.terms.duty import Text

Found = TypeVar("Found")


def title_of(check: HealthCheck) -> Text:
    """What a check is called in sentences."""
    return named(check.kind, check.year)


def named(kind: str, year: int) -> Text:
    """A check by its kind and the year it looks back on."""
    if kind == CheckKind.EVALUATION:
        return format_lazy(_("Five-year evaluation {year}"), year=str(year))
    return format_lazy(_("Yearly health check {year}"), year=str(year))


def hash_now(whole: Whole, report: CheckReport) -> str:
    """The hash of an edition as long as it is the newest and holds the parts as they stand."""
    is_newest = whole.report is not None and whole.report.pk == report.pk
    if is_newest and not whole.is_outdated:
        return report.hash
    return canonical.digest_of([report.hash, whole.parts])


def _read(plan: Plan, pk: str, read: Callable[[CheckReport], Found]) -> Found | None:
    rows = CheckReport.objects.filter(health_check__plan=plan, pk=int(pk))
    found = rows.select_related("health_check__plan").first()
    return None if found is None else read(found)


SOURCE = Source(
    title=lambda plan, pk: _read(plan, pk, lambda one: title_of(one.health_check)) or "",
    url=lambda plan, pk: (
        _read(plan, pk, lambda one: reverse("health:report", args=[plan.key, one.health_check_id]))
        or ""
    ),
    hash_now=lambda plan, pk: _read(
        plan, pk, lambda one: hash_now(whole_of(one.health_check), one)
    ),
)


def register() -> None:
    """Make it known; called once when the site starts."""
    know(SubjectKind.HEALTH_CHECK.value, SOURCE)
