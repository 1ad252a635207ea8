"""The cross-border matters of the story, on their way up the ladder."""

from collections.abc import Callable

from consult.demonstration.reading import Row, by_key, split, table
from consult.demonstration.replay.stage import CONTACTS, Scene, Stage
from consult.matters.actions import (
    answer_agreement,
    close_matter,
    give_commitment,
    open_matter,
    propose_agreement,
    propose_commitment,
    propose_option,
    raise_matter,
    reopen_matter,
    take_stand,
    withdraw_option,
)
from consult.matters.enums import Theme
from consult.matters.models import Commitment, Matter, MatterOption
from consult.matters.steps import Wording
from stakeholders.terms.actor import SYSTEM, Actor, Role

THEMES = {"MT2": Theme.TRANSPORT, "MT3": Theme.FINANCE}


def scenes() -> list[Scene]:
    return [
        Scene(day=-150, play=_open("MT2")),
        Scene(day=-118, play=_open("MT3")),
        Scene(day=7, play=_reopen),
        *[Scene(day=int(row["day"]), play=_stand(row)) for row in table("stands")],
        *[Scene(day=int(row["day"]), play=_option(row)) for row in table("options")],
        *[Scene(day=int(row["day"]), play=_commit(row)) for row in table("commitments")],
        Scene(day=-127, play=_agree("MT2", "三段绿道接点、净宽和照明标准已统一，列入第二十一条。")),
        Scene(day=-107, play=_climb),
        Scene(day=-60, play=_drop("C", "无资金来源，超出本规划范围。")),
        Scene(day=-40, play=_agree("MT1", "部门层商定：减排30%，补偿办法与规划同步提交。", "A")),
        Scene(day=3, play=_raise("MT3", "提交部门层研究统一核算办法。")),
        Scene(day=4, play=_reserve("MT3", "各方立场记录在案，嘉善县保留意见。")),
        Scene(day=10, play=_raise("MT1", "经三方同意提交政府层协商。", 24)),
        Scene(
            day=15,
            play=_agree("MT1", "政府层专题会商：按三级响应修改第十六条，待吴江区确认。", "B"),
        ),
    ]


def _open(name: str) -> Callable[[Stage], None]:
    row = by_key("matters", "id")[name]

    def play(stage: Stage) -> None:
        facts = Wording(zh=row["facts_zh"], en=row["facts_en"])
        stage.matters[name] = open_matter(
            actor=stage.office,
            plan=stage.plan,
            title=Wording(zh=row["title_zh"], en=row["title_en"]),
            description=facts,
            codes=split(row["parties"]),
            theme=THEMES[name].value,
            facts=facts,
            due_at=stage.days.evening(int(row["due_day"])),
            drawn_from=list(
                Matter.objects.filter(plan__isnull=True, key__in=split(row["register_id"]))
            ),
        )

    return play


def _matter(stage: Stage, name: str) -> Matter:
    return Matter.objects.get(pk=stage.matters[name].pk)


def _climb(stage: Stage) -> None:
    """The working level's time is over: the ladder raises the matter by itself."""
    raise_matter(
        actor=SYSTEM,
        plan=stage.plan,
        matter=_matter(stage, "MT1"),
        note="工作层15个工作日届满未达成一致。",
        due_at=stage.days.evening(-79),
    )


def _raise(name: str, note: str, due_day: int | None = None) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        due_at = None if due_day is None else stage.days.evening(due_day)
        raise_matter(
            actor=stage.office,
            plan=stage.plan,
            matter=_matter(stage, name),
            note=note,
            due_at=due_at,
        )

    return play


def _option(row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        matter = _matter(stage, row["matter"])
        codes = matter.jurisdictions.values_list("code", flat=True)
        propose_option(
            actor=stage.office,
            plan=stage.plan,
            matter=matter,
            text=Wording(zh=row["zh"], en=row["en"]),
            effects={
                code: Wording(zh=row[f"effect_{code}_zh"], en=row[f"effect_{code}_en"])
                for code in codes
            },
        )

    return play


def _drop(label: str, reason: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        matter = _matter(stage, "MT1")
        option = MatterOption.objects.get(matter=matter, label=label)
        withdraw_option(
            actor=stage.office, plan=stage.plan, matter=matter, option=option, reason=reason
        )

    return play


def _commit(row: Row) -> Callable[[Stage], None]:
    """Propose a commitment and give it at once, by the contact point of its holder."""

    def play(stage: Stage) -> None:
        matter = _matter(stage, row["matter"])
        propose_commitment(
            actor=stage.office,
            plan=stage.plan,
            matter=matter,
            holder=row["who"],
            text=Wording(zh=row["does_zh"], en=row["does_en"]),
            due_on=stage.date(int(row["due_day"])),
            needs=[int(number) for number in split(row["needs"])],
            needed_by=[int(number) for number in split(row["needed_by"])],
        )
        if row["last"]:
            for one in Commitment.objects.filter(matter=matter).order_by("number"):
                give_commitment(
                    actor=stage.contact(str(one.holder_id)),
                    plan=stage.plan,
                    matter=_matter(stage, row["matter"]),
                    commitment=one,
                )

    return play


def _agree(name: str, text: str, option: str = "") -> Callable[[Stage], None]:
    """The joint office puts the text on the table; every party of the matter confirms it."""

    def play(stage: Stage) -> None:
        matter = _matter(stage, name)
        draft = propose_agreement(
            actor=stage.office,
            plan=stage.plan,
            matter=matter,
            text=Wording(zh=text),
            option=MatterOption.objects.get(matter=matter, label=option) if option else None,
            commitments=list(matter.commitments.values_list("number", flat=True)),
        )
        for code in matter.jurisdictions.values_list("code", flat=True):
            answer_agreement(
                actor=stage.contact(code),
                plan=stage.plan,
                matter=_matter(stage, name),
                agreement=draft,
                confirms=True,
            )

    return play


def _reserve(name: str, note: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        close_matter(
            actor=stage.office,
            plan=stage.plan,
            matter=_matter(stage, name),
            note=note,
            review_on=stage.date(365),
        )

    return play


def _reopen(stage: Stage) -> None:
    reopen_matter(
        actor=stage.office,
        plan=stage.plan,
        matter=_matter(stage, "MT1"),
        note="吴江区对第十六条提出异议。",
    )


def _stand(row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        take_stand(
            actor=_speaker(stage, row["by"]),
            plan=stage.plan,
            matter=_matter(stage, row["matter"]),
            value=row["stand"],
            text=Wording(zh=row["text_zh"], en=row["text_en"]),
        )

    return play


def _speaker(stage: Stage, person: str) -> Actor:
    role = Role.CONTACT_POINT if person in CONTACTS.values() else Role.SIGNATORY
    return stage.actor(person, role)
