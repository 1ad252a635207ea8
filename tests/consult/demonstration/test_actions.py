"""The replay leaves the state the story describes, and everything is acts of the record."""

from collections import Counter

import pytest
from django.test import override_settings

from consult.demonstration.actions import COPY, MAIN, PILOT, Loaded, load_demonstration
from consult.demonstration.queries import accounts, is_loaded
from consult.demonstration.reading import table
from consult.phase3_identification.board import Board, board
from consult.phase3_identification.queries import current_sign_off
from consult.phase4_implementation.models import Case, StatusReport, ThresholdWarning
from consult.phase4_implementation.queries import row_with_all
from plans.register.models import Plan, RevisionItem
from stakeholders.notices.models import Notice, OutboxMessage
from stakeholders.people.models import User
from stakeholders.record.models import RecordEntry
from stakeholders.record.queries import check_chains
from stakeholders.record.steps import plan_chain
from stakeholders.terms import clock
from stakeholders.terms.actor import PUBLIC, SYSTEM
from stakeholders.terms.errors import Conflict, Invalid, Refused


def expected() -> dict[str, str]:
    return {row["what"]: row["value"] for row in table("expected_s3")}


def matrix(key: str) -> Board:
    plan = Plan.objects.get(key=key)
    return board(sign_off=current_sign_off(plan), revision=plan.frozen)


def test_consent_matrix_is_as_the_story_says(loaded: Loaded) -> None:
    said, state = expected(), matrix(MAIN)
    names = ("agreed", "reserved", "objected", "stale", "silent", "not_concerned")
    cells = {name: int(said[f"cells {name.replace('_', ' ')}"]) for name in names}
    assert dict(state.totals) == cells
    assert state.passing == int(said["if closed now: provisions that pass"])
    assert [row.key for row in state.open_rows] == ["redline-join", "taipu-lowflow", "flood"]


def test_two_thirds_exactly_passes(loaded: Loaded) -> None:
    rows = {row.key: row for row in matrix(MAIN).rows}
    for key in ("regional-rail", "land-quota"):
        states = Counter(cell.state for cell in rows[key].cells)
        assert (states["agreed"], states["silent"], rows[key].passes) == (4, 2, True)


def test_changes_between_revisions_are_as_the_story_says(loaded: Loaded) -> None:
    def kinds(number: int) -> dict[str, int]:
        entries = RevisionItem.objects.filter(revision__plan__key=MAIN, revision__number=number)
        return dict(Counter(entries.values_list("change", flat=True)))

    assert kinds(1) == {"added": 45}
    assert kinds(2) == {
        "text": 6,
        "strength_or_concern": 1,
        "moved": 8,
        "added": 1,
        "unchanged": 29,
    }
    assert kinds(3) == {"editorial": 1, "unchanged": 44}
    assert kinds(4) == {"text": 1, "unchanged": 44}


def test_copy_is_in_implementation_with_one_warning(loaded: Loaded) -> None:
    plan = Plan.objects.get(key=COPY)
    warning = ThresholdWarning.objects.get(reading__item__plan=plan)
    assert (plan.phase, plan.projects.count(), matrix(COPY).passing) == (4, 6, 53)
    assert (warning.reading.jurisdiction_id, warning.reading.plain_value) == ("320509", "4.3")
    views = StatusReport.objects.filter(project__plan=plan, project__key="PJ4", milestone=None)
    assert list(views.values_list("jurisdiction_id", "progress")) == [
        ("320509", "on_time"),
        ("310118", "late"),
    ]


def test_the_case_of_the_warning_is_struck_off(loaded: Loaded) -> None:
    plan = Plan.objects.get(key=COPY)
    case = Case.objects.get(plan=plan)
    parts = {one.jurisdiction_id: one.part for one in case.parties.all()}
    assert parts == {"320509": "answers", "310118": "told", "330421": "told"}
    row = row_with_all(case)
    assert [one.accepts for one in row.views] == [True, False, True]
    assert (case.end.outcome, case.end.reason_zh) == ("measure", "回落至3.8，销号")
    assert row.standing.has_climbed is False


def test_every_act_is_on_record_with_a_stated_clock(loaded: Loaded) -> None:
    assert [check.chain for check in check_chains() if check.fault] == []
    for key in (MAIN, COPY, PILOT):
        entries = RecordEntry.objects.filter(chain=plan_chain(key))
        assert {'"stated_clock":true' in entry.payload for entry in entries} == {True}
        instants = list(entries.order_by("seq").values_list("at", flat=True))
        assert instants == sorted(instants)
        assert instants[-1] < clock.now()
    assert RecordEntry.objects.filter(act="demonstration.load").count() == 1


def test_no_mail_is_sent_and_old_notices_are_read(loaded: Loaded) -> None:
    assert not OutboxMessage.objects.filter(held_at__isnull=True).exists()
    ages = {clock.now() - at for at in unread().values_list("created_at", flat=True)}
    assert max(ages).days < 11


def unread() -> object:
    return Notice.objects.filter(read_at__isnull=True)


def test_shown_accounts_sign_in_with_the_stated_password(loaded: Loaded) -> None:
    shown = [account for _heading, group in accounts() for account in group]
    assert len(shown) == 12
    for account in shown:
        assert User.objects.get(email=account.email).check_password(account.password)
    assert set(User.objects.filter(is_staff=True).values_list("email", flat=True)) == {
        "admin@joint.example",
        "admin2@joint.example",
    }


def test_second_load_is_a_conflict(loaded: Loaded) -> None:
    assert is_loaded()
    with pytest.raises(Conflict):
        load_demonstration(actor=SYSTEM, checkpoint="S3")


@pytest.mark.django_db
def test_load_refuses_a_site_others_reach() -> None:
    with override_settings(IS_LOOPBACK=False), pytest.raises(Refused) as caught:
        load_demonstration(actor=SYSTEM, checkpoint="S3")
    assert "仅限本机访问" in str(caught.value.text)


@pytest.mark.django_db
def test_load_refuses_whoever_signs_in() -> None:
    with pytest.raises(Refused):
        load_demonstration(actor=PUBLIC, checkpoint="S3")


@pytest.mark.django_db
def test_load_refuses_an_unknown_checkpoint() -> None:
    with pytest.raises(Invalid):
        load_demonstration(actor=SYSTEM, checkpoint="S9")
