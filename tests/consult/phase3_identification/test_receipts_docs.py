"""The worked example of docs/receipts.md is true: every command of it is run, every hash computed."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from consult.phase3_identification import standalone_receipt

PAGE = (Path(__file__).parents[3] / "docs" / "receipts.md").read_text(encoding="utf-8")
(RAW,) = re.findall(r"```json\n(.*?\n)```", PAGE, re.DOTALL)
RECEIPT = json.loads(RAW)


def test_the_commands_answer_what_the_page_says(tmp_path: Path) -> None:
    shutil.copy(standalone_receipt.__file__, tmp_path / "verify_receipt.py")
    (tmp_path / "receipt.json").write_text(RAW, encoding="utf-8")
    (tmp_path / "python").symlink_to(sys.executable)
    found = re.findall(r"^    \$ (.*)\n    (.*)$", PAGE, re.MULTILINE)
    answers = [
        subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env={"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        ).stdout
        for command, _answer in found
    ]
    assert answers == [f"{answer}\n" for _command, answer in found]
    assert len(answers) == 3


def test_the_way_by_hand_is_the_way() -> None:
    """By SHA-256 alone, without a line of ours."""

    def sha(*parts: bytes) -> bytes:
        return hashlib.sha256(b"".join(parts)).digest()

    siblings = [bytes.fromhex(one.removeprefix("sha256:")) for one in RECEIPT["path"]]
    leaf = sha(b"\x00", RECEIPT["entry_hash"].encode())
    pair = sha(b"\x01", leaf, siblings[0])
    four = sha(b"\x01", siblings[1], pair)
    five = sha(b"\x01", four, siblings[2])
    steps = [
        sha(RECEIPT["content"].encode()),
        sha(RECEIPT["entry"].encode()),
        leaf,
        pair,
        four,
        five,
    ]
    assert re.findall(r"\| `sha256:([0-9a-f]{64})` \|", PAGE) == [one.hex() for one in steps]
    assert RECEIPT["root"] == f"sha256:{five.hex()}"


def test_every_key_of_the_file_is_explained() -> None:
    explained = set(re.findall(r"`(\w+)`", PAGE.split("## The file")[1].split("## Verifying")[0]))
    assert {*RECEIPT, "nonce", "commitment"} - explained == set()
