"""What common standards lack before they are frozen."""

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plans.register.auditing import Audit
from plans.register.models import Plan
from plans.text.deviations import deviation
from plans.text.enums import Distance
from plans.text.norms import NATIONAL, Norm, with_unit
from plans.text.queries import StandardRow, standard_rows
from stakeholders.terms.errors import Text

OPEN, BELOW_NATIONAL = "standard.open", "standard.below_national"


def standard_audits(plan: Plan) -> list[Audit]:
    """Standards without an agreed value, and those agreed looser than the national one."""
    return [_audit(plan, row, kind) for row in standard_rows(plan) if (kind := _gap(row.norm))]


def _gap(norm: Norm) -> str:
    if not norm.agreed:
        return OPEN
    national = norm.source(NATIONAL).value
    found = deviation(norm=norm, own=national).distance
    return BELOW_NATIONAL if found is Distance.STRICTER else ""


def _audit(plan: Plan, row: StandardRow, kind: str) -> Audit:
    norm = row.norm
    label: Text = _("Common standards without an agreed value")
    text: Text = format_lazy(_("{number} {title}: no value is agreed yet"), **_named(row))
    if kind == BELOW_NATIONAL:
        label = _("Common standards looser than the national one")
        text = format_lazy(
            _("{number} {title}: agreed {agreed}, the national standard is {national}"),
            agreed=with_unit(norm.agreed, norm.unit),
            national=with_unit(norm.source(NATIONAL).value, norm.unit),
            **_named(row),
        )
    url = reverse("text:standard", args=[plan.key, row.key])
    return Audit(kind=kind, item=row.key, text=text, url=url, label=label)


def _named(row: StandardRow) -> dict[str, str]:
    return {"number": row.number, "title": row.norm.title_zh}
