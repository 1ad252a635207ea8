"""A jurisdiction's own steps: defining them, passing them, sending back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.enums import ChainKind, RoleName
from stakeholders.people.models import Chain, ChainPass, ChainRun, ChainStep, Mandate
from stakeholders.people.queries import current_step, get_run
from stakeholders.people.rules import require_keep
from stakeholders.people.steps import begin_run
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, Refused, Text
from stakeholders.terms.rights import Reason, Verdict

MOST = 20
STEP_ROLES = frozenset({Role.CONTACT_POINT, Role.DEPUTY, Role.PLANNER, Role.SIGNATORY})


@dataclass(frozen=True, kw_only=True)
class StepShape:
    """One step as typed: `role` or named people do it; `beside` runs it with the step before."""

    name_zh: str
    name_en: str = ""
    role: str = ""
    user_ids: Sequence[int] = ()
    beside: bool = False


@transaction.atomic
def define_chain(
    *, actor: Actor, kind: str, plan_key: str = "", steps: Sequence[StepShape]
) -> Chain:
    """Lay down the steps before an outward act of one's own jurisdiction; the newest chain counts.

    No step switches the chain off. Runs under way keep theirs. Raises Refused, Invalid by field.
    """
    require_keep(actor=actor, act="chain.define", is_own=actor.jurisdiction_code is not None)
    if not actor.may_touch_plan(plan_key) or (actor.plan_key and not plan_key):
        raise Refused(Verdict(allowed=False, reason=Reason.OUTSIDE_LIMITS, act="chain.define"))
    _check(actor, kind, steps)
    chain = Chain.objects.create(
        jurisdiction_id=actor.jurisdiction,
        kind=kind,
        plan_key=plan_key,
        mandate_id=actor.mandate,
        defined_at=clock.now(),
    )
    position, rows = 0, []
    for step in steps:
        position += 0 if step.beside and position else 1
        rows.append(
            ChainStep(
                chain=chain,
                position=position,
                name_zh=step.name_zh.strip(),
                name_en=step.name_en.strip(),
                role=step.role,
                user_ids=sorted(set(step.user_ids)),
            )
        )
    ChainStep.objects.bulk_create(rows)
    shape = [[r.position, r.name_zh, r.name_en, r.role, r.user_ids] for r in rows]
    _append(
        actor,
        "chain.define",
        plan_key=plan_key,
        subject=f"chain:{chain.pk}",
        effects={"kind": kind, "steps": len(rows), "shape": canonical.digest_of(shape)},
    )
    return chain


def _check(actor: Actor, kind: str, steps: Sequence[StepShape]) -> None:
    if kind not in ChainKind.values:
        raise Invalid({"kind": _("Choose one of the values.")})
    if len(steps) > MOST:
        raise Invalid({"steps": _("There are too many steps.")})
    named = {pk for step in steps for pk in step.user_ids}
    rows = Mandate.objects.counted(clock.now()).filter(jurisdiction=actor.jurisdiction)
    known = set(rows.filter(user__in=named).values_list("user_id", flat=True))
    for number, step in enumerate(steps, start=1):
        text = _fault(step, known=known)
        if text is not None:
            raise Invalid(
                {"steps": format_lazy(_("Step {number}: {text}"), number=number, text=text)}
            )


def _fault(step: StepShape, *, known: set[int]) -> Text | None:
    if not step.name_zh.strip():
        return _("Give the Chinese name.")
    if bool(step.role) == bool(step.user_ids):
        return _("Name either a role or people.")
    if step.role and (step.role not in RoleName.values or Role(step.role) not in STEP_ROLES):
        return _("Choose one of the values.")
    if not set(step.user_ids) <= known:
        return _("A person named holds no mandate of your jurisdiction.")
    return None


@transaction.atomic
def begin_steps(
    *, actor: Actor, kind: str, plan_key: str, subject_kind: str, subject_id: object
) -> ChainRun | None:
    """Start a subject on the steps of one's own jurisdiction; None where it asks for none."""
    require_keep(actor=actor, act="chain.begin", is_own=actor.jurisdiction_code is not None)
    if not actor.may_touch_plan(plan_key):
        raise Refused(Verdict(allowed=False, reason=Reason.OUTSIDE_LIMITS, act="chain.begin"))
    if kind not in ChainKind.values or not (plan_key and subject_kind and str(subject_id)):
        raise Invalid({"kind": _("Choose one of the values.")})
    run = begin_run(
        actor=actor,
        kind=kind,
        plan_key=plan_key,
        subject_kind=subject_kind,
        subject_id=subject_id,
    )
    if run is not None:
        _append(
            actor,
            "chain.begin",
            plan_key=plan_key,
            subject=f"chain_run:{run.pk}",
            effects={"chain": run.chain_id, "subject": f"{subject_kind}:{subject_id}"},
        )
    return run


