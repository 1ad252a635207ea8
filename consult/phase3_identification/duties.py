"""Who owes what in the sign-off, over many plans in a fixed number of queries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from consult.ballots.duties import Seconding, seconds_owed
from consult.ballots.enums import Outcome
from consult.ballots.models import Elector, TwoPersonProposal
from consult.phase3_identification.models import CommonStatement, Signature, SignOff, SignOffEnd
from consult.phase3_identification.preparing import inside_duties
from consult.phase3_identification.queries import (
    ConditionLine,
    lines_of,
    newest_answers,
    newest_statements,
    open_sign_offs,
    parties_of_parts,
    renewal_counts,
    waiting_parts,
    waiting_requests,
)
from consult.phase3_identification.queries.conditions import MET, REPORTED
from consult.phase3_identification.queries.life import CLOSE
from consult.phase3_identification.queries.overrides import ACT as OVERRIDE
from plans.register.models import Plan
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Duty

REPORT = _("Report a condition of an agreement in principle as met")
CONFIRM = _("Say whether the condition of your agreement is met")
SPEAKERS = frozenset({Role.SIGNATORY.value, Role.CONTACT_POINT.value})
SIGNATORY = frozenset({Role.SIGNATORY.value})
COORDINATOR = frozenset({Role.COORDINATOR.value})


def _confirm_page(name: str) -> Callable[[TwoPersonProposal], str]:
    return lambda row: reverse(f"identification:{name}", args=[row.plan.key])


SECONDINGS: Mapping[str, Seconding] = {
    CLOSE: Seconding(
        title=_("Confirm the close of the sign-off as the second person"),
        url=_confirm_page("confirm_close"),
        roles=COORDINATOR,
    ),
    OVERRIDE: Seconding(
        title=_("Confirm or refuse an override as the signatory"),
        url=_confirm_page("overrides"),
        roles=SIGNATORY,
    ),
    "position.take": Seconding(
        title=_("Confirm the position that another person has prepared"),
        url=_confirm_page("second"),
        roles=SIGNATORY,
    ),
}


def duties(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """Take a stand, renew stale consent, sign the statement (parties); close, answer requests to
    reopen, open another (joint office); report and confirm conditions; confirm as the second
    person.

    A signed statement or a plan past phase 3 owes nothing more. What a party does inside before its
    position comes from `preparing`. The same number of queries for any number of plans.
    """
    in_phase = {plan.pk: plan for plan in plans if plan.phase == 3}
    if not in_phase:
        return []
    opened = list(open_sign_offs(in_phase.values()))
    return [
        *_stands(opened, in_phase, now),
        *_answers(opened, in_phase),
        *seconds_owed(plans=[row.plan for row in opened], acts=SECONDINGS, now=now),
        *_conditions(opened, in_phase, now),
        *_openings(opened, in_phase),
        *_signed_for(in_phase),
    ]


def _answers(opened: Sequence[SignOff], plans: dict[int, Plan]) -> list[Duty]:
    """The joint office answers each request to reopen."""
    if not opened:
        return []
    title = _("Answer the request of {party} to reopen articles")
    return [
        Duty(
            kind="reopening.answer",
            plan_id=row.sign_off.plan_id,
            subject_id=row.pk,
            title=format_lazy(title, party=row.jurisdiction),
            url=reverse("identification:reopenings", args=[plans[row.sign_off.plan_id].key]),
            roles=COORDINATOR,
            since=row.at,
        )
        for row in waiting_requests(opened)
    ]


def _openings(opened: Sequence[SignOff], plans: dict[int, Plan]) -> list[Duty]:
    """The joint office opens another sign-off after one that left nothing to sign."""
    running = {row.plan_id for row in opened}
    wanted = [pk for pk, plan in plans.items() if plan.frozen_id and pk not in running]
    rows = SignOffEnd.objects.filter(sign_off__plan__in=wanted) if wanted else []
    newest: dict[int, SignOffEnd] = {}
    for row in rows and rows.order_by("sign_off_id").select_related("sign_off"):
        newest[row.sign_off.plan_id] = row
    return [
        Duty(
            kind="sign_off.open",
            plan_id=pk,
            subject_id=row.sign_off_id,
            title=_("Open another sign-off, or take the text back to preparation"),
            url=reverse("identification:open", args=[plans[pk].key]),
            roles=COORDINATOR,
            since=row.at,
        )
        for pk, row in newest.items()
        if row.outcome != Outcome.PASSED.value
    ]


def _stands(opened: Sequence[SignOff], plans: dict[int, Plan], now: datetime) -> list[Duty]:
    electors = _electors(opened)
    spoken = newest_answers(opened)
    stale = renewal_counts(opened)
    owed: list[Duty] = []
    inside: list[tuple[SignOff, str]] = []
    for sign_off in opened:
        plan = plans[sign_off.plan_id]
        silent = False
        is_past = sign_off.closes_at is not None and now >= sign_off.closes_at
        for code in sorted(electors.get(sign_off.pk, ())):
            is_silent = (sign_off.pk, code) not in spoken
            silent |= is_silent
            count = stale.get((sign_off.pk, code), 0)
            if plan.frozen_id and not is_past and (is_silent or count):
                owed.append(_stand(plan, sign_off, code, 0 if is_silent else count))
                inside.append((sign_off, code))
        if is_past or not silent:
            owed.append(_close(plan, sign_off, is_past=is_past))
    return owed + inside_duties(owed=inside, plans=plans)


def _stand(plan: Plan, sign_off: SignOff, code: str, stale: int) -> Duty:
    renew = ngettext_lazy(
        "Renew consent on {count} changed item", "Renew consent on {count} changed items", stale
    )
    if sign_off.is_sealed:
        renew = ngettext_lazy(
            "Confirm your position on {count} changed item",
            "Confirm your position on {count} changed items",
            stale,
        )
    title = format_lazy(renew, count=stale) if stale else _("Take a position in the sign-off")
    return Duty(
        kind="position.renew" if stale else "position.take",
        plan_id=plan.pk,
        subject_id=sign_off.pk,
        title=title,
        url=reverse(f"identification:{'renew' if stale else 'leader'}", args=[plan.key]),
        due_at=sign_off.closes_at,
        holder_code=code,
        roles=SIGNATORY,
        since=_asked_at(sign_off),
    )


def _asked_at(sign_off: SignOff) -> datetime:
    """When the wording now frozen was put before the parties."""
    frozen = sign_off.plan.frozen
    frozen_at = frozen.published_at if frozen else sign_off.opened_at
    return max(sign_off.opened_at, frozen_at)


def _close(plan: Plan, sign_off: SignOff, *, is_past: bool) -> Duty:
    """Held by the joint office: whoever coordinates the plan, so no jurisdiction is named."""
    return Duty(
        kind="sign_off.close",
        plan_id=plan.pk,
        subject_id=sign_off.pk,
        title=_("Close the sign-off"),
        url=reverse("identification:close", args=[plan.key]),
        due_at=sign_off.closes_at,
        since=sign_off.closes_at if is_past else None,
        roles=COORDINATOR,
    )


def _conditions(opened: Sequence[SignOff], plans: dict[int, Plan], now: datetime) -> list[Duty]:
    """Who is named reports, who asked confirms. Of a sealed sign-off nothing before its hour, and
    after the hour nothing is taken any more."""
    running = [s for s in opened if s.closes_at is None or now < s.closes_at]
    lines = lines_of([s for s in running if not s.is_sealed])
    return [
        _condition(line, plans[line.condition.declaration.sign_off.plan_id])
        for line in lines
        if line.state != MET
    ]


def _condition(line: ConditionLine, plan: Plan) -> Duty:
    condition = line.condition
    is_reported = line.state == REPORTED
    code = line.holder if is_reported else condition.by_id
    due = condition.due_on if not is_reported else None
    return Duty(
        kind="condition.confirm" if is_reported else "condition.report",
        plan_id=plan.pk,
        subject_id=condition.pk,
        title=CONFIRM if is_reported else REPORT,
        url=reverse("identification:condition", args=[plan.key, condition.pk]),
        due_at=end_of(due) if due else condition.declaration.sign_off.closes_at,
        since=line.since,
        holder_code=str(code) if code else None,
        roles=SPEAKERS if code else COORDINATOR,
    )


def end_of(day: date) -> datetime:
    """The end of the office day."""
    return make_aware(datetime.combine(day, time(17, 0)))


def _electors(opened: Iterable[SignOff]) -> dict[int, set[str]]:
    rows = Elector.objects.filter(
        ballot__sign_off_ballot__sign_off__in=[s.pk for s in opened], end__isnull=True
    )
    found: dict[int, set[str]] = {}
    pairs = rows.order_by().values_list("ballot__sign_off_ballot__sign_off", "jurisdiction_id")
    for sign_off, code in pairs.distinct():
        found.setdefault(sign_off, set()).add(str(code))
    return found


def _signed_for(plans: dict[int, Plan]) -> list[Duty]:
    """The signatures under statements, of the whole and of parts: one query where there is none."""
    found = list(newest_statements(plans.values()).defer("content"))
    whole = [row for row in found if not row.is_part]
    parts = [row for row in waiting_parts(found) if plans[row.sign_off.plan_id].frozen_id]
    return [*_signatures(plans, whole), *_part_signatures(plans, parts)]


def _signatures(plans: dict[int, Plan], statements: Sequence[CommonStatement]) -> list[Duty]:
    if not statements:
        return []
    electors = _electors([row.sign_off for row in statements])
    signed = _signed(statements)
    return [
        Duty(
            kind="statement.sign",
            plan_id=row.sign_off.plan_id,
            subject_id=row.pk,
            title=_("Sign the common statement"),
            url=reverse("identification:sign", args=[plans[row.sign_off.plan_id].key]),
            holder_code=code,
            roles=SIGNATORY,
            since=row.at,
        )
        for row in statements
        for code in sorted(electors[row.sign_off_id])
        if (row.pk, code) not in signed
    ]


def _part_signatures(plans: dict[int, Plan], statements: Sequence[CommonStatement]) -> list[Duty]:
    """The statements of parts adopted first, while the text is frozen and until the statement of
    the whole takes their place. Two queries where there is one."""
    if not statements:
        return []
    parties = parties_of_parts(statements)
    signed = _signed(statements)
    return [
        Duty(
            kind="statement.sign",
            plan_id=row.sign_off.plan_id,
            subject_id=row.pk,
            title=_("Sign the statement of a part adopted first"),
            url=reverse("identification:sign_part", args=[plans[row.sign_off.plan_id].key, row.pk]),
            holder_code=code,
            roles=SIGNATORY,
            since=row.at,
        )
        for row in statements
        for code in parties.get(row.pk, ())
        if (row.pk, code) not in signed
    ]


def _signed(statements: Sequence[CommonStatement]) -> set[tuple[int, str]]:
    rows = Signature.objects.filter(statement__in=[row.pk for row in statements])
    return set(rows.values_list("statement_id", "jurisdiction_id"))
