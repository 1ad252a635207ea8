"""Written opinions of consulted neighbours, filed and answered by the joint office."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import NeighbourResult
from consult.phase2_preparation.models import NeighbourAnswer, NeighbourOpinion
from consult.phase2_preparation.queries.neighbours import consulted
from consult.phase2_preparation.rules import require
from consult.phase2_preparation.steps import Letter
from consult.phase2_preparation.steps.papers import answer_opinion, file_opinion
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, NotVisible


@transaction.atomic
def file_neighbour_opinion(
    *, actor: Actor, plan: Plan, code: str, result: str, letter: Letter, text: str = ""
) -> NeighbourOpinion:
    """File what a consulted neighbour wrote, or that it did not answer in time. Refused, Invalid."""
    require("neighbour.file", actor=actor, plan=plan)
    if code not in {unit.code for unit in consulted(plan)}:
        raise Invalid({"code": _("Choose a consulted neighbour of this plan.")})
    if result not in NeighbourResult.values:
        raise Invalid({"result": _("Choose one of the values.")})
    if result != NeighbourResult.LAPSED and not letter.number.strip():
        raise Invalid({"letter_number": _("A written opinion has a letter number.")})
    if result == NeighbourResult.OPINIONS and not text.strip():
        raise Invalid({"text": _("Say it in words.")})
    plan = lock_plan(plan)
    row = file_opinion(plan=plan, code=code, actor=actor, result=result, text=text, letter=letter)
    effects = {
        "opinion": row.pk,
        "result": result,
        "letter": canonical.digest_of([row.letter_number, row.issuer]),
        "text": canonical.digest(row.text),
        "file": letter.file.sha256 if letter.file else None,
    }
    _append(actor, plan, "neighbour.file", code, effects)
    return row


@transaction.atomic
def answer_neighbour_opinion(
    *, actor: Actor, plan: Plan, opinion: NeighbourOpinion, text: str, letter: Letter
) -> NeighbourAnswer:
    """Answer a written opinion. Refused; Invalid without text; Conflict where none is asked for."""
    require("neighbour.answer", actor=actor, plan=plan)
    if opinion.plan_id != plan.pk:
        raise NotVisible
    if not text.strip():
        raise Invalid({"text": _("Say it in words.")})
    if opinion.result != NeighbourResult.OPINIONS:
        raise Conflict(_("This opinion asks for no answer."))
    plan = lock_plan(plan)
    row = answer_opinion(opinion=opinion, actor=actor, text=text, letter=letter)
    effects = {
        "opinion": opinion.pk,
        "answer": row.pk,
        "letter": canonical.digest(row.letter_number),
        "text": canonical.digest(row.text),
    }
    _append(actor, plan, "neighbour.answer", opinion.jurisdiction_id, effects)
    return row


def _append(actor: Actor, plan: Plan, act: str, code: str, effects: dict[str, object]) -> None:
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act,
        subject=f"jurisdiction:{code}",
        effects=effects,
    )