@transaction.atomic
def pass_step(*, actor: Actor, run: ChainRun, step: ChainStep, note: str = "") -> ChainPass:
    """Pass one of the current steps. NotVisible, Refused (not the one named), Conflict."""
    run, step = _current(actor, "chain.pass", run, step)
    made = _write(actor, run, step, note=note)
    _append(
        actor,
        "chain.pass",
        plan_key=run.plan_key,
        subject=f"chain_run:{run.pk}",
        effects={"step": step.pk, "note": canonical.digest(made.note)},
    )
    return made


@transaction.atomic
def send_back(
    *, actor: Actor, run: ChainRun, step: ChainStep, note: str, back_to: int = 1
) -> ChainPass:
    """At a current step, send the subject back to an earlier position, saying why.

    Everything from that position on is to be passed again. NotVisible, Refused, Conflict, Invalid.
    """
    run, step = _current(actor, "chain.send_back", run, step)
    if not note.strip():
        raise Invalid({"note": _("Give the reason.")})
    if not 1 <= back_to < max(step.position, 2):
        raise Invalid({"back_to": _("Choose an earlier step.")})
    made = _write(actor, run, step, note=note, back_to=back_to)
    _append(
        actor,
        "chain.send_back",
        plan_key=run.plan_key,
        subject=f"chain_run:{run.pk}",
        effects={"step": step.pk, "back_to": back_to, "note": canonical.digest(made.note)},
    )
    return made


def _current(actor: Actor, act: str, run: ChainRun, step: ChainStep) -> tuple[ChainRun, ChainStep]:
    """The run, locked against a second pass at once, and the step if it is the actor's turn."""
    run = get_run(actor=actor, pk=run.pk)
    # Rows that are only ever added cannot be locked by the application: its party's row stands in.
    Jurisdiction.objects.select_for_update(no_key=True).only("pk").get(pk=actor.jurisdiction)
    require_keep(actor=actor, act=act, is_own=True)
    found = next((one for one in current_step(run) if one.pk == step.pk), None)
    if found is None:
        raise Conflict(_("This step is not the next one: somebody passed it, or sent it back."))
    named = actor.user_id in found.user_ids or (actor.role and found.role == actor.role.value)
    if not named:
        roles = frozenset({Role(found.role)}) if found.role else frozenset()
        raise Refused(Verdict(allowed=False, reason=Reason.WRONG_ROLE, act=act, holders=roles))
    return run, found


def _write(
    actor: Actor, run: ChainRun, step: ChainStep, *, note: str, back_to: int | None = None
) -> ChainPass:
    return ChainPass.objects.create(
        run=run,
        step=step,
        mandate_id=actor.mandate,
        back_to=back_to,
        note=note.strip(),
        at=clock.now(),
    )


def _append(
    actor: Actor, act: str, *, plan_key: str, subject: str, effects: Mapping[str, object]
) -> None:
    """Into the chain of the record that belongs to the inside of the jurisdiction."""
    record.append(
        chain=record.inside_chain(code=actor.jurisdiction, key=plan_key),
        actor=actor,
        act=act,
        subject=subject,
        effects=effects,
    )
