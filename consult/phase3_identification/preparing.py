"""Who owes what inside a party before its signatory speaks: preparing, passing the own steps.

Known to the party alone: whoever oversees the duties of others sees none of these. At most eight
queries over many plans, whatever their number.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consult.ballots.models import Elector
from consult.phase3_identification.enums import PreparedState
from consult.phase3_identification.models import PositionDraft, SignOff
from consult.phase3_identification.queries import declaration_ids, drafts_of_sign_offs
from consult.phase3_identification.queries.prepared import SUBJECT
from plans.register.models import Plan
from stakeholders.people.enums import ChainKind
from stakeholders.people.models import ChainStep
from stakeholders.people.queries import chains_of, current_steps
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import NOBODY, Duty

Key = tuple[int, str]  # sign-off and party
Steps = tuple[ChainStep, ...]
STAFF = frozenset({Role.CONTACT_POINT.value, Role.DEPUTY.value, Role.PLANNER.value})


def inside_duties(
    *, owed: Collection[tuple[SignOff, str]], plans: Mapping[int, Plan]
) -> list[Duty]:
    """Of the parties that owe a position (`owed`), what has to be done inside before it."""
    drafts = drafts_of_sign_offs({sign_off for sign_off, _code in owed}) if owed else {}
    spoken = declaration_ids({sign_off for sign_off, _code in owed}) if drafts else {}
    touched = _touched(drafts, plans)
    handed_up = {
        key: draft
        for key, draft in drafts.items()
        if draft.state == PreparedState.HANDED_UP
        and draft.former_id == spoken.get(key)
        and key not in touched
    }
    waiting = _waiting(handed_up, plans)
    found: list[Duty] = []
    for sign_off, code in owed:
        key, plan = (sign_off.pk, code), plans[sign_off.plan_id]
        if key not in handed_up:
            found.append(_duty(plan, sign_off, code))
        else:
            draft = handed_up[key]
            found += [_step_duty(plan, draft, code, step) for step in waiting.get(key, ())]
    return found


def _touched(drafts: Mapping[Key, PositionDraft], plans: Mapping[int, Plan]) -> set[Key]:
    """Of the drafts, those of parties whose items got another wording since. One query."""
    frozen = {plan.frozen_id for plan in plans.values()}
    old = {key: draft for key, draft in drafts.items() if draft.revision_id not in frozen}
    if not old:
        return set()
    ballot = "ballot__sign_off_ballot__"
    rows = (
        Elector.objects.filter(
            **{f"{ballot}sign_off__in": {pk for pk, _code in old}},
            jurisdiction__in={code for _pk, code in old},
        )
        .order_by()
        .values_list(f"{ballot}sign_off", "jurisdiction_id")
        .annotate(last=Max(f"{ballot}revision"))
    )
    newest = {(pk, str(code)): last for pk, code, last in rows}
    return {key for key, draft in old.items() if newest.get(key, 0) > draft.revision_id}


def _waiting(drafts: Mapping[Key, PositionDraft], plans: Mapping[int, Plan]) -> dict[Key, Steps]:
    """The steps of its party that come next, for what is handed up. Five queries at most."""
    if not drafts:
        return {}
    of_plan = {draft.pk: plans[draft.sign_off.plan_id].key for draft in drafts.values()}
    chained = chains_of(codes={code for _pk, code in drafts}, kind=ChainKind.POSITION.value)
    kept = {
        key: draft
        for key, draft in drafts.items()
        if chained(key[1], of_plan[draft.pk]) is not None
    }
    current = current_steps(subject_kind=SUBJECT, subject_ids=[d.pk for d in kept.values()])
    return {key: current[str(draft.pk)] for key, draft in kept.items() if str(draft.pk) in current}


def _duty(plan: Plan, sign_off: SignOff, code: str) -> Duty:
    return Duty(
        kind="position.draft",
        plan_id=plan.pk,
        subject_id=sign_off.pk,
        title=_("Prepare the position for our signatory"),
        url=reverse("identification:draft", args=[plan.key]),
        due_at=sign_off.closes_at,
        since=sign_off.opened_at,
        holder_code=code,
        roles=STAFF,
        secret_of=NOBODY,
    )


def _step_duty(plan: Plan, draft: PositionDraft, code: str, step: ChainStep) -> Duty:
    sign_off = draft.sign_off
    return replace(
        _duty(plan, sign_off, code),
        since=draft.handed_up_at,
        kind="chain.pass",
        subject_id=f"{sign_off.pk}-{step.pk}",
        title=_("Pass the step before our position"),
        url=reverse("identification:leader", args=[plan.key]),
        roles=frozenset({step.role}) if step.role else frozenset(),
    )
