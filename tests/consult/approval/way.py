"""A plan whose common statement all parties signed, and letters by the real acts."""

from datetime import date, timedelta

from django.utils.timezone import localtime

from consult.approval.actions.going_up import submit_plan
from consult.approval.dossier_lines import ITEMS
from consult.approval.enums import LetterKind, ReplyOutcome
from consult.approval.models import ApprovalLetter, ApprovalReply, DossierArrangement
from consult.approval.queries.standing import standing_of
from consult.approval.steps.letters import LetterText, write_letter
from consult.phase3_identification.actions import close_sign_off, sign_statement
from plans.register.enums import PartyRole, Stage
from plans.register.models import Plan, Revision
from plans.register.steps import add_party
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, Role
from tests.consult.phase3_identification.story import (
    COUNTIES,
    PROVINCES,
    Story,
    laid_under_charter,
    tell,
)
from tests.world import JIASHAN, KUNSHAN, QINGPU, SHANGHAI, WUJIANG, World

SUZHOU, JIAXING = "320500", "330400"
REQUEST = "青吴嘉联报〔2026〕1号"
COPY = {"key": "copy", "zh": "其他", "en": "Other", "is_required": False}


def today(days: int = 0) -> date:
    return localtime(clock.now()).date() + timedelta(days=days)


def without_papers(plan: Plan, actor: Actor) -> None:
    """The authority asks for none of the usual papers."""
    lines = [
        {"key": key, "zh": "", "en": "", "is_required": False, "left_out": "另行报送"}
        for key in ITEMS
    ]
    DossierArrangement.objects.create(
        plan=plan,
        lines=canonical.canonical([*lines, COPY]),
        mandate_id=actor.mandate_id or 0,
        at=clock.now(),
    )


@laid_under_charter
def agreed(world: World, *, items: int = 2) -> Story:
    """The sign-off has passed, nobody has signed; both prefectures and a neighbour look on."""
    story = tell(world, items=items)
    for code in (SUZHOU, JIAXING):
        add_party(plan=story.plan, code=code, role=PartyRole.UPPER, must_sign=False)
    add_party(plan=story.plan, code=KUNSHAN, role=PartyRole.NEIGHBOUR, must_sign=False)
    for code in (SUZHOU, JIAXING, KUNSHAN, *PROVINCES):
        world.mandate(code, Role.CONTACT_POINT)
    story.open()
    for code in COUNTIES:
        story.say(code)
    close_sign_off(actor=story.coordinator, plan=story.plan)
    return story


@laid_under_charter
def signed(world: World, *, items: int = 2) -> Story:
    """All have signed; the dossier asks for nothing."""
    story = agreed(world, items=items)
    for code in COUNTIES:
        sign_statement(actor=story.actor(code), plan=story.plan)
    without_papers(story.plan, story.coordinator)
    story.plan.refresh_from_db()
    return story


def request_text(**changes: object) -> LetterText:
    given: dict[str, object] = {
        "dated_on": today(),
        "number": REQUEST,
        "senders": [QINGPU, WUJIANG, JIASHAN],
        "addressees": PROVINCES,
    }
    return LetterText(**{**given, **changes})


@laid_under_charter
def submitted(world: World) -> tuple[Story, ApprovalLetter]:
    story = signed(world)
    return story, submit_plan(actor=story.coordinator, plan=story.plan, said=request_text())


def reply(
    story: Story, outcome: ReplyOutcome = ReplyOutcome.APPROVED, *, on: date | None = None
) -> ApprovalLetter:
    """The reply to the request, as its own act writes it."""
    standing = standing_of(story.plan)
    request = standing.rows[standing.submission.pk]
    letter = write_letter(
        plan=story.plan,
        statement=request.statement,
        revision=request.revision,
        actor=story.coordinator,
        kind=LetterKind.REPLY.value,
        said=LetterText(
            dated_on=on or today(),
            number="沪苏浙联批〔2026〕2号",
            senders=[SHANGHAI],
            addressees=request.senders,
        ),
        answers=request,
    )
    ApprovalReply.objects.create(letter=letter, outcome=outcome.value)
    return letter


def approved_text(story: Story) -> Revision:
    """The text published as the reply changed it."""
    last = story.plan.revisions.order_by("-number").first()
    return Revision.objects.create(
        plan=story.plan,
        number=last.number + 1,
        stage=Stage.APPROVED,
        manifest=last.manifest,
        hash=canonical.digest(f"{last.number + 1}"),
        published_at=clock.now(),
    )
