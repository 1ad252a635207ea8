"""What was entered for parties, beside the place where their own acts stand."""

from typing import Any

from django import template
from django.template.context import RequestContext

from consult.spoken.enums import SUBJECTS, ActKind, Standing
from consult.spoken.queries import Shown, entered_on, filtered, shown, visible_entered
from consult.spoken.rules import binds, entering_verdict
from consult.spoken.subjects import Subject, subject_of
from consult.spoken.times import days_to_confirm
from plans.register.models import Plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.enums import Basis
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor

register = template.Library()
SECTION = "consult/spoken/section.html"
MARK = "consult/spoken/mark.html"


@register.inclusion_tag(SECTION, takes_context=True)
def entered_acts(context: RequestContext, plan: Plan, kind: str, pk: int) -> dict[str, Any]:
    """The entries on one subject that the reader may know of, and the ways to enter another.

    A fixed number of queries; renders nothing where there is nothing to see or to do.
    """
    actor: Actor = context["request"].actor
    now = clock.now()
    about = subject_of(plan=plan, kind=kind, pk=pk, at=now)
    rows = shown(entered_on(actor=actor, plan=plan, field=SUBJECTS[kind], pk=pk), at=now)
    pending = {str(one.act.jurisdiction_id) for one in rows if one.is_waiting}
    missing = [
        code
        for code in sorted(about.ends)
        if about.takes(code, at=now) and code not in about.spoken and code not in pending
    ]
    return {
        **_doors(actor, about, missing),
        "rows": rows,
        "plan": plan,
        "kind": kind,
        "pk": pk,
    }


def _doors(actor: Actor, about: Subject, missing: list[str]) -> dict[str, Any]:
    """For whom the reader may enter an act: as the joint office, or ad referendum."""
    plan, kind = about.plan, about.kind
    office = entering_verdict(actor=actor, plan=plan, kind=kind, code="", basis=Basis.ON_EVIDENCE)
    others = [code for code in missing if code != actor.jurisdiction_code] if office else []
    units = Jurisdiction.objects.defer("boundary").filter(pk__in=others).order_by("pk")
    own = actor.inside or ""
    provisional = own in missing and bool(
        entering_verdict(actor=actor, plan=plan, kind=kind, code=own, basis=Basis.AD_REFERENDUM)
    )
    if provisional and binds(actor=actor, plan=plan, kind=kind, code=own):
        provisional = False
    if provisional and days_to_confirm(plan, about, basis=Basis.AD_REFERENDUM) is None:
        provisional = False
    return {
        "is_office": bool(office),
        "others": list(units) if others else [],
        "own": own if provisional else "",
    }


@register.simple_tag(takes_context=True)
def waiting_entries(context: RequestContext, plan: Plan, kind: str, pk: int) -> dict[str, Shown]:
    """Code of a party -> what was entered for it on one subject and waits for its word, as far as the
    reader may know of it. One query."""
    actor: Actor = context["request"].actor
    now = clock.now()
    rows = entered_on(actor=actor, plan=plan, field=SUBJECTS[kind], pk=pk)
    waits = filtered(rows.filter(kind=kind), standing=Standing.WAITING.value, at=now)
    return {str(one.act.jurisdiction_id): one for one in shown(waits, at=now)}


@register.inclusion_tag(MARK)
def to_be_confirmed(
    waits: dict[str, Shown], plan: Plan, code: str, is_small: bool = False
) -> dict[str, Any]:
    """The mark beside a party for which something was entered that waits for its word, or nothing."""
    return {"one": (waits or {}).get(code), "plan": plan, "is_small": is_small}


@register.inclusion_tag(SECTION, takes_context=True)
def entered_answers(context: RequestContext, plan: Plan) -> dict[str, Any]:
    """The entered answers to all invitations of a plan that the reader may know of."""
    actor: Actor = context["request"].actor
    acts = visible_entered(actor=actor).filter(plan=plan, kind=ActKind.ANSWER).order_by("-pk")
    rows: list[Shown] = shown(acts, at=clock.now())
    is_office = entering_verdict(
        actor=actor, plan=plan, kind=ActKind.ANSWER.value, code="", basis=Basis.ON_EVIDENCE
    )
    return {"rows": rows, "plan": plan, "is_office": bool(is_office), "others": [], "own": ""}
