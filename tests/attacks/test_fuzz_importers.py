"""Every reader of files answers a spoilt file, or says clearly that it cannot take it.

True files of every kind are mutated: bits turned, pieces cut, moved and put in, members of archives
swapped, entities declared, encodings changed.
"""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_django
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from consult.phase3_identification.actions import close_sign_off
from consult.phase3_identification.bundle import bundle_text
from consult.phase3_identification.models import CommonStatement, Declaration
from consult.phase3_identification.receipts import receipt_of
from plans.register.queries import bundle_of
from stakeholders.record.queries import rows_of
from stakeholders.record.steps import plan_chain
from tests.attacks.mutating import mutated
from tests.attacks.readers import NO, Reader, deliveries, uploads, verified
from tests.attacks.trying import MOST_SECONDS, Tally, seeded, where
from tests.consult.archive.making import package
from tests.consult.phase3_identification.story import tell, use_charter
from tests.saying import Say
from tests.world import QINGPU, WUJIANG, build_world

MANY = 150
# Of workbooks that openpyxl reads all the same.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


class _Undo(Exception):
    """Leaves the block without keeping anything."""


def try_reader(reader: Reader, content: bytes, folder: Path, tally: Tally) -> None:
    """One file through one reader: an answer, or one of the ways to say no; in two seconds.

    What is slow is read again, and counts as the quicker of both, as a slow request does.
    """
    path = folder / reader.name
    path.write_bytes(content)
    said, why, seconds = _read(reader, path)
    if seconds > MOST_SECONDS:
        seconds = min(seconds, _read(reader, path)[2])
    tally.count(said, seconds, reader.name)
    if said == "failed":
        tally.fail(f"{reader.name}: {why}", repr(content[:200]))
    elif not why:
        tally.fail(f"{reader.name} refuses without a word", repr(content[:200]))


def _read(reader: Reader, path: Path) -> tuple[str, str, float]:
    """What came of it, its words or place of failure, and the seconds of processor time."""
    started = time.process_time()
    said, why = "answered", "-"
    try:
        reader.read(path)
    except NO as refusal:
        said, why = "refused", str(refusal)
    except Exception as error:
        said, why = "failed", where(error)
    return said, why, time.process_time() - started


def try_one(reader: Reader, folder: Path, tally: Tally, *, each: int) -> None:
    """The true file of a reader, which it takes, and `each` mutations of it."""
    try_reader(reader, reader.true, folder, tally)
    assert tally.classes["answered"], f"{reader.name} is a true file"
    rules = settings(
        max_examples=each,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    @rules
    @given(seed=st.integers(0, 2**40))
    def mutate(seed: int) -> None:
        try_reader(reader, mutated(reader.true, seeded(reader.name, seed)), folder, tally)

    mutate()


def try_many(readers: list[Reader], folder: Path, *, each: int) -> Tally:
    """`each` mutations of the true file of every reader, the same in every run."""
    whole = Tally()
    for reader in readers:
        place, tally = folder / reader.name.replace(".", "-"), Tally()
        place.mkdir()
        try_one(reader, place, tally, each=each)
        whole.add(tally)
    return whole


@pytest.fixture(scope="module")
def true_proofs(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[dict[str, bytes]]:
    """A signed statement's bundle, a receipt, the record, a revision and the archive of one plan."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        use_charter(patch)
        try:
            with transaction.atomic():
                yield _proofs()
                raise _Undo
        except _Undo:
            return


def _proofs() -> dict[str, bytes]:
    story = tell(build_world(), items=2, parties=(WUJIANG,))
    story.open()
    story.say(QINGPU)
    story.say(WUJIANG)
    close_sign_off(actor=story.coordinator, plan=story.plan)
    statement = CommonStatement.objects.get()
    declaration = Declaration.objects.order_by("pk").first()
    assert declaration is not None
    receipt = receipt_of(story.plan, declaration)
    lines = rows_of(chain=plan_chain(story.plan.key))
    return {
        "statement": bundle_text(plan=story.plan, statement=statement).encode(),
        "receipt": receipt.text.encode(),
        "record": "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in lines).encode(),
        "revision": bundle_of(story.plan.frozen).encode(),
        "archive": package(story.plan),
    }


def test_one_spoilt_file_of_every_upload_and_delivery_is_answered(tmp_path: Path, say: Say) -> None:
    """The proofs are left to `make prove`: to make true ones a statement must be signed."""
    tally = try_many([*uploads(), *deliveries()], tmp_path, each=1)
    say("spoilt files, one of each", tally.counts())
    assert tally.failed == {}, tally.told()


@pytest.mark.prove(minutes=1)
def test_spoilt_files_of_every_kind_are_answered(
    true_proofs: dict[str, bytes], tmp_path: Path, say: Say
) -> None:
    tally = try_many([*uploads(), *deliveries(), *verified(true_proofs)], tmp_path, each=MANY)
    say("spoilt files", tally.counts())
    assert tally.failed == {}, tally.told()
    assert tally.calls > 5_000
