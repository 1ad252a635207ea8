"""The dossier: a document is filed for a line; the lines stand in the order the authority asks."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.approval.arranging import LONGEST_REASON, checked
from consult.approval.models import DossierArrangement, DossierPaper
from consult.approval.queries.arrangements import Arranged, arranged_lines, newest_arrangement
from consult.approval.queries.dossier import dossier_state
from consult.approval.queries.dossier_facts import Names
from consult.approval.rules import ACTS
from consult.approval.steps.dossier import write_arrangement, write_dossier_paper
from consult.phase2_preparation.checks import check_issue, document_digest
from consult.phase2_preparation.steps.papers import Issue
from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.files.models import StoredFile
from stakeholders.notices.steps import notify
from stakeholders.people.queries import people_of
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid, NotVisible


@transaction.atomic
def file_dossier_paper(
    *, actor: Actor, plan: Plan, line: str, issue: Issue, file: StoredFile | None = None
) -> DossierPaper:
    """File a document with its number, date and issuer for a line; the newest counts, older ones
    stay readable. Without a file it is handed up on paper only.

    Refused; NotVisible for an unknown line; Invalid. When nothing required is missing any more the
    parties are told.
    """
    require("dossier.file", ACTS, actor=actor, plan=plan)
    plan = lock_plan(plan)
    lines = arranged_lines(plan.kind, newest_arrangement(plan))
    if line not in {one.key for one in lines}:
        raise NotVisible
    check_issue(issue)
    was_complete = dossier_state(plan).is_complete
    row = write_dossier_paper(plan=plan, line=line, actor=actor, issue=issue, file=file)
    _tell_completed(plan, actor, was_complete=was_complete)
    effects = {
        "paper": row.pk,
        "document": document_digest(issue),
        "file": file.sha256 if file else None,
    }
    _append(actor, plan, "dossier.file", f"dossier:{line}", effects)
    return row


@transaction.atomic
def arrange_dossier(
    *, actor: Actor, plan: Plan, lines: Sequence[Arranged], base: int, reason: str = ""
) -> DossierArrangement:
    """Put the lines in order, add lines of the authority's own (with an empty key), leave some out
    with a reason. `base` is the arrangement the actor has read, 0 for none.

    Refused; Conflict where another order was set meanwhile; Invalid by the key of the line. The
    parties are told when a required line is left out.
    """
    require("dossier.arrange", ACTS, actor=actor, plan=plan)
    if len(reason.strip()) > LONGEST_REASON:
        raise Invalid({"reason": _("A reason has at most 300 characters.")})
    plan = lock_plan(plan)
    newest = newest_arrangement(plan)
    if base != (newest.pk if newest else 0):
        raise Conflict(_("The dossier was arranged anew meanwhile: read it first."))
    former = arranged_lines(plan.kind, newest)
    wanted = checked(former, lines)
    was_complete = dossier_state(plan).is_complete
    row = write_arrangement(plan=plan, actor=actor, lines=wanted, reason=reason)
    _tell_left_out(plan, actor, row, former=former, wanted=wanted)
    _tell_completed(plan, actor, was_complete=was_complete)
    effects = {
        "arrangement": row.pk,
        "lines": canonical.digest(row.lines),
        "left_out": [one.key for one in wanted if one.left_out],
        "reason": canonical.digest(row.reason) if row.reason else None,
    }
    _append(actor, plan, "dossier.arrange", "dossier", effects)
    return row


def _tell_left_out(
    plan: Plan,
    actor: Actor,
    row: DossierArrangement,
    *,
    former: Sequence[Arranged],
    wanted: Sequence[Arranged],
) -> None:
    before = {one.key for one in former if one.left_out}
    for one in wanted:
        if one.left_out and one.is_required and one.key not in before:
            title = format_lazy(
                _("A required paper is left out of the dossier: {name}."),
                name=Names([(one.name_zh, one.name_en)]),
            )
            _tell(plan, actor, "dossier.arrange", title, f"dossier.left_out:{row.pk}:{one.key}")


def _tell_completed(plan: Plan, actor: Actor, *, was_complete: bool) -> None:
    state = dossier_state(plan)
    if was_complete or not state.is_complete or state.statement is None:
        return
    title = format_lazy(
        _("Nothing required is missing from the dossier of {plan} any more."), plan=plan.key
    )
    _tell(plan, actor, "dossier.file", title, f"dossier.complete:{state.statement.pk}")


def _tell(plan: Plan, actor: Actor, kind: str, title: Text, key: str) -> None:
    """Tell the contact points of the co-making parties."""
    codes = set(plan.parties.co_makers().values_list("jurisdiction_id", flat=True))
    people = people_of(codes=codes, roles=[Role.CONTACT_POINT], at=clock.now(), plan_key=plan.key)
    notify(
        people={pk for ids in people.values() for pk in ids} - {actor.user_id},
        kind=kind,
        title=title,
        url=reverse("approval:dossier", args=[plan.key]),
        key=key,
        plan_key=plan.key,
    )


def _append(
    actor: Actor, plan: Plan, act: str, subject: str, effects: Mapping[str, object]
) -> None:
    record.append(
        chain=record.plan_chain(plan.key), actor=actor, act=act, subject=subject, effects=effects
    )
