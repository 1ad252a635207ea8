"""What a check found, and what becomes of it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.health import steps
from consult.health.checks import locked, require_for, require_open
from consult.health.models import Finding, FindingMatter, HealthCheck
from consult.health.rules import ACTS
from consult.health.steps import Found
from consult.health.telling import put_on_record, tell_office
from consult.matters import steps as matters
from consult.matters.queries import party_units
from consult.matters.steps import Wording
from plans.register.models import Plan
from plans.register.rules import require
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Text

FEWEST = 2


@transaction.atomic
def state_finding(
    *, actor: Actor, plan: Plan, check: HealthCheck, said: Found, item: int | None = None
) -> Finding:
    """Say what the check found, of whom, and where it comes from a border item, of which (its
    number). By a party or the joint office. Raises NotVisible, Refused, Invalid, Conflict.
    """
    require_for("finding.state", actor=actor, plan=plan, code=actor.inside)
    whole = locked(plan, check)
    require_open(whole)
    faults = _faults(said, plan)
    border = next((one for one in whole.items if one.number == item), None)
    if item is not None and border is None:
        faults["item"] = _("Choose a border item of this check.")
    if faults:
        raise Invalid(faults)
    row = steps.write_finding(actor=actor, check=check, said=said, item=border)
    tell_office(check, kind="finding.state", title=_("{check}: a finding"), occasion=str(row.pk))
    put_on_record(
        actor=actor,
        check=check,
        act="finding.state",
        effects={
            "finding": row.number,
            "jurisdictions": row.jurisdictions,
            "item": item,
            "text": canonical.digest_of([row.title_zh, row.title_en, row.text_zh, row.text_en]),
        },
    )
    return row


def _faults(said: Found, plan: Plan) -> dict[str, Text]:
    faults: dict[str, Text] = {}
    if not (said.title_zh.strip() or said.title_en.strip()):
        faults["title_zh"] = _("Give the finding a title.")
    known = set(party_units(plan=plan).values_list("code", flat=True))
    if not said.codes or not set(said.codes) <= known:
        faults["codes"] = _("Choose the parties of the plan that it concerns.")
    return faults


@transaction.atomic
def finding_to_matter(
    *, actor: Actor, plan: Plan, check: HealthCheck, number: int
) -> FindingMatter:
    """Open a matter of this plan for a finding, between the parties it concerns, in the same act.

    Raises NotVisible, Refused, Invalid (it concerns fewer than two), Conflict (has one already).
    """
    require("finding.to_matter", ACTS, actor=actor, plan=plan)
    whole = locked(plan, check)
    found = next((one for one in whole.findings if one.number == number), None)
    if found is None:
        raise NotVisible
    if hasattr(found, "taken_up"):
        raise Conflict(_("This finding became a matter already."))
    if len(found.jurisdictions) < FEWEST:
        raise Invalid({"": _("A matter is between two or more parties: this concerns one.")})
    matter = matters.open_matter(
        plan=whole.check.plan,
        actor=actor,
        title=Wording(zh=found.title_zh, en=found.title_en),
        description=Wording(zh=found.text_zh, en=found.text_en),
        codes=found.jurisdictions,
        note=str(check),
    )
    row = steps.tie_matter(actor=actor, finding=found, matter=matter)
    matters.tell(
        plan=plan, matter=matter, title=_("A matter was opened: {key} {title}"), occasion="open"
    )
    put_on_record(
        actor=actor,
        check=check,
        act="finding.to_matter",
        effects={"finding": number, "matter": matter.key, "codes": sorted(found.jurisdictions)},
    )
    return row
