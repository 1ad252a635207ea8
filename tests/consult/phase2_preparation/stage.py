"""A plan in joint preparation with a published revision, and comments by the ordinary actions."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from consult.phase2_preparation import actions
from consult.phase2_preparation.actions.checklists import file_checklist_paper
from consult.phase2_preparation.models import Comment, CommentDraft, Reply, Round, TextBlock
from consult.phase2_preparation.steps import Letter, Remark
from consult.phase2_preparation.steps.blocks import BlockText
from consult.phase2_preparation.steps.papers import Issue, Signed
from plans.register.enums import PartyRole, Stage
from plans.register.models import Item, Plan, Revision
from plans.register.steps import (
    Place,
    add_party,
    create_item,
    edit_draft,
    publish_revision,
    set_phase,
)
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from tests.laying import laid_once
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World

ASKED = [QINGPU, KUNSHAN, WUJIANG, JIASHAN]
KEYS = ("aim", "water")


def content(text: str) -> dict[str, object]:
    return {"title": {"zh": "标题", "en": "Title"}, "text": {"zh": text, "en": text}}


@dataclass
class Scene:
    world: World
    plan: Plan
    items: dict[str, Item]

    def actor(self, code: str, role: Role = Role.CONTACT_POINT) -> Actor:
        return self.world.actor(code, role)

    @property
    def office(self) -> Actor:
        return self.world.coordinator(self.plan)

    def revise(self, **texts: str) -> Revision:
        """Change the drafts named and publish the next revision."""
        for key, text in texts.items():
            draft = self.items[key].draft
            draft.refresh_from_db()
            edit_draft(
                draft=draft,
                edits=draft.edits,
                actor=self.office,
                changes={"content": content(text)},
            )
        return publish_revision(
            plan=self.plan,
            actor=self.office,
            stage=Stage.CONSULTATION,
            headings=[],
            places=[Place(item=i, number=str(n)) for n, i in enumerate(self.items.values(), 1)],
            changes={},
            charter_version="1",
        )

    def open(self, **options: Any) -> Round:
        return actions.open_round(actor=self.office, plan=self.plan, **options)

    def draft(self, one: Round, code: str, *, item: str = "", text: str = "意见") -> CommentDraft:
        return actions.draft_comment(
            actor=self.actor(code),
            plan=self.plan,
            one=one,
            key=uuid.uuid4(),
            remark=Remark(type="technical", text_zh=text),
            item=self.items[item] if item else None,
        )

    def reply(self, one: Round, code: str, *items: str, **options: Any) -> Reply:
        """Clear one comment per item named and submit them; none named: a nil return."""
        for item in items:
            draft = self.draft(one, code, item=item)
            actions.clear_comment(actor=self.actor(code), plan=self.plan, draft=draft)
        return actions.submit_reply(
            actor=self.actor(code),
            plan=self.plan,
            one=one,
            letter=Letter(number="1"),
            is_nil=not items,
            **options,
        )

    def comment(self, *, outcome: str = "", item: str = "aim", **options: Any) -> Comment:
        """One comment of Wujiang in an open round, with a published disposition if asked for."""
        one = self.open()
        reply = self.reply(one, WUJIANG, item)
        comment = reply.comments.get()
        if outcome:
            self.decide(comment, outcome, **options)
            actions.publish_dispositions(actor=self.office, plan=self.plan)
        return comment

    def block(self, **texts: str) -> TextBlock:
        text = BlockText(**{"title": "常用答复", **texts})
        return actions.add_block(actor=self.office, plan=self.plan, text=text)

    def decide(self, comment: Comment, outcome: str, **options: Any) -> Any:
        return actions.decide_disposition(
            actor=self.office, plan=self.plan, comment=comment, outcome=outcome, **options
        )


@laid_once
def build(world: World, key: str = "QWJ") -> Scene:
    plan = world.plan(key)
    add_party(plan=plan, code=KUNSHAN, role=PartyRole.NEIGHBOUR, must_sign=False)
    for role in (Role.CONTACT_POINT, Role.PLANNER):
        world.mandate(KUNSHAN, role)
    set_phase(plan=plan, phase=2)
    scene = Scene(world=world, plan=plan, items={})
    for name in KEYS:
        scene.items[name] = create_item(
            plan=plan,
            key=name,
            kind="provision",
            content=content(name),
            strength="binding",
            concerned=[QINGPU, WUJIANG, JIASHAN],
            actor=scene.office,
        )
    scene.revise()
    return scene


def file_papers(scene: Scene) -> None:
    """File every paper that the plan's kind asks for as a document."""
    for key in ("expert-opinion", "legal-review", "public-display"):
        file_checklist_paper(
            actor=scene.office,
            plan=scene.plan,
            paper=key,
            issue=Issue(number=f"{key}-1", on=clock.now().date(), issuer="联合办公室"),
            signed=Signed(chair="组长", signers="成员"),
        )


def later(days: int) -> date:
    return (clock.now() + timedelta(days=days)).date()
