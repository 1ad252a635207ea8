"""The checklist of a plan: papers filed, said not to be needed, and that confirmed by another party."""

from collections.abc import Mapping

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.checklists import PAPERS, By, Paper
from consult.phase2_preparation.checks import check_issue, document_digest
from consult.phase2_preparation.models import PaperConfirmation, PaperEntry
from consult.phase2_preparation.queries.checklists import newest_entries
from consult.phase2_preparation.rules import ACTS, require
from consult.phase2_preparation.steps.papers import (
    Issue,
    Signed,
    confirm_paper,
    file_paper,
    waive_paper,
)
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.files.models import StoredFile
from stakeholders.notices.steps import notify
from stakeholders.people.queries import people_of
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason, Verdict


@transaction.atomic
def file_checklist_paper(
    *,
    actor: Actor,
    plan: Plan,
    paper: str,
    issue: Issue,
    signed: Signed | None = None,
    file: StoredFile | None = None,
) -> PaperEntry:
    """File a paper with its number, date and issuer; a collective opinion with chair and signers.

    Refused; NotVisible for an unknown paper; Invalid. A newer entry takes the older one's place.
    """
    require("paper.file", actor=actor, plan=plan)
    known = _paper(paper)
    check_issue(issue)
    signed = signed or Signed()
    if known.is_collective:
        _check_signed(signed)
    plan = lock_plan(plan)
    row = file_paper(plan=plan, paper=paper, actor=actor, issue=issue, signed=signed, file=file)
    effects = {
        "entry": row.pk,
        "document": document_digest(issue),
        "signed": canonical.digest_of([row.chair, row.signers]) if known.is_collective else None,
        "file": file.sha256 if file else None,
    }
    _append(actor, plan, "paper.file", paper, effects)
    return row


@transaction.atomic
def waive_checklist_paper(*, actor: Actor, plan: Plan, paper: str, reason: str) -> PaperEntry:
    """Say that the plan does not need a paper; it counts once another party confirms it.

    Refused; NotVisible for an unknown paper; Invalid without a reason.
    """
    require("paper.waive", actor=actor, plan=plan)
    _paper(paper)
    if not reason.strip():
        raise Invalid({"reason": _("Give the reason.")})
    plan = lock_plan(plan)
    row = waive_paper(plan=plan, paper=paper, actor=actor, reason=reason)
    _ask(plan, row)
    effects = {"entry": row.pk, "reason": canonical.digest(row.reason)}
    _append(actor, plan, "paper.waive", paper, effects)
    return row


@transaction.atomic
def confirm_checklist_paper(
    *, actor: Actor, plan: Plan, entry: PaperEntry, agrees: bool, reason: str = ""
) -> PaperConfirmation:
    """Say for another party whether the paper is indeed not needed.

    Refused, also for the jurisdiction that said it; Invalid for a no without its reason; Conflict
    where it was answered, or something newer was entered.
    """
    require("paper.confirm", actor=actor, plan=plan)
    if actor.jurisdiction_code in (None, entry.mandate.jurisdiction_id):
        holders = ACTS["paper.confirm"].roles
        raise Refused(
            Verdict(allowed=False, reason=Reason.NOT_YOURS, act="paper.confirm", holders=holders),
            text=_("Another party has to confirm this."),
        )
    if not agrees and not reason.strip():
        raise Invalid({"reason": _("Give the reason.")})
    plan = lock_plan(plan)
    newest = newest_entries([plan.pk]).get(plan.pk, {}).get(entry.paper)
    if newest is None or newest.pk != entry.pk or not newest.is_waiver:
        raise Conflict(_("Something newer was entered for this paper: read it first."))
    if hasattr(newest, "confirmation"):
        raise Conflict(_("A party has answered this already."))
    row = confirm_paper(entry=newest, actor=actor, agrees=agrees, reason=reason)
    effects = {
        "entry": entry.pk,
        "agrees": agrees,
        "reason": canonical.digest(row.reason) if row.reason else None,
    }
    _append(actor, plan, "paper.confirm", entry.paper, effects)
    return row


def _paper(key: str) -> Paper:
    found = PAPERS.get(key)
    if found is None:
        raise NotVisible
    if found.by is By.NEIGHBOURS:
        raise Conflict(_("This paper comes about by the opinions of the neighbours themselves."))
    return found


def _check_signed(signed: Signed) -> None:
    given = {"chair": signed.chair.strip(), "signers": signed.signers.strip()}
    missing = {name: _("Fill this in.") for name, value in given.items() if not value}
    if missing:
        raise Invalid(missing)


def _ask(plan: Plan, row: PaperEntry) -> None:
    """Tell the contact points of the co-making parties that may confirm."""
    codes = set(plan.parties.co_makers().values_list("jurisdiction_id", flat=True))
    codes.discard(row.mandate.jurisdiction_id or "")
    people = people_of(codes=codes, roles=[Role.CONTACT_POINT], at=clock.now(), plan_key=plan.key)
    notify(
        people={pk for ids in people.values() for pk in ids},
        kind="paper.waive",
        title=format_lazy(
            _("A paper of the checklist is said not to be needed: {paper}. Does your party agree?"),
            paper=PAPERS[row.paper].name,
        ),
        url=reverse("preparation:checklist", args=[plan.key]),
        key=f"paper.waive:{row.pk}",
        plan_key=plan.key,
    )


def _append(actor: Actor, plan: Plan, act: str, paper: str, effects: Mapping[str, object]) -> None:
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act,
        subject=f"paper:{paper}",
        effects=effects,
    )
