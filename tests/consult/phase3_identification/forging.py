"""What a forger can do to a bundle: change a part, and recompute whatever hangs on it."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from stakeholders.terms.canonical import canonical, commitment, digest

Data = dict[str, Any]
Change = Callable[[Data], object]


def written(data: Data) -> bytes:
    """The bytes of a bundle whose own digest is recomputed, so that nothing but the place tells."""
    body = {key: value for key, value in data.items() if key != "digest"}
    return (canonical({**body, "digest": digest(canonical(body))}) + "\n").encode()


def spoilt(text: str, change: Change) -> bytes:
    """The bundle with one part changed and no hash inside recomputed."""
    data = json.loads(text)
    change(data)
    return written(data)


class Forgery:
    """A bundle taken apart: `said`, `spoken` and `acts` are changed, then all is hashed anew."""

    def __init__(self, text: str) -> None:
        self.data: Data = json.loads(text)
        self.said: Data = json.loads(self.data["statement"])
        self.spoken = [json.loads(row["content"]) for row in self.data["declarations"]]
        self.acts = [json.loads(row["payload"]) for row in self.data["record"]]

    def written(self) -> bytes:
        """Everything recomputed: receipts, statement, record, heads, digest."""
        data, new = self.data, {}
        for row, said in zip(data["declarations"], self.spoken, strict=True):
            row["content"] = canonical(said)
            new[row["hash"]] = row["hash"] = digest(row["content"])
            if row["nonce"]:
                new[row["commitment"]] = row["commitment"] = commitment(
                    row["content"], row["nonce"]
                )
        for party in self.said["parties"]:
            party["receipt"] = new.get(party["receipt"], party["receipt"])
        start = self.said["record_head"]["seq"]
        hashes = self._chained(self.acts[:start], "", new)
        self.said["record_head"]["hash"] = hashes[-1]
        data["statement"] = canonical(self.said)
        new[data["statement_hash"]] = data["statement_hash"] = digest(data["statement"])
        hashes += self._chained(self.acts[start:], hashes[-1], new)
        data["record"] = [
            {"seq": act["seq"], "payload": canonical(act), "hash": found}
            for act, found in zip(self.acts, hashes, strict=True)
        ]
        data["head"] = hashes[-1]
        for row in data["heads"]:
            row["hash"], row["root"] = hashes[row["seq"] - 1], root(hashes[: row["seq"]])
        return written(data)

    @staticmethod
    def _chained(acts: list[Data], previous: str, new: dict[str, str]) -> list[str]:
        found = []
        for act in acts:
            text = canonical(act["effects"])
            for old, now in new.items():
                text = text.replace(old, now)
            act["effects"], act["previous"] = json.loads(text), previous
            previous = digest(canonical(act))
            found.append(previous)
        return found


def root(hashes: list[str]) -> str:
    """The root of RFC 6962, section 2.1, as the recursion of the text has it."""

    def of(leaves: list[bytes]) -> bytes:
        if len(leaves) == 1:
            return hashlib.sha256(b"\0" + leaves[0]).digest()
        half = 1 << (len(leaves) - 1).bit_length() - 1
        return hashlib.sha256(b"\1" + of(leaves[:half]) + of(leaves[half:])).digest()

    return f"sha256:{of([one.encode() for one in hashes]).hex()}"
