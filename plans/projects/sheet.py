"""What is written about a joint project, and what makes it fit to stand: exact decimals only."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plans.projects.enums import ProjectRole
from plans.projects.models import KnownProject
from stakeholders.people.models import Organization
from stakeholders.terms.errors import Text

WHOLE = Decimal(100)
PLACES = 2


@dataclass(frozen=True, kw_only=True)
class Share:
    """One jurisdiction's part in a project; a share that is not agreed yet is None."""

    code: str
    role: str
    cost_share: Decimal | None = None
    benefit_share: Decimal | None = None
    basis_zh: str = ""
    basis_en: str = ""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything about a project but its number and milestones. `provisions` are item keys."""

    name_zh: str
    theme: str
    year_from: int
    year_until: int
    parties: tuple[Share, ...]
    name_en: str = ""
    description_zh: str = ""
    description_en: str = ""
    place_zh: str = ""
    place_en: str = ""
    budget: Decimal | None = None
    lead_body: Organization | None = None
    provisions: tuple[str, ...] = ()
    known: KnownProject | None = None

    @property
    def lead_code(self) -> str | None:
        """The code of the jurisdiction that leads, None where a joint body does."""
        leads = [one.code for one in self.parties if one.role == ProjectRole.LEAD]
        return leads[0] if leads else None


def share_fault(figures: Sequence[Decimal | None]) -> Text | None:
    """Why these shares of one project cannot stand, or None.

    None of them may be given; when one is, each lies between 0 and 100 with at most two places
    and together they are exactly 100.
    """
    given = [one for one in figures if one is not None]
    if not given:
        return None
    if any(not one.is_finite() or not 0 <= one <= WHOLE for one in given):
        return _("A share lies between 0 and 100 %.")
    if any(one != round(one, PLACES) for one in given):
        return _("A share has at most two decimal places.")
    total = sum(given, Decimal(0))
    if total != WHOLE:
        text = _("The shares add up to {total} %, not to exactly 100 %.")
        return format_lazy(text, total=format(total, "f"))
    return None


def sheet_faults(sheet: Sheet) -> dict[str, Text]:
    """Field -> why the sheet cannot stand; empty when it can."""
    found: dict[str, Text | None] = {
        "year_until": _years_fault(sheet),
        "parties": _parties_fault(sheet),
        "cost_share": share_fault([one.cost_share for one in sheet.parties]),
        "benefit_share": share_fault([one.benefit_share for one in sheet.parties]),
        "budget": _budget_fault(sheet.budget),
    }
    return {field: text for field, text in found.items() if text is not None}


def _years_fault(sheet: Sheet) -> Text | None:
    if sheet.year_until < sheet.year_from:
        return _("The last year must not lie before the first.")
    return None


def _parties_fault(sheet: Sheet) -> Text | None:
    codes = [one.code for one in sheet.parties]
    leads = [one for one in sheet.parties if one.role == ProjectRole.LEAD]
    if not codes:
        return _("Name the jurisdictions that take part.")
    if len(set(codes)) != len(codes):
        return _("A jurisdiction is named twice.")
    if len(leads) + (sheet.lead_body is not None) != 1:
        return _("Name exactly one lead unit: a jurisdiction or a joint body.")
    return None


def _budget_fault(budget: Decimal | None) -> Text | None:
    if budget is not None and (not budget.is_finite() or budget < 0):
        return _("The budget must not be negative.")
    return None
