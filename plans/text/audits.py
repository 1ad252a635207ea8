"""What is missing in binding provisions of the working draft."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plans.register.auditing import Audit
from plans.register.enums import Strength
from plans.register.models import Plan
from plans.text.queries import articles
from plans.text.wording import Wording
from stakeholders.terms.errors import Text

WITHOUT_LEAD = "binding_without_lead"
WITHOUT_DATE = "binding_without_date"
WITHOUT_EVIDENCE = "binding_without_evidence"
# The gaps a freezing does not pass over in silence.
BINDING_GAPS: dict[str, tuple[Callable[[Wording], str], Text]] = {
    WITHOUT_LEAD: (
        lambda wording: wording.lead,
        _("Article {number} “{title}” is binding and names no lead unit."),
    ),
    WITHOUT_DATE: (
        lambda wording: wording.due,
        _("Article {number} “{title}” is binding and names no date."),
    ),
    WITHOUT_EVIDENCE: (
        lambda wording: wording.evidence,
        _("Article {number} “{title}” is binding and names no evidence."),
    ),
}

LABELS: dict[str, Text] = {
    WITHOUT_LEAD: _("Binding articles without a lead unit"),
    WITHOUT_DATE: _("Binding articles without a date"),
    WITHOUT_EVIDENCE: _("Binding articles without evidence"),
}


def binding_audits(plan: Plan) -> list[Audit]:
    """Binding provisions without lead unit, date or evidence. One query."""
    return [
        Audit(
            kind=kind,
            item=one.provision.item.key,
            text=format_lazy(text, number=one.number, title=one.wording.title_zh),
            url=reverse("text:provision", args=[plan.key, one.provision.item.key]),
            label=LABELS[kind],
        )
        for one in articles(plan)
        if one.wording.strength == Strength.BINDING
        for kind, (read, text) in BINDING_GAPS.items()
        if not read(one.wording).strip()
    ]
