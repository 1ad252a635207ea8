"""The dossier: what is there, what is missing, filing, order."""

import json
import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consult.approval.actions.dossier import arrange_dossier, file_dossier_paper
from consult.approval.models import DossierArrangement, DossierPaper
from consult.approval.queries.arrangements import Arranged, arranged_lines, newest_arrangement
from consult.approval.queries.dossier import Standing, dossier_state, missing_lines
from consult.phase2_preparation.models import PaperConfirmation, PaperEntry
from consult.phase2_preparation.steps.papers import Issue
from plans.register.steps import set_phase
from stakeholders.notices.models import Notice
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from tests.consult.phase3_identification.story import Story
from tests.world import KUNSHAN, QINGPU, WUJIANG

BY_HAND = [
    "work-plan",
    "base-studies",
    "consultation",
    "public-display",
    "expert-opinion",
    "legal-review",
]


def issue(**changes: object) -> Issue:
    said = {"number": "〔2026〕1号", "on": date(2026, 1, 5), "issuer": "联合办公室", **changes}
    return Issue(**said)  # type: ignore[arg-type]


def file(story: Story, line: str, **changes: object) -> DossierPaper:
    return file_dossier_paper(
        actor=story.coordinator, plan=story.plan, line=line, issue=issue(**changes)
    )


def arrange(story: Story, lines: list[Arranged], **said: object) -> DossierArrangement:
    newest = newest_arrangement(story.plan)
    return arrange_dossier(
        actor=story.coordinator,
        plan=story.plan,
        lines=lines,
        **{"base": newest.pk if newest else 0, **said},  # type: ignore[arg-type]
    )


def usual(story: Story) -> list[Arranged]:
    return arranged_lines(story.plan.kind, newest_arrangement(story.plan))


def changed(lines: list[Arranged], key: str, **values: object) -> list[Arranged]:
    return [Arranged(**{**vars(one), **values}) if one.key == key else one for one in lines]  # type: ignore[arg-type]


def acts(story: Story) -> list[tuple[str, str]]:
    rows = RecordEntry.objects.filter(chain=f"plan:{story.plan.key}").order_by("seq")
    found = [json.loads(row.payload) for row in rows]
    return [(one["act"], one["subject"]) for one in found if one["act"].startswith("dossier.")]


def told(story: Story) -> list[str]:
    rows = Notice.objects.filter(kind__startswith="dossier.").order_by("pk")
    return sorted({row.title_zh for row in rows})


def test_what_the_platform_knows_is_there_and_the_rest_is_missing(story: Story) -> None:
    state = dossier_state(story.plan)
    standing = {one.key: (one.standing.value, one.is_missing) for one in state.lines}
    assert standing == {
        **dict.fromkeys(BY_HAND, ("missing", True)),
        "risk-assessment": ("missing", False),
        "neighbour-opinions": ("computed", False),
        "deliberation": ("computed", False),
        "statement": ("computed", False),
        "sign-off-sheet": ("computed", False),
        "text": ("computed", False),
        "left-open": ("computed", False),
    }
    assert [one.key for one in missing_lines(story.plan)] == BY_HAND
    assert [one.sign for one in state.lines][:3] == ["01", "02", "03"]


def test_before_the_sign_off_has_passed_its_papers_wait(unsigned: Story) -> None:
    line = dossier_state(unsigned.plan).line("sign-off-sheet")
    assert line is not None
    assert (line.standing, line.is_missing) == (Standing.MISSING, True)
    assert str(line.owed_by) == "青浦区、吴江区"
    rewritten = unsigned.world.plan(key="OTHER", parties=(WUJIANG,))
    waits = dossier_state(rewritten)
    assert waits.statement is None
    for key in ("deliberation", "statement", "sign-off-sheet", "text", "left-open"):
        one = waits.line(key)
        assert one is not None
        assert (one.is_missing, one.documents, str(one.owed_by)) == (True, (), "")


def test_a_document_is_filed_and_a_newer_one_replaces_it(story: Story) -> None:
    first = file(story, "legal-review")
    second = file(story, "legal-review", number="〔2026〕2号")
    line = dossier_state(story.plan).line("legal-review")
    assert line is not None
    assert (line.standing, line.is_missing) == (Standing.FILED, False)
    assert [one.number for one in line.documents] == ["〔2026〕2号"]
    assert [one.paper for one in line.documents] == [second]
    assert list(line.older) == [first]
    assert acts(story) == [("dossier.file", "dossier:legal-review")] * 2


