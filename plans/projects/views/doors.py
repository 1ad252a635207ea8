"""What the pages of the register share: shares as sums, and faults at their fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.forms import Form

from plans.projects.forms import ProjectForm
from plans.projects.models import Project, ProjectParty
from plans.projects.sharing import amounts
from stakeholders.terms.errors import Conflict, Invalid

COLUMNS = ("cost_share", "benefit_share")


@dataclass(frozen=True, kw_only=True)
class Part:
    """A party with its shares in percent and, where the budget is known, of the cost in money."""

    party: ProjectParty
    cost: Decimal | None


def shown_parts(project: Project) -> list[Part]:
    """The parties (prefetched); the sums of cost together are the budget exactly."""
    parties = list(project.parties.all())
    shares = [one.cost_share for one in parties]
    sums = _sums(project.budget, shares)
    return [Part(party=one, cost=cost) for one, cost in zip(parties, sums, strict=True)]


def _sums(budget: Decimal | None, shares: Sequence[Decimal | None]) -> Sequence[Decimal | None]:
    given = [share for share in shares if share is not None]
    if budget is None or not given:
        return [None] * len(shares)
    parts = iter(amounts(budget, given))
    return [None if share is None else next(parts) for share in shares]


def say(form: Form, error: Invalid | Conflict) -> None:
    """Put what stands in the way at its field, a column of shares at its filled cells, or above
    the form where it has none."""
    errors = error.errors if isinstance(error, Invalid) else {"": error.text}
    for field, text in errors.items():
        cells = form.cells(field) if isinstance(form, ProjectForm) and field in COLUMNS else []
        alone = field if field in form.fields else None
        for name in cells or (alone,):
            form.add_error(name, str(text))
