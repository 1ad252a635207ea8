"""The joint office's own text blocks. Those of the whole site are the administrators'."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation import steps
from consult.phase2_preparation.enums import DispositionOutcome
from consult.phase2_preparation.models import TextBlock
from consult.phase2_preparation.rules import require
from consult.phase2_preparation.steps.blocks import BlockText
from plans.register.models import Plan
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Invalid, NotVisible


@transaction.atomic
def add_block(*, actor: Actor, plan: Plan, text: BlockText) -> TextBlock:
    """Keep a customary reason for a plan. Refused, Invalid."""
    require("text_block.add", actor=actor, plan=plan)
    _check(text)
    block = steps.keep_block(plan=plan, text=text)
    _append(actor, plan, "text_block.add", block.pk, block)
    return block


@transaction.atomic
def edit_block(*, actor: Actor, plan: Plan, block: TextBlock, text: BlockText) -> TextBlock:
    """Change a text block of the plan; reasons written with it stay as they are."""
    require("text_block.edit", actor=actor, plan=plan)
    _own(block, plan)
    _check(text)
    steps.change_block(block=block, text=text)
    _append(actor, plan, "text_block.edit", block.pk, block)
    return block


@transaction.atomic
def remove_block(*, actor: Actor, plan: Plan, block: TextBlock) -> None:
    """Drop a text block of the plan; reasons written with it stay as they are."""
    require("text_block.remove", actor=actor, plan=plan)
    _own(block, plan)
    pk = block.pk
    if not steps.drop_block(block=block):
        raise NotVisible
    _append(actor, plan, "text_block.remove", pk, block)


def _own(block: TextBlock, plan: Plan) -> None:
    if block.plan_id != plan.pk:
        raise NotVisible


def _check(text: BlockText) -> None:
    if not text.title.strip():
        raise Invalid({"title": _("Give it a title.")})
    if not (text.text_zh.strip() or text.text_en.strip()):
        raise Invalid({"text_zh": _("Say it in words.")})
    if text.outcome and text.outcome not in DispositionOutcome.values:
        raise Invalid({"outcome": _("Choose one of the values.")})


def _append(actor: Actor, plan: Plan, act: str, pk: int, block: TextBlock) -> None:
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act,
        subject=f"plan:{plan.key}",
        effects={
            "block": pk,
            "content": canonical.digest_of(
                [block.title, block.outcome, block.text_zh, block.text_en]
            ),
        },
    )
