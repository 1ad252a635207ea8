"""How far plans are on the way up and back: the facts of `procedure`, over many plans at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime

from consult.approval.enums import LetterKind
from consult.approval.models import ApprovalLetter
from consult.approval.procedure import (
    APPROVING,
    Facts,
    LetterFact,
    Step,
    reply_to,
    steps_of,
    submission_of,
)
from consult.approval.queries.letters import approved_after, heads_of
from consult.ballots.models import Elector
from consult.phase3_identification.models import CommonStatement, Signature
from consult.phase3_identification.queries import passed_statements
from plans.register.enums import CO_MAKING, PartyRole, Stage
from plans.register.models import Party, Plan, Revision
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.jurisdictions.queries import calendars
from stakeholders.terms import clock
from stakeholders.terms.errors import NotVisible

INSIDE = (*CO_MAKING, PartyRole.UPPER)  # who sees the letters


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A plan after its sign-off. `rows` are the letters that count under the present statement,
    by the pk of each; `parties` code -> role; `unsigned` who has still to sign."""

    plan: Plan
    statement: CommonStatement | None
    facts: Facts
    rows: Mapping[int, ApprovalLetter]
    parties: Mapping[str, str]
    unsigned: tuple[str, ...]
    approved: Revision | None

    @property
    def steps(self) -> list[Step]:
        return steps_of(self.facts)

    @property
    def submission(self) -> LetterFact | None:
        return submission_of(self.facts.letters)

    @property
    def reply(self) -> LetterFact | None:
        return reply_to(self.facts.letters, self.submission)

    @property
    def is_approved(self) -> bool:
        return self.reply is not None and self.reply.outcome in APPROVING

    @property
    def insiders(self) -> list[str]:
        return sorted(code for code, role in self.parties.items() if role in INSIDE)


def standing_of(plan: Plan) -> Standing:
    """One plan, which the caller has loaded. Unscoped."""
    return standings_of([plan])[plan.pk]


def standings_of(plans: Sequence[Plan]) -> dict[int, Standing]:
    """The same over many plans: a fixed number of queries."""
    today = localtime(clock.now()).date()
    statements = {row.sign_off.plan_id: row for row in _statements(plans)}
    electors, signed = _signing(statements.values())
    letters = _letters(statements.values())
    parties = _parties(plans)
    approved = _approved(plans)
    parents, levels = _units(
        {code for of_plan in parties.values() for code in of_plan}
        | {code for rows in letters.values() for row in rows for code in row.addressees}
    )
    known = calendars()
    found = {}
    for plan in plans:
        statement = statements.get(plan.pk)
        own = parties.get(plan.pk, {})
        pk = statement.pk if statement else 0
        missing = sorted(electors.get(pk, set()) - signed.get(pk, {}).keys())
        counted = _counted(letters.get(pk, []))
        replies = [row for row in counted.values() if row.kind == LetterKind.REPLY]
        text = approved_after(replies[-1], approved.get(plan.pk, [])) if replies else None
        facts = Facts(
            kind=plan.kind,
            parties=tuple(sorted(code for code, (_role, signs) in own.items() if signs)),
            parents=parents,
            levels=levels,
            has_statement=statement is not None,
            signed_on=None if missing else max(signed.get(pk, {}).values(), default=None),
            letters=_facts_of(letters.get(pk, []), counted),
            approved_on=localtime(text.published_at).date() if text else None,
            today=today,
            calendars=known,
        )
        found[plan.pk] = Standing(
            plan=plan,
            statement=statement,
            facts=facts,
            rows=counted,
            parties={code: role for code, (role, _signs) in own.items()},
            unsigned=tuple(missing),
            approved=text,
        )
    return found


def history_of(plan: Plan) -> list[ApprovalLetter]:
    """Every letter of a plan, under whatever statement, also those that were corrected; newest
    first. Unscoped, constant queries."""
    rows = ApprovalLetter.objects.filter(plan=plan).select_related(
        "plan", "file", "reply", "corrected_by", "corrects", "mandate__user", "revision"
    )
    return list(rows.order_by("-pk"))