def test_a_document_without_number_day_or_issuer_is_refused(story: Story) -> None:
    tomorrow = clock.now().date() + timedelta(days=2)
    for wrong in ({"number": " "}, {"on": None}, {"issuer": ""}, {"on": tomorrow}):
        with pytest.raises(Invalid):
            file(story, "legal-review", **wrong)
    with pytest.raises(NotVisible):
        file(story, "nonsense")
    for actor in (story.actor(WUJIANG, Role.CONTACT_POINT), story.actor(QINGPU, Role.PLANNER)):
        with pytest.raises(Refused):
            file_dossier_paper(actor=actor, plan=story.plan, line="legal-review", issue=issue())
    with pytest.raises(NotVisible):
        file_dossier_paper(
            actor=story.actor(KUNSHAN, Role.CONTACT_POINT),
            plan=story.plan,
            line="legal-review",
            issue=issue(),
        )
    set_phase(plan=story.plan, phase=2)
    with pytest.raises(Refused):
        file(story, "legal-review")
    assert DossierPaper.objects.count() == 0
    assert acts(story) == []


def test_a_paper_of_the_checklist_counts_and_a_waived_one_is_left_out(story: Story) -> None:
    mandate, now = story.coordinator.mandate_id, clock.now()
    PaperEntry.objects.create(
        plan=story.plan,
        paper="legal-review",
        document_number="审〔2026〕3号",
        issued_on=date(2026, 1, 2),
        issuer="司法局",
        mandate_id=mandate,
        at=now,
    )
    waived = PaperEntry.objects.create(
        plan=story.plan,
        paper="expert-opinion",
        is_waiver=True,
        reason="已并入总规论证",
        mandate_id=mandate,
        at=now,
    )
    state = dossier_state(story.plan)
    assert state.line("legal-review").standing is Standing.FILED  # type: ignore[union-attr]
    assert state.line("expert-opinion").is_missing  # type: ignore[union-attr]
    PaperConfirmation.objects.create(
        entry=waived, jurisdiction_id=WUJIANG, agrees=True, mandate_id=mandate, at=now
    )
    line = dossier_state(story.plan).line("expert-opinion")
    assert line is not None
    assert (line.standing, line.reason, line.is_missing) == (
        Standing.LEFT_OUT,
        "已并入总规论证",
        False,
    )


def test_the_order_is_the_authority_s_and_its_own_line_is_asked_for(story: Story) -> None:
    lines = usual(story)
    own = Arranged(key="", name_zh="上级要求的说明", name_en="A note", is_required=True)
    arrange(story, [lines[9], own, *lines[:9], *lines[10:]], reason="按省厅要求")
    state = dossier_state(story.plan)
    assert [one.key for one in state.lines][:3] == ["statement", "own-1", "work-plan"]
    line = state.line("own-1")
    assert line is not None
    assert (line.is_missing, line.name, line.number) == (True, "上级要求的说明", 2)
    file(story, "own-1")
    assert dossier_state(story.plan).line("own-1").standing is Standing.FILED  # type: ignore[union-attr]
    second = Arranged(key="", name_zh="另一份", name_en="", is_required=False)
    arrange(story, [*usual(story), second])
    assert [one.key for one in usual(story)][-1] == "own-2"
    assert acts(story) == [
        ("dossier.arrange", "dossier"),
        ("dossier.file", "dossier:own-1"),
        ("dossier.arrange", "dossier"),
    ]


def test_a_required_line_is_left_out_with_a_reason_only_and_stays_listed(story: Story) -> None:
    lines = usual(story)
    with pytest.raises(Invalid) as caught:
        arrange(story, [one for one in lines if one.key != "legal-review"])
    assert set(caught.value.errors) == {"lines"}
    arrange(story, changed(lines, "legal-review", left_out="省厅统一审查"))
    line = dossier_state(story.plan).line("legal-review")
    assert line is not None
    assert (line.standing, line.is_missing, line.reason) == (
        Standing.LEFT_OUT,
        False,
        "省厅统一审查",
    )
    assert Notice.objects.filter(kind="dossier.arrange").count() == 2  # both contact points
    arrange(story, changed(usual(story), "legal-review", left_out=""))
    assert dossier_state(story.plan).line("legal-review").is_missing  # type: ignore[union-attr]


def test_an_arrangement_that_cannot_be_is_refused(story: Story) -> None:
    lines = usual(story)
    unnamed = Arranged(key="", name_zh=" ", name_en="A note", is_required=False)
    strange = Arranged(key="strange", name_zh="无", name_en="", is_required=False)
    for wanted, keys in (
        ([*lines, unnamed], {"own-1"}),
        ([*lines, strange], {"strange"}),
        ([*lines, lines[0]], {"work-plan"}),
        (changed(lines, "statement", left_out="不报"), {"statement"}),
        (changed(lines, "legal-review", left_out="长" * 301), {"legal-review"}),
        ([*lines, *[Arranged(**{**vars(strange), "key": ""})] * 60], {"lines"}),
        (lines, {""}),
    ):
        with pytest.raises(Invalid) as caught:
            arrange(story, wanted)
        assert set(caught.value.errors) == keys
    with pytest.raises(Conflict):
        arrange(story, lines[::-1], base=4711)
    with pytest.raises(Refused):
        arrange_dossier(
            actor=story.actor(WUJIANG, Role.CONTACT_POINT),
            plan=story.plan,
            lines=lines[::-1],
            base=0,
        )
    assert DossierArrangement.objects.count() == 0


