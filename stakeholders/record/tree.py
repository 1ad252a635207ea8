"""The hash tree over the entries of one chain (RFC 6962, section 2.1). Pure.

It shows that an entry is among the first `size` ones by a few hashes, without the other entries,
and that a longer record begins with a shorter one. A leaf is the SHA-256 of a zero byte and the
entry's hash as it is written (`sha256:...`), a node that of a one byte and its two children: no
node can be passed off as a leaf. Numbers of entries begin at 1, as in the record.
"""

import hashlib
from collections.abc import Iterable, Sequence

from stakeholders.terms.canonical import ALGORITHM

LEAF, NODE = b"\x00", b"\x01"


def root(hashes: Iterable[str]) -> str:
    """The root over entries in their order; of none, the hash of nothing."""
    return _said(_root(_leaves(hashes)))


def path_to(hashes: Sequence[str], *, number: int) -> list[str]:
    """The siblings on the way from entry `number` up to the root, the nearest first.

    ValueError for a number that is not among them.
    """
    if not 1 <= number <= len(hashes):
        raise ValueError(f"no entry {number} among {len(hashes)}")
    level, at, path = _leaves(hashes), number - 1, []
    while len(level) > 1:
        if at ^ 1 < len(level):
            path.append(_said(level[at ^ 1]))
        level, at = _above(level), at // 2
    return path


def is_in(entry: str, *, number: int, size: int, path: Sequence[str], root: str) -> bool:
    """Whether `path` leads from the entry's hash, as number `number` of `size`, to `root`."""
    if not 1 <= number <= size or len(path) != path_length(number=number, size=size):
        return False
    at, last, found = number - 1, size - 1, _leaf(entry)
    rest = iter(path)
    while last:
        if at % 2:
            found = _node(_bytes(next(rest)), found)
        elif at < last:
            found = _node(found, _bytes(next(rest)))
        at, last = at // 2, last // 2
    return _said(found) == root


def path_length(*, number: int, size: int) -> int:
    """How many siblings the path of an entry has; a node without one moves up as it is."""
    at, last, count = number - 1, size - 1, 0
    while last:
        count += at % 2 or at < last
        at, last = at // 2, last // 2
    return count


def growth(hashes: Sequence[str], *, former: int) -> list[str]:
    """The nodes that show that the tree over `hashes` begins with its first `former` entries.

    ValueError where there are not so many, or none.
    """
    if not 1 <= former <= len(hashes):
        raise ValueError(f"no tree of {former} in one of {len(hashes)}")
    return [_said(one) for one in _growth(_leaves(hashes), former, is_whole=True)]


def has_grown(former: tuple[int, str], size: int, root: str, nodes: Sequence[str]) -> bool:
    """Whether `nodes` show that the tree (`size`, `root`) begins with `former`, (size, root)."""
    count, known = former
    if not 1 <= count <= size:
        return False
    if count == size:
        return not nodes and known == root
    given = [_bytes(one) for one in nodes]
    at, last = count - 1, size - 1
    while at % 2:
        at, last = at // 2, last // 2
    if at:
        if not given:
            return False
        old = new = given.pop(0)
    else:
        old = new = _bytes(known)
    for sibling in given:
        if not last:
            return False
        if at % 2 or at == last:
            old, new = _node(sibling, old), _node(sibling, new)
            while at and not at % 2:
                at, last = at // 2, last // 2
        else:
            new = _node(new, sibling)
        at, last = at // 2, last // 2
    return not last and (_said(old), _said(new)) == (known, root)


def _growth(leaves: Sequence[bytes], former: int, *, is_whole: bool) -> list[bytes]:
    """SUBPROOF of section 2.1.2: `is_whole` while the former tree is all of this branch's start."""
    if former == len(leaves):
        return [] if is_whole else [_root(leaves)]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if former <= split:
        below = _growth(leaves[:split], former, is_whole=is_whole)
        return [*below, _root(leaves[split:])]
    below = _growth(leaves[split:], former - split, is_whole=False)
    return [*below, _root(leaves[:split])]


def _leaves(hashes: Iterable[str]) -> list[bytes]:
    return [_leaf(one) for one in hashes]


def _leaf(entry: str) -> bytes:
    return hashlib.sha256(LEAF + entry.encode()).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(NODE + left + right).digest()


def _above(level: Sequence[bytes]) -> list[bytes]:
    """The level over `level`: in pairs; who has no sibling stands in it unchanged."""
    pairs = [_node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return [*pairs, level[-1]] if len(level) % 2 else pairs


def _root(leaves: Sequence[bytes]) -> bytes:
    level = leaves
    while len(level) > 1:
        level = _above(level)
    return level[0] if level else hashlib.sha256(b"").digest()


def _said(value: bytes) -> str:
    return f"{ALGORITHM}:{value.hex()}"


def _bytes(said: str) -> bytes:
    """The bytes of a hash as it is written; of anything else none, which fit no tree."""
    name, _colon, digits = said.partition(":")
    try:
        return bytes.fromhex(digits) if name == ALGORITHM and len(digits) == 64 else b""
    except ValueError:
        return b""
