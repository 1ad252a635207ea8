"""A health check from its opening to its publication: what is done, refused, and put on record."""

from datetime import timedelta
from decimal import Decimal

import pytest

from consult.health import actions
from consult.health.content import content_of
from consult.health.enums import Comparison
from consult.health.models import HealthCheck
from consult.health.queries import asked_in, for_next_plan, whole_of
from consult.health.shown import border_lines
from consult.health.steps import Border
from consult.matters.models import Matter
from stakeholders.record.models import RecordEntry
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.consult.health.scene import ALL, FOUND, WIDTH, Scene, letter, open_check, today
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, in_days


def test_a_check_goes_from_its_parts_to_its_publication(scene: Scene) -> None:
    assert (scene.stage, scene.whole.missing) == (
        "filling",
        {QINGPU: 1, WUJIANG: 3, JIASHAN: 2},
    )
    scene.fill_all()
    assert scene.stage == "ready"
    scene.put()
    assert scene.stage == "put_forward"
    for code in ALL:
        scene.speak(code)
    actions.close_report_ballot(actor=scene.office, plan=scene.plan, check=scene.check)
    assert scene.stage == "signed"
    scene.publish()
    assert scene.stage == "published"
    assert scene.acts() == [
        *["section.fill"] * 4,
        *["border.state"] * 2,
        "report.open_ballot",
        *["report.take_position"] * 3,
        "report.close_ballot",
        "check.publish",
    ]


def test_opening_says_what_is_wrong(scene: Scene) -> None:
    for said, fault in (
        ({"kind": "weekly"}, "kind"),
        ({"year": today().year + 1}, "year"),
        ({"year": today().year}, "year"),
        ({"due_on": today() - timedelta(days=1)}, "due_on"),
        ({"sections": {}}, "sections"),
        ({"sections": {"conclusions": [KUNSHAN]}}, "sections"),
    ):
        with pytest.raises(Invalid) as invalid:
            open_check(scene.world, scene.plan, **{"year": today().year - 1, **said})
        assert list(invalid.value.errors) == [fault]


def test_the_next_check_takes_the_border_items_of_the_last(scene: Scene) -> None:
    other = open_check(scene.world, scene.plan, kind="evaluation", takes_last=True)
    (item,) = other.border_items.all()
    assert (item.title_zh, item.owner_id, item.tolerance) == (
        WIDTH.title_zh,
        WUJIANG,
        Decimal("0.5"),
    )


def test_a_border_item_whose_reader_left_is_not_taken_over(scene: Scene) -> None:
    scene.plan.parties.filter(jurisdiction=JIASHAN).update(left_at=clock.now())
    other = open_check(
        scene.world,
        scene.plan,
        kind="evaluation",
        takes_last=True,
        sections={"conclusions": [WUJIANG]},
    )
    assert other.border_items.count() == 0


@pytest.mark.parametrize("text", ["1e999999999", "-1e999999999", "sNaN", "1e-999999999"])
def test_a_figure_that_cannot_be_kept_is_told(scene: Scene, text: str) -> None:
    with pytest.raises(Invalid) as caught:
        scene.state(WUJIANG, text)
    assert set(caught.value.errors) == {"value"}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"title_zh": " ", "title_en": ""}, "title_zh"),
        ({"owner": KUNSHAN}, "owner"),
        ({"reader": WUJIANG}, "reader"),
        ({"reader": KUNSHAN}, "reader"),
        ({"tolerance": Decimal("-1")}, "tolerance"),
        ({"tolerance": Decimal("NaN")}, "tolerance"),
    ],
)
def test_a_border_item_is_between_two_parties(
    scene: Scene, change: dict[str, object], fault: str
) -> None:
    border = Border(**{**vars(WIDTH), **change})
    with pytest.raises(Invalid) as invalid:
        actions.add_border_item(
            actor=scene.office, plan=scene.plan, check=scene.check, border=border
        )
    assert list(invalid.value.errors) == [fault]


def test_the_newest_text_counts_and_a_second_writer_is_told(scene: Scene) -> None:
    first = scene.fill(QINGPU, text="初稿", seen=0)
    with pytest.raises(Conflict) as conflict:
        scene.fill(QINGPU, text="另稿", seen=0)
    assert conflict.value.theirs == first
    second = scene.fill(QINGPU, text="定稿", seen=first.pk)
    (section, _other) = scene.whole.sections
    assert scene.whole.texts[section.pk, QINGPU] == second


