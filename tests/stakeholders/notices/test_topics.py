import pytest

from consult.approval.enums import LetterKind
from stakeholders.jobs.enums import OPEN_STATES, State
from stakeholders.notices.topics import TOPICS, is_legal, kinds_of, topic_by_key, topic_of
from stakeholders.people.enums import MandateAct
from tests.stakeholders.notices.kinds import find

BALLOTS = ("accession", "base", "charter", "decision", "report")
# The kinds that are put together while the program runs: (module, expression) -> what comes of it.
COMPUTED = {
    ("consult.approval.telling", "f'approval.{letter.kind}'"): [
        f"approval.{kind}" for kind in LetterKind.values
    ],
    **{
        ("consult.ballots.conduct", f"f'{{motion.act}}.{end}'"): [f"{one}.{end}" for one in BALLOTS]
        for end in (
            "open_ballot",
            "take_position",
            "receipt",
            "close_ballot",
            "close_without_result",
            "recall_ballot",
        )
    },
    # Said twice over: where an occasion is made, and where it becomes a notice.
    ("consult.desk.reminding.occasions", "self.kind"): [
        "duty.escalation",
        "duty.moved",
        "duty.reminder",
        "duty.rest_day",
    ],
    ("consult.phase3_identification.actions.two_closing", "f'sign_off.{act}'"): [
        "sign_off.prepare_close",
        "sign_off.refuse_close",
    ],
    ("stakeholders.jobs.steps", "f'job.{state.value}'"): [
        f"job.{state}" for state in State if state not in OPEN_STATES
    ],
    ("stakeholders.people.actions.confirming", "act.value"): list(MandateAct.values),
}


def test_every_kind_the_code_tells_has_a_topic_and_no_topic_a_kind_nobody_tells() -> None:
    found = find()
    assert found.computed == set(COMPUTED)
    told = found.kinds | {kind for kinds in COMPUTED.values() for kind in kinds}
    assert sorted(told) == sorted(kind for topic in TOPICS for kind in topic.kinds)


def test_a_kind_stands_in_one_topic_and_is_legal_or_not() -> None:
    kinds = [kind for topic in TOPICS for kind in [*topic.legal, *topic.other]]
    assert len(kinds) == len(set(kinds))
    keys = [topic.key for topic in TOPICS]
    assert len(keys) == len(set(keys))
    assert all(len(key) <= 40 for key in keys)


@pytest.mark.parametrize(
    ("kind", "legal"),
    [
        ("invitation.send", True),
        ("sign_off.open", True),
        ("sign_off.close", True),
        ("override.confirm", True),
        ("statement.sign", True),
        ("approval.reply", True),
        ("spoken.enter", True),
        ("account.second_factor_reset", True),
        ("mandate.end", True),
        ("duty.reminder", False),
        ("comment", False),
        ("record.head", False),
    ],
)
def test_what_binds_a_party_or_concerns_an_account_is_legal(kind: str, legal: bool) -> None:
    assert is_legal(kind) is legal


def test_only_wholly_legal_topics_cannot_be_muted() -> None:
    assert [topic.key for topic in TOPICS if not topic.is_mutable] == ["account"]


def test_unknown_kinds_and_topics_are_refused() -> None:
    for ask in (topic_of, is_legal, kinds_of, topic_by_key):
        with pytest.raises(ValueError, match="no topic"):
            ask("nonsense")


def test_kinds_of_a_topic() -> None:
    assert kinds_of("matters") == {"matter", "commitment.lapse"}
    assert topic_of("matter").key == "matters"
