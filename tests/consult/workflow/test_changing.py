from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from consult.workflow.changing import state_of
from consult.workflow.enums import ChangeStep, ChangeWay, Standing


@dataclass(frozen=True)
class Row:
    step: str
    jurisdiction_id: str | None = None
    wording_hash: str = ""


CODES = ("310118", "320509", "330421")
OPENED = Row("opened")
rows = st.builds(
    Row,
    st.sampled_from([ChangeStep.PUT_FORWARD, ChangeStep.CONFIRMED, ChangeStep.REFUSED]),
    st.sampled_from(CODES),
    st.sampled_from(["a", "b"]),
)


def put(wording: str) -> Row:
    return Row("put_forward", None, wording)


def test_a_new_wording_asks_anew() -> None:
    said = [OPENED, put("a"), Row("confirmed", CODES[0], "a"), put("b")]
    state = state_of("correction", said)
    assert (state.wording, state.answers, state.standing) == ("b", {}, Standing.ASKED)
    assert state.missing(CODES) == list(CODES)


def test_an_answer_on_another_wording_does_not_count() -> None:
    state = state_of("adjustment", [OPENED, put("b"), Row("confirmed", CODES[0], "a")])
    assert state.answers == {}


def test_nobody_asked_is_no_agreement() -> None:
    assert not state_of("correction", [OPENED, put("a")]).is_agreed([])


def test_nothing_follows_an_end() -> None:
    said = [OPENED, put("a"), Row("withdrawn"), put("b")]
    state = state_of("correction", said)
    assert (state.standing, state.wording, state.is_open) == (Standing.WITHDRAWN, "a", False)


def test_an_amendment_is_under_way_until_it_is_in_force() -> None:
    assert state_of("amendment", [OPENED]).standing is Standing.UNDER_WAY
    assert state_of("amendment", [OPENED, Row("in_force")]).standing is Standing.IN_FORCE


@given(st.lists(rows, max_size=12), st.sets(st.sampled_from(CODES), min_size=1))
def test_agreed_is_what_a_reader_of_the_list_would_say(said: list[Row], asked: set[str]) -> None:
    state = state_of(ChangeWay.ADJUSTMENT.value, [OPENED, *said])
    places = [n for n, one in enumerate(said) if one.step == "put_forward"]
    last = max(places, default=None)

    def word(code: str) -> str:
        if last is None:
            return ""
        later = [
            one.step
            for one in said[last + 1 :]
            if one.jurisdiction_id == code and one.wording_hash == said[last].wording_hash
        ]
        return later[-1] if later else ""

    assert state.is_agreed(asked) == all(word(code) == "confirmed" for code in asked)
    assert state.missing(asked) == sorted(code for code in asked if not word(code))
    refused = any(word(code) == "refused" for code in CODES)
    assert (state.standing is Standing.REFUSED) == refused
