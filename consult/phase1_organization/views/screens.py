"""What the pages of the joint organization show, put together from queries."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from consult.ballots.enums import Outcome
from consult.ballots.models import Ballot
from consult.ballots.queries import electors_of
from consult.ballots.shown import outcome_of, shown
from consult.phase1_organization.base_set import base_ballots, base_set, set_at, shown_to
from consult.phase1_organization.clauses import changes, free_clauses, in_words, party_name
from consult.phase1_organization.enums import BaseState, InvitationState, ItemClass
from consult.phase1_organization.forms.trying import as_posted, question_text
from consult.phase1_organization.gate import blockers
from consult.phase1_organization.governing import governed_by, has_open_sign_off, names_of
from consult.phase1_organization.membership import (
    accession_ballots,
    accessions_of,
    is_open,
    lacking_weights,
    withdrawals_of,
)
from consult.phase1_organization.models import Accession, Charter
from consult.phase1_organization.queries import (
    Asked,
    asked_of_plan,
    ballots_of,
    charter_in_force,
    charters_of,
    co_makers_of,
    without_signatory,
)
from consult.phase1_organization.rules import plan_verdicts
from consult.phase1_organization.sentences import PartyNames
from consult.phase1_organization.trying import Question, questions
from plans.register.enums import Phase
from plans.register.models import Attachment, Party, Plan
from plans.register.queries import base_attachments
from plans.text.rules import sees_draft
from stakeholders.people.enums import RoleName
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text
from stakeholders.terms.rights import Verdict

TONES = {
    InvitationState.OPEN: "info",
    InvitationState.ACCEPTED: "success",
    InvitationState.CONDITIONS: "success",
    InvitationState.OTHER_ROLE: "warning",
    InvitationState.DECLINED: "danger",
    InvitationState.UNCONFIRMED: "warning",
    InvitationState.LAPSED: "neutral",
    InvitationState.REPLACED: "neutral",
}
OUTCOME_WORDS = {
    Outcome.PASSED.value: _("Charter adopted"),
    Outcome.FAILED.value: _("Charter not adopted"),
}
BASE_TONES = {
    BaseState.EMPTY: "neutral",
    BaseState.NOT_PUT: "warning",
    BaseState.OPEN: "info",
    BaseState.REFUSED: "danger",
    BaseState.AGREED: "success",
    BaseState.CHANGED: "stale",
}


@dataclass(frozen=True, kw_only=True)
class PartyRow:
    party: Party
    asked: Asked | None
    lacks_signatory: bool


@dataclass(frozen=True, kw_only=True)
class CharterRow:
    charter: Charter
    ballots: list[Ballot]
    tone: str
    word: Text


def doors(verdicts: Mapping[str, Verdict]) -> dict[str, dict[str, object]]:
    """Act (with `_` for the dot) -> whether it is open to the reader, and to whom it is."""
    return {
        act.replace(".", "_"): {
            "allowed": verdict.allowed,
            "holders": [RoleName(role.value).label for role in sorted(verdict.holders)],
        }
        for act, verdict in verdicts.items()
    }


def organization_screen(*, actor: Actor, plan: Plan) -> dict[str, object]:
    """The room of phase 1: parties, invitations, charters, and what the gate still wants."""
    now = clock.now()
    invitations = asked_of_plan(plan, at=now)
    newest = {one.invitation.jurisdiction_id: one for one in invitations}
    lacking = {party.pk for party in without_signatory([plan], at=now)}
    parties = plan.parties.filter(left_at__isnull=True).select_related("jurisdiction")
    return {
        "plan": plan,
        "parties": [
            PartyRow(
                party=party,
                asked=newest.get(party.jurisdiction_id),
                lacks_signatory=party.pk in lacking,
            )
            for party in parties.defer("jurisdiction__boundary")
        ],
        "invitations": [(one, TONES[one.state]) for one in invitations],
        "charters": charter_rows(plan),
        "in_force": charter_in_force(plan),
        "blockers": blockers(plan=plan) if plan.phase == Phase.ORGANIZATION else [],
        "doors": doors(
            plan_verdicts(actor=actor, plan=plan, is_elector=actor.jurisdiction_code is not None)
        ),
        "is_in_phase": plan.phase == Phase.ORGANIZATION,
        "base": base_line(plan),
        "changes": changes_of(actor=actor, plan=plan),
    }


def changes_of(*, actor: Actor, plan: Plan) -> dict[str, object]:
    """Who leaves and who joins later; three queries."""
    withdrawals = list(withdrawals_of(plan))
    by_number: dict[str, list[Ballot]] = {}
    for ballot in accession_ballots(plan):
        by_number.setdefault(ballot.subject_id, []).append(ballot)
    own = [w for w in withdrawals if not hasattr(w, "end")]
    return {
        "withdrawals": withdrawals,
        "own": next((w for w in own if w.jurisdiction_id == actor.jurisdiction_code), None),
        "accessions": [
            (one, *_accession_state(by_number.get(str(one.number), [])))
            for one in accessions_of(plan)
        ],
    }


def _accession_state(ballots: list[Ballot]) -> tuple[str, Text]:
    return outcome_of(ballots[0]) if ballots else ("neutral", _("Proposed"))


def accession_screen(*, actor: Actor, accession: Accession) -> dict[str, object]:
    """What is proposed, and the ballots on it."""
    plan, code = accession.plan, str(accession.jurisdiction_id)
    ballots = list(accession_ballots(plan, number=accession.number))
    held = shown(ballots, plan=plan, actor=actor, at=clock.now())
    is_elector = actor.jurisdiction_code in held.asked
    return {
        "plan": plan,
        "accession": accession,
        "held": held,
        "is_open": is_open(accession),
        "lacking": lacking_weights(charter_in_force(plan), [code]),
        "doors": doors(plan_verdicts(actor=actor, plan=plan, is_elector=is_elector)),
    }


def charter_rows(plan: Plan) -> list[CharterRow]:
    """Each charter with its ballots; two queries."""
    by_number: dict[str, list[Ballot]] = {}
    for ballot in ballots_of(plan):
        by_number.setdefault(ballot.subject_id, []).append(ballot)
    rows = []
    for charter in charters_of(plan):
        ballots = by_number.get(charter.version, [])
        tone, word = _standing_of(ballots)
        rows.append(CharterRow(charter=charter, ballots=ballots, tone=tone, word=word))
    return rows


def _standing_of(ballots: list[Ballot]) -> tuple[str, Text]:
    return outcome_of(ballots[0], OUTCOME_WORDS) if ballots else ("neutral", _("Proposed"))


def charter_screen(*, actor: Actor, charter: Charter) -> dict[str, object]:
    """One charter: its rules as sentences, its clauses, its ballots with positions."""
    plan = charter.plan
    ballots = list(ballots_of(plan).filter(subject_id=charter.version))
    held = shown(ballots, plan=plan, actor=actor, at=clock.now(), words=OUTCOME_WORDS)
    is_elector = actor.jurisdiction_code in held.asked
    return {
        "plan": plan,
        "charter": charter,
        "content": charter.content,
        **charter_words(charter),
        "held": held,
        "is_newest": charters_of(plan).values_list("pk", flat=True).first() == charter.pk,
        "doors": doors(plan_verdicts(actor=actor, plan=plan, is_elector=is_elector)),
    }


def charter_words(charter: Charter) -> dict[str, object]:
    """What a charter says clause by clause, against the one in force, and what it governs."""
    plan, content = charter.plan, charter.content
    makers = list(co_makers_of(plan))
    names = names_of(makers)
    in_force = charter_in_force(plan)
    is_other = in_force is not None and in_force != charter
    codes = sorted(names)
    asked = questions(codes, item_class=ItemClass.BINDING.value)
    return {
        "in_force": in_force,
        "words": in_words(content, names=names),
        "clauses": free_clauses(content),
        "changes": changes(in_force.content, content, names=names)
        if in_force is not None and is_other
        else None,
        "governs": governed_by(charter),
        "has_open_sign_off": has_open_sign_off(plan),
        "questions": asked_as_links(asked, names=names),
    }


def asked_as_links(asked: list[Question], *, names: PartyNames) -> list[tuple[str, str]]:
    """Quick questions with the query of the address that answers them."""
    spoken = {code: party_name(names, code) for code in names}
    return [(question_text(one, names=spoken), urlencode(as_posted(one.trial))) for one in asked]


def base_line(plan: Plan) -> dict[str, object]:
    """The agreement on base map and base figures in one line, with its tone."""
    found = base_set(plan)
    state = found.state
    return {
        "plan": plan,
        "found": found,
        "state": state.value,
        "word": state.label,
        "tone": BASE_TONES[state],
        "by": "" if found.agreed is None else _agreed_by(found.agreed),
    }


def _agreed_by(ballot: Ballot) -> str:
    names = [str(one.jurisdiction) for one in electors_of([ballot]).get(ballot.pk, [])]
    return pgettext("between names", ", ").join(names)


def base_screen(*, actor: Actor, plan: Plan) -> dict[str, object]:
    """The files, what changed since they were agreed or put, and the ballots on them."""
    ballots = list(base_ballots(plan))
    held = shown(ballots, plan=plan, actor=actor, at=clock.now())
    is_elector = actor.jurisdiction_code in held.asked
    return {
        **base_line(plan),
        "files": _base_files(plan, ballots, sees_draft=sees_draft(actor=actor, plan=plan)),
        "held": held,
        "doors": doors(plan_verdicts(actor=actor, plan=plan, is_elector=is_elector)),
    }


def _base_files(
    plan: Plan, ballots: list[Ballot], *, sees_draft: bool
) -> list[tuple[Attachment, Text]]:
    """The files of now and of the newest ballot, each with what became of it since, if anything."""
    present = base_attachments(plan)
    then = set_at(plan, at=ballots[0].opened_at) if ballots else present
    known, standing_now = {one.pk for one in then}, {one.pk for one in present}
    since: dict[bool, Text] = {True: "", False: _("Added since the ballot")}
    rows = [(one, since[one.pk in known]) for one in shown_to(present, sees_draft=sees_draft)]
    gone = [one for one in then if one.pk not in standing_now]
    word: Text = _("Taken out since the ballot")
    return [*rows, *((one, word) for one in shown_to(gone, sees_draft=sees_draft))]


def acting_label(request: HttpRequest) -> str:
    return str(request.mandate) if request.mandate else ""