def test_a_section_is_its_partys_own_and_the_office_needs_evidence(scene: Scene) -> None:
    with pytest.raises(Refused) as refused:
        scene.fill(QINGPU, actor=scene.actor(WUJIANG))
    assert refused.value.verdict.reason is Reason.NOT_YOURS
    with pytest.raises(Refused) as refused:
        scene.fill(QINGPU, actor=scene.actor(QINGPU, Role.SIGNATORY))
    assert refused.value.verdict.reason is Reason.WRONG_ROLE
    with pytest.raises(NotVisible):
        scene.fill(KUNSHAN)
    with pytest.raises(NotVisible):
        scene.fill(QINGPU, 9)
    for said, fault in (
        ({"code": QINGPU, "number": 2}, "jurisdiction"),
        ({"code": QINGPU, "text": " "}, "text_zh"),
        ({"code": QINGPU, "text": "长" * 20_001}, "text_zh"),
        ({"code": QINGPU, "actor": scene.office}, "file"),
    ):
        with pytest.raises(Invalid) as invalid:
            scene.fill(**said)
        assert list(invalid.value.errors) == [fault]
    file = letter(scene.office)
    row = scene.fill(QINGPU, actor=scene.office, file=file)
    assert (row.is_on_behalf, row.file) == (True, file)


def test_a_reading_is_sealed_until_both_have_stated_theirs(scene: Scene) -> None:
    scene.state(WUJIANG, "50.25", note="保密说明")
    sealed = scene.newest().payload
    assert "50.25" not in sealed
    for code, values in ((JIASHAN, ("", "")), (WUJIANG, ("50.25", "")), (None, ("", ""))):
        (line,) = border_lines(scene.whole, inside=code)
        assert (line.owner.value, line.reader.value) == values
        assert (line.owner.is_stated, line.result) == (True, Comparison.OPEN)
    scene.state(JIASHAN, "52")
    (line,) = border_lines(scene.whole, inside=None)
    assert (line.owner.value, line.reader.value, line.gap) == ("50.25", "52", "1.75")
    assert line.result is Comparison.DIFFERS


def test_the_record_opens_what_it_was_committed_to(scene: Scene) -> None:
    row = scene.state(WUJIANG, "50")
    entries = RecordEntry.objects.filter(act="border.state").order_by("pk")
    held = canonical.commitment(content_of(row), row.nonce)
    assert held in entries[0].payload
    scene.state(JIASHAN, "50.5")
    assert row.nonce in entries[1].payload
    assert border_lines(scene.whole, inside=None)[0].result is Comparison.AGREES
    scene.state(WUJIANG, "49")
    (line,) = border_lines(scene.whole, inside=None)
    assert (line.owner.value, line.owner.first, line.result) == ("49", "50", Comparison.DIFFERS)


@pytest.mark.parametrize(
    ("value", "source", "fault"),
    [
        ("NaN", "x", "value"),
        ("1e308", "x", "value"),
        ("0.0000001", "x", "value"),
        ("1", " ", "source"),
    ],
)
def test_a_figure_that_cannot_be_kept_is_refused(
    scene: Scene, value: str, source: str, fault: str
) -> None:
    with pytest.raises(Invalid) as invalid:
        scene.state(WUJIANG, value, source=source)
    assert list(invalid.value.errors) == [fault]


def test_only_its_two_sides_state_a_figure(scene: Scene) -> None:
    with pytest.raises(Invalid) as invalid:
        scene.state(QINGPU, "50")
    assert list(invalid.value.errors) == ["jurisdiction"]
    with pytest.raises(Refused):
        scene.state(WUJIANG, "50", actor=scene.actor(JIASHAN))
    with pytest.raises(Invalid) as invalid:
        scene.state(WUJIANG, "50", actor=scene.office)
    assert list(invalid.value.errors) == ["file"]


def test_a_change_after_an_edition_needs_a_new_one(scene: Scene) -> None:
    scene.fill_all()
    scene.put()
    with pytest.raises(Conflict):
        scene.put()
    scene.speak(QINGPU)
    scene.fill(QINGPU, text="补充")
    assert scene.stage == "outdated"
    for act in (
        lambda: scene.speak(WUJIANG),
        lambda: actions.close_report_ballot(actor=scene.office, plan=scene.plan, check=scene.check),
    ):
        with pytest.raises(Conflict):
            act()
    report = scene.put()
    assert (report.number, scene.stage) == (2, "put_forward")
    assert [b.end.outcome for b in scene.whole.ballots if hasattr(b, "end")] == ["superseded"]
    for code in ALL:
        scene.speak(code)
    actions.close_report_ballot(actor=scene.office, plan=scene.plan, check=scene.check)
    assert scene.stage == "signed"
    for act in (lambda: scene.fill(QINGPU), lambda: scene.state(WUJIANG, "1"), scene.finding):
        with pytest.raises(Conflict):
            act()


def test_parts_missing_hold_the_report_until_they_are_due(scene: Scene) -> None:
    with pytest.raises(Conflict):
        scene.put()


def test_one_objection_and_the_report_is_not_agreed(scene: Scene) -> None:
    scene.fill_all()
    scene.put()
    for code in ALL:
        scene.speak(code, "object" if code == JIASHAN else "agree", "数据有误")
    actions.close_report_ballot(actor=scene.office, plan=scene.plan, check=scene.check)
    assert scene.stage == "not_passed"
    with pytest.raises(Conflict):
        scene.publish()


