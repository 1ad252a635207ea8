"""The hash tree beside its definition in RFC 6962, section 2.1, written out without any thought."""

import hashlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeholders.record.tree import growth, has_grown, is_in, path_length, path_to, root
from stakeholders.terms.canonical import digest

SIZES = st.integers(1, 70)


def entries(count: int) -> list[str]:
    return [digest(str(number)) for number in range(count)]


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def defined_root(hashes: list[str]) -> bytes:
    """MTH(D[n]) of section 2.1."""
    count = len(hashes)
    if count == 0:
        return sha()
    if count == 1:
        return sha(b"\x00", hashes[0].encode())
    split = max(2**power for power in range(10) if 2**power < count)
    return sha(b"\x01", defined_root(hashes[:split]), defined_root(hashes[split:]))


def defined_path(at: int, hashes: list[str]) -> list[bytes]:
    """PATH(m, D[n]) of section 2.1.1."""
    count = len(hashes)
    if count == 1:
        return []
    split = max(2**power for power in range(10) if 2**power < count)
    if at < split:
        return [*defined_path(at, hashes[:split]), defined_root(hashes[split:])]
    return [*defined_path(at - split, hashes[split:]), defined_root(hashes[:split])]


def defined_growth(former: int, hashes: list[str], *, whole: bool = True) -> list[bytes]:
    """SUBPROOF(m, D[n], b) of section 2.1.2."""
    count = len(hashes)
    if former == count:
        return [] if whole else [defined_root(hashes)]
    split = max(2**power for power in range(10) if 2**power < count)
    if former <= split:
        left = defined_growth(former, hashes[:split], whole=whole)
        return [*left, defined_root(hashes[split:])]
    right = defined_growth(former - split, hashes[split:], whole=False)
    return [*right, defined_root(hashes[:split])]


def said(value: bytes) -> str:
    return f"sha256:{value.hex()}"


@pytest.mark.parametrize("count", range(66))
def test_root_is_the_defined_one(count: int) -> None:
    assert root(entries(count)) == said(defined_root(entries(count)))


@given(SIZES, st.data())
def test_path_is_the_defined_one_and_leads_to_the_root(count: int, data: st.DataObject) -> None:
    hashes, number = entries(count), data.draw(st.integers(1, count))
    path = path_to(hashes, number=number)
    assert path == [said(one) for one in defined_path(number - 1, hashes)]
    assert len(path) == path_length(number=number, size=count)
    top = root(hashes)
    assert is_in(hashes[number - 1], number=number, size=count, path=path, root=top)


@given(SIZES, st.data())
def test_path_of_another_entry_number_size_or_root_does_not_hold(
    count: int, data: st.DataObject
) -> None:
    hashes, number = entries(count), data.draw(st.integers(1, count))
    path, top = path_to(hashes, number=number), root(hashes)
    other = data.draw(st.integers(1, count + 1).filter(lambda n: n != number))
    entry = hashes[number - 1]
    assert not is_in(digest("another"), number=number, size=count, path=path, root=top)
    assert not is_in(entry, number=other, size=count, path=path, root=top)
    assert not is_in(entry, number=number, size=count, path=path, root=digest("another"))
    assert not is_in(entry, number=number, size=count, path=[*path, top], root=top)
    if path:
        assert not is_in(entry, number=number, size=count, path=path[:-1], root=top)
        bad = [*path[:-1], data.draw(st.sampled_from(["", "sha256:", "sha256:zz", entry]))]
        assert not is_in(entry, number=number, size=count, path=bad, root=top)
    for at in range(len(path) - 1):
        swapped = [*path[:at], path[at + 1], path[at], *path[at + 2 :]]
        assert not is_in(entry, number=number, size=count, path=swapped, root=top)


@given(SIZES, st.data())
def test_growth_is_the_defined_one_and_holds(count: int, data: st.DataObject) -> None:
    hashes, former = entries(count), data.draw(st.integers(1, count))
    nodes = growth(hashes, former=former)
    assert nodes == [said(one) for one in defined_growth(former, hashes)]
    assert has_grown((former, root(hashes[:former])), count, root(hashes), nodes)


@given(st.integers(2, 40), st.data())
def test_growth_of_a_record_that_was_rewritten_does_not_hold(
    count: int, data: st.DataObject
) -> None:
    hashes, former = entries(count), data.draw(st.integers(1, count))
    changed = data.draw(st.integers(0, former - 1))
    rewritten = [*hashes[:changed], digest("another"), *hashes[changed + 1 :]]
    known = (former, root(hashes[:former]))
    nodes = growth(rewritten, former=former)
    assert not has_grown(known, count, root(rewritten), nodes)
    honest = growth(hashes, former=former)
    assert not has_grown(known, count, root(rewritten), honest)
    assert not has_grown(known, count, root(hashes), [*honest, known[1]])
    if honest:
        assert not has_grown(known, count, root(hashes), honest[:-1])


@pytest.mark.parametrize("number", [0, 4, -1])
def test_number_outside_the_tree_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="no entry"):
        path_to(entries(3), number=number)
    with pytest.raises(ValueError, match="no tree"):
        growth(entries(3), former=number)
    assert not is_in(entries(1)[0], number=number, size=3, path=[], root=root(entries(1)))


def test_a_hundred_thousand_entries_take_less_than_a_second() -> None:
    hashes = entries(100_000)
    began = time.process_time()
    top, path = root(hashes), path_to(hashes, number=77_777)
    took = time.process_time() - began
    assert is_in(hashes[77_776], number=77_777, size=100_000, path=path, root=top)
    assert (len(path), took < 1) == (17, True)
