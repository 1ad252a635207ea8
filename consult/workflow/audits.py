"""The audits shown before a revision is published; each source is `(plan) -> list[Audit]`."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import format_lazy

from consult.demands.audits import demands_audit
from consult.phase1_organization.audits import base_audits
from consult.phase2_preparation.audits import comment_audits
from plans.register.auditing import Audit
from plans.register.audits import item_audits, transmission_audit
from plans.register.models import Plan
from plans.text.audits import BINDING_GAPS, LABELS, binding_audits, open_claims
from plans.text.standard_audits import standard_audits
from stakeholders.terms.duty import Blocker
from stakeholders.terms.errors import Text

SOURCES: tuple[Callable[[Plan], list[Audit]], ...] = (
    binding_audits,
    item_audits,
    open_claims,
    transmission_audit,
    demands_audit,
    standard_audits,
    base_audits,
    comment_audits,
)
SHOWN = 20  # of one kind on a page; the number says how many there are


@dataclass(frozen=True, kw_only=True)
class Group:
    """The gaps of one kind; `rest` is how many more there are than are shown."""

    label: Text
    number: int
    shown: Sequence[Audit]

    @property
    def rest(self) -> int:
        return self.number - len(self.shown)


def audits_of(plan: Plan) -> list[Audit]:
    """All gaps of the working draft, source by source. A fixed number of queries."""
    return [one for source in SOURCES for one in source(plan)]


def groups_of(audits: Sequence[Audit]) -> list[Group]:
    """The gaps by their kind, in the order the kinds were found in. Pure."""
    kinds = dict.fromkeys(one.kind for one in audits)
    held = {kind: [one for one in audits if one.kind == kind] for kind in kinds}
    return [
        Group(label=found[0].label or kind, number=len(found), shown=found[:SHOWN])
        for kind, found in held.items()
    ]


def gaps_before_freezing(plan: Plan) -> dict[str, int]:
    """Kind -> number of the gaps that a freezing must not pass over in silence."""
    counts = Counter(one.kind for one in binding_audits(plan))
    return {kind: counts[kind] for kind in BINDING_GAPS if counts[kind]}


def gap_blockers(plan: Plan, gaps: Mapping[str, int]) -> list[Blocker]:
    """What `gaps_before_freezing` found, as reasons of a refusal."""
    return [
        Blocker(
            code=kind,
            text=format_lazy("{label} ({number})", label=LABELS[kind], number=number),
            url=reverse("workflow:publish", args=[plan.key]),
        )
        for kind, number in gaps.items()
    ]