def test_the_ballot_ends_without_result_or_is_recalled(scene: Scene) -> None:
    scene.fill_all()
    scene.put()
    said = {"actor": scene.office, "plan": scene.plan, "check": scene.check}
    actions.recall_report_ballot(**said)
    scene.put()
    scene.speak(QINGPU)
    with pytest.raises(Conflict):
        actions.recall_report_ballot(**said)
    with pytest.raises(Invalid):
        actions.close_report_without_result(**said, reason=" ")
    actions.close_report_without_result(**said, reason="补数据")
    with pytest.raises(Conflict):
        scene.speak(QINGPU)


def test_positions_are_the_signatories_own(scene: Scene) -> None:
    scene.fill_all()
    scene.put()
    with pytest.raises(Refused) as refused:
        actions.take_report_position(
            actor=scene.actor(QINGPU), plan=scene.plan, check=scene.check, value="agree"
        )
    assert refused.value.verdict.reason is Reason.WRONG_ROLE
    with pytest.raises(Invalid):
        scene.speak(QINGPU, "perhaps")


def test_a_finding_becomes_a_matter_once(scene: Scene) -> None:
    row = scene.finding(item=1)
    assert (str(row), row.border_item.number) == ("HF1", 1)
    said = {"actor": scene.office, "plan": scene.plan, "check": scene.check}
    tied = actions.finding_to_matter(**said, number=1)
    matter = Matter.objects.get(pk=tied.matter_id)
    assert sorted(unit.code for unit in matter.jurisdictions.all()) == sorted(FOUND.codes)
    with pytest.raises(Conflict):
        actions.finding_to_matter(**said, number=1)
    with pytest.raises(NotVisible):
        actions.finding_to_matter(**said, number=2)
    assert scene.acts() == ["finding.state", "finding.to_matter"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [({"title_zh": ""}, "title_zh"), ({"codes": []}, "codes"), ({"codes": ["999999"]}, "codes")],
)
def test_a_finding_has_a_title_and_parties(
    scene: Scene, change: dict[str, object], fault: str
) -> None:
    said = type(FOUND)(**{**vars(FOUND), **change})
    with pytest.raises(Invalid) as invalid:
        actions.state_finding(
            actor=scene.office, plan=scene.plan, check=scene.check, said=said, item=None
        )
    assert list(invalid.value.errors) == [fault]


def test_what_became_no_matter_is_left_for_the_next_plan(scene: Scene) -> None:
    scene.finding()
    scene.agree()
    assert list(for_next_plan(scene.plan)) == []
    scene.publish()
    assert [str(one) for one in for_next_plan(scene.plan)] == ["HF1"]


def test_publication_says_when_and_where_once(scene: Scene) -> None:
    scene.agree()
    for said, fault in (
        ({"published_on": today() + timedelta(days=1)}, "published_on"),
        ({"published_on": today() - timedelta(days=1)}, "published_on"),
        ({"place": " "}, "place"),
    ):
        with pytest.raises(Invalid) as invalid:
            scene.publish(**said)
        assert list(invalid.value.errors) == [fault]
    scene.publish()
    with pytest.raises(Conflict):
        scene.publish()


def test_putting_forward_needs_an_hour_to_come(scene: Scene) -> None:
    scene.fill_all()
    with pytest.raises(Invalid):
        actions.put_forward(
            actor=scene.office, plan=scene.plan, check=scene.check, closes_at=in_days(-1)
        )


def electors(scene: Scene, check: HealthCheck) -> list[str]:
    actions.put_forward(
        actor=scene.office, plan=scene.plan, check=check, closes_at=in_days(60), is_sealed=False
    )
    return list(asked_in(whole_of(check)))


def filled(scene: Scene, codes: list[str], *, year: int = 1) -> HealthCheck:
    """Another check, with one section that `codes` have filled in."""
    check = open_check(
        scene.world, scene.plan, year=today().year - year, sections={"conclusions": codes}
    )
    for code in codes:
        actions.fill_section(
            actor=scene.actor(code),
            plan=scene.plan,
            check=check,
            number=1,
            jurisdiction=code,
            texts={"zh": "总体良好"},
        )
    return check


def test_who_has_no_part_in_a_check_is_not_asked_for_its_report(scene: Scene) -> None:
    check = filled(scene, [QINGPU, WUJIANG])
    assert electors(scene, check) == [QINGPU, WUJIANG]
    with pytest.raises(Refused):
        actions.take_report_position(
            actor=scene.actor(JIASHAN, Role.SIGNATORY), plan=scene.plan, check=check, value="agree"
        )


def test_whom_a_finding_names_is_asked_for_the_report(scene: Scene) -> None:
    check = filled(scene, [QINGPU, WUJIANG])
    actions.state_finding(actor=scene.office, plan=scene.plan, check=check, said=FOUND)
    assert electors(scene, check) == sorted(ALL)


def test_one_party_alone_does_not_agree_to_a_report(scene: Scene) -> None:
    assert electors(scene, filled(scene, [WUJIANG])) == sorted(ALL)
