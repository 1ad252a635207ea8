"""Whatever was said: a part adopted first changes no result, and holds only what could not fail."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import product

import pytest
from django.db import transaction

from consult.phase1_organization.content import default_content
from consult.phase3_identification.actions import adopt_part, close_sign_off
from consult.phase3_identification.adopting import Offer, offer
from consult.phase3_identification.board import board
from consult.phase3_identification.queries import frozen_of
from consult.phase3_identification.steps import Stand
from stakeholders.terms import clock
from tests.consult.phase3_identification.story import Story, tell
from tests.world import JIASHAN, QINGPU, SHANGHAI, WUJIANG, World, in_days

CODES = (QINGPU, WUJIANG, JIASHAN, SHANGHAI)
ITEMS = 4  # the third is guiding: two thirds are enough
ANSWERS = (("agree", ""), ("object", "按意见修改"), ("abstain", ""))


class _Undo(Exception):
    """Leaves the block without keeping anything."""


@contextmanager
def undone() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
            raise _Undo
    except _Undo:
        pass


def stand(chance: random.Random, item: str) -> Stand:
    value = chance.choice(["agree", "agree_reserved", "agree_in_principle", "abstain", "object"])
    wording = chance.choice(["", "改为"])
    return Stand(item=item, value=value, text="理由", wording=wording)


def say(story: Story, chance: random.Random, own: dict[str, list[str]]) -> None:
    """Each party of `own` (code -> its items) says something of its own on some of them."""
    for code, items in own.items():
        odd = [item for item in items if chance.random() < 0.3]
        general = "agree" if chance.random() < 0.8 else "abstain"
        story.say(code, general, *(stand(chance, item) for item in odd))


def offered(story: Story) -> Offer:
    state = board(sign_off=story.sign_off, revision=frozen_of(story.plan))
    return offer(plan=story.plan, sign_off=story.sign_off, state=state)


def outcomes(story: Story) -> dict[str, str]:
    """How every item ends when the hour has come."""
    with clock.stated(story.sign_off.closes_at):
        close_sign_off(actor=story.coordinator, plan=story.plan)
    rows = story.sign_off.item_ballots.values_list("item__key", "ballot__end__outcome")
    return dict(rows)


@pytest.mark.parametrize("seed", range(6))
def test_adopting_first_changes_no_result_and_takes_nothing_that_could_fail(
    world: World, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    charter = replace(default_content(), partial_adoption=True)
    story = tell(world, items=ITEMS, parties=CODES[1:], charter=charter)
    # Some items concern two parties only: those can pass while others are silent.
    few = {f"article-{n}": chance.sample(CODES, 2) for n in range(1, ITEMS + 1)}
    for place in story.places:
        place.item.draft.concerned = sorted(few[place.item.key])
        place.item.draft.save(update_fields=["concerned"])
    story.publish()
    story.open(closes_at=in_days(1))
    own = {code: [key for key, codes in few.items() if code in codes] for code in CODES}
    silent = [code for code in chance.sample(CODES, chance.randint(0, 2)) if own[code]]
    spoken = {code: items for code, items in own.items() if items and code not in silent}
    say(story, chance, spoken)
    ready = {one.key: one.mark for one in offered(story).ready}
    for answers in product(ANSWERS, repeat=len(silent)):
        with undone():
            for code, (value, wording) in zip(silent, answers, strict=True):
                text = "理由" if value == "object" else ""
                said = {"value": value, "text": text, "wording": wording}
                story.say(code, "agree", *(Stand(item=item, **said) for item in own[code]))
            ends = outcomes(story)
            assert {ends[key] for key in ready} <= {"passed"}
    with undone():
        plain = outcomes(story)
    if ready:
        picked = chance.sample(sorted(ready), chance.randint(1, len(ready)))
        items = {key: ready[key] for key in picked}
        adopt_part(actor=story.coordinator, plan=story.plan, items=items, reason="先行")
        assert outcomes(story) == plain