def test_a_rule_s_line_never_becomes_advised_but_an_advised_one_required(story: Story) -> None:
    lines = changed(usual(story), "work-plan", is_required=False)
    arrange(story, changed(lines, "risk-assessment", is_required=True))
    state = dossier_state(story.plan)
    assert state.line("work-plan").is_required  # type: ignore[union-attr]
    assert state.line("risk-assessment").is_missing  # type: ignore[union-attr]


def test_the_parties_are_told_once_nothing_required_is_missing(story: Story) -> None:
    for key in BY_HAND:
        assert told(story) == []
        file(story, key)
    assert dossier_state(story.plan).is_complete
    assert len(told(story)) == 1
    file(story, "work-plan")
    assert Notice.objects.filter(kind="dossier.file").count() == 2


def office(story: Story) -> Client:
    client = Client()
    mandate = story.world.mandate(QINGPU, Role.COORDINATOR, plan_key=story.plan.key)
    client.force_login(mandate.user)
    return client


def test_the_page_names_what_is_missing_and_takes_a_paper(story: Story) -> None:
    client, key = office(story), story.plan.key
    page = reverse("approval:dossier", args=[key])
    shown = client.get(page).content.decode()
    assert "编制工作方案及批准文件" in shown
    assert reverse("approval:dossier_package", args=[key]) in shown
    url = reverse("approval:dossier_file", args=[key, "work-plan"])
    assert client.post(url, {"document_number": "甲1号"}).status_code == 422
    data = {"document_number": "甲1号", "issued_on": "2026-01-05", "issuer": "联合办公室"}
    answer = client.post(url, data)
    assert (answer.status_code, answer["Location"]) == (302, f"{page}#work-plan")
    assert "甲1号" in client.get(page).content.decode()
    assert client.get(reverse("approval:dossier_file", args=[key, "none"])).status_code == 404


def test_the_form_of_the_order_keeps_what_was_typed(story: Story) -> None:
    client = office(story)
    url = reverse("approval:dossier_arrange", args=[story.plan.key])
    form = client.get(url).context["form"]
    data = {
        name: "" if form[name].value() is None else form[name].value()
        for name in form.fields
        if not name.startswith(("must", "new_r"))
    }
    wrong = client.post(url, {**data, "new_en": "Only English"})
    assert wrong.status_code == 422
    assert "Only English" in wrong.content.decode()
    assert client.post(url, {**data, "place-text": "1"}).status_code == 302
    first = dossier_state(story.plan).lines[0].key
    assert first == "work-plan"  # of equal places the former order decides
    late = client.post(url, {**data, "place-text": "99"})
    assert late.status_code == 422
    assert DossierArrangement.objects.count() == 1


def test_lists_cost_the_same_with_few_and_many_papers(story: Story) -> None:
    client, page = office(story), reverse("approval:dossier", args=[story.plan.key])

    def put(number: int) -> None:
        DossierPaper.objects.bulk_create(
            DossierPaper(
                plan=story.plan,
                line=BY_HAND[one % len(BY_HAND)],
                document_number=f"{one}号",
                issued_on=date(2026, 1, 5),
                issuer="办公室",
                mandate_id=story.coordinator.mandate_id,
                at=clock.now(),
            )
            for one in range(number)
        )

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    put(10)
    cost()
    few = cost()
    put(990)
    assert cost() == few


@pytest.mark.django_db(transaction=True)
def test_of_two_filings_at_once_both_stand_and_one_counts(story: Story) -> None:
    faults: list[BaseException] = []

    def run(number: str) -> None:
        try:
            file(story, "legal-review", number=number)
        except BaseException as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in ("甲1号", "乙2号")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert faults == []
    line = dossier_state(story.plan).line("legal-review")
    assert line is not None
    assert (len(line.documents), len(line.older)) == (1, 1)
    newest = DossierPaper.objects.latest("pk")
    assert line.documents[0].paper == newest
    entries = RecordEntry.objects.filter(chain=f"plan:{story.plan.key}").order_by("seq")
    seqs = list(entries.values_list("seq", flat=True))
    assert seqs == list(range(seqs[0], seqs[0] + len(seqs)))