def get_letter(plan: Plan, *, pk: int) -> ApprovalLetter:
    """A letter of the plan. NotVisible for one that is not there. Unscoped."""
    rows = ApprovalLetter.objects.filter(plan=plan, pk=pk)
    found = rows.select_related("file", "statement", "corrected_by").first()
    if found is None:
        raise NotVisible
    return found


def _statements(plans: Sequence[Plan]) -> list[CommonStatement]:
    """Without the canonical text, which is as long as the plan."""
    rows = passed_statements(plans).select_related("revision")
    return list(rows.defer("content", "revision__manifest"))


def _signing(
    statements: Iterable[CommonStatement],
) -> tuple[dict[int, set[str]], dict[int, dict[str, date]]]:
    """By statement: who has to sign, and who has, on which day (of its letter, else of the act)."""
    by_sign_off = {row.sign_off_id: row.pk for row in statements}
    pairs = Elector.objects.filter(
        ballot__sign_off_ballot__sign_off__in=by_sign_off, end__isnull=True
    ).order_by()
    electors: dict[int, set[str]] = {}
    sign_off = "ballot__sign_off_ballot__sign_off"
    for pk, code in pairs.values_list(sign_off, "jurisdiction_id").distinct():
        electors.setdefault(by_sign_off[pk], set()).add(str(code))
    signed: dict[int, dict[str, date]] = {}
    for row in Signature.objects.filter(statement__in=by_sign_off.values()):
        day = row.letter_on or localtime(row.at).date()
        signed.setdefault(row.statement_id, {})[str(row.jurisdiction_id)] = day
    return electors, signed


def _letters(statements: Iterable[CommonStatement]) -> dict[int, list[ApprovalLetter]]:
    found: dict[int, list[ApprovalLetter]] = {}
    rows = ApprovalLetter.objects.filter(statement__in=[row.pk for row in statements])
    for row in rows.select_related("file", "reply", "mandate__user").order_by("pk"):
        found.setdefault(row.statement_id, []).append(row)
    return found


def _counted(rows: Sequence[ApprovalLetter]) -> dict[int, ApprovalLetter]:
    """The letters that count, each in the place of the one it first corrected."""
    newest = {row.pk: row for row in rows}
    return {head: newest[head] for head in dict.fromkeys(heads_of(rows).values())}


def _facts_of(
    rows: Sequence[ApprovalLetter], counted: Mapping[int, ApprovalLetter]
) -> tuple[LetterFact, ...]:
    heads = heads_of(rows)
    return tuple(
        LetterFact(
            pk=row.pk,
            kind=row.kind,
            dated_on=row.dated_on,
            senders=tuple(row.senders),
            addressees=tuple(row.addressees),
            due_on=row.due_on,
            answers=heads.get(row.answers_id) if row.answers_id else None,
            outcome=row.reply.outcome if hasattr(row, "reply") else "",
        )
        for row in counted.values()
    )


def _parties(plans: Sequence[Plan]) -> dict[int, dict[str, tuple[str, bool]]]:
    """Plan -> code -> its role and whether it is one of those that make the plan and must sign."""
    found: dict[int, dict[str, tuple[str, bool]]] = {}
    rows = Party.objects.filter(plan__in=[plan.pk for plan in plans], left_at__isnull=True)
    for row in rows:
        signs = row.must_sign and row.role in CO_MAKING
        found.setdefault(row.plan_id, {})[str(row.jurisdiction_id)] = (row.role, signs)
    return found


def _units(codes: Iterable[str]) -> tuple[dict[str, str | None], dict[str, str]]:
    """The superior and the level of each unit and of all above it. Two queries."""
    paths = Jurisdiction.objects.filter(pk__in=set(codes)).values_list("path", flat=True)
    wanted = {code for path in paths for code in path.split("/") if code}
    rows = list(
        Jurisdiction.objects.filter(pk__in=wanted).values_list("code", "parent_id", "level")
    )
    return {code: above for code, above, _l in rows}, {code: level for code, _a, level in rows}


def _approved(plans: Sequence[Plan]) -> dict[int, list[Revision]]:
    found: dict[int, list[Revision]] = {}
    rows = Revision.objects.filter(plan__in=[plan.pk for plan in plans], stage=Stage.APPROVED)
    for row in rows.defer("manifest").order_by("pk"):
        found.setdefault(row.plan_id, []).append(row)
    return found
