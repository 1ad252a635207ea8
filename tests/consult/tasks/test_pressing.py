from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from consult.tasks.pressing import Answer, NoteStage, note_standing

NOW = datetime(2027, 3, 10, 9, tzinfo=UTC)
times = st.integers(-90, 90).map(lambda n: NOW + timedelta(hours=n))
answers = st.lists(
    st.builds(Answer, accepts=st.none() | st.booleans(), due_at=st.none() | times), max_size=6
)


@given(due_at=times, said=answers)
def test_the_newest_answer_says_whose_turn_it_is(due_at: datetime, said: list[Answer]) -> None:
    found = note_standing(due_at=due_at, answers=said, now=NOW)
    turns = {
        None: NoteStage.ANSWERED,
        True: NoteStage.ACCEPTED,
        False: NoteStage.ASKED_AGAIN,
    }
    assert found.stage is (turns[said[-1].accepts] if said else NoteStage.ASKED)
    dates = [one.due_at for one in said if one.accepts is False and one.due_at]
    assert found.due_at == (dates[-1] if dates else due_at)
    assert found.is_overdue == (found.is_asked and found.due_at < NOW)
