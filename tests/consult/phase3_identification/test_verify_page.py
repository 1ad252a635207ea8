"""docs/verify.md is true: its commands give what it says, its tables name what a bundle holds."""

import ast
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from consult.phase3_identification import standalone, standalone_follows

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "verify.md").read_text(encoding="utf-8")


def test_worked_example_runs_from_an_empty_folder_with_only_python(tmp_path: Path) -> None:
    shutil.copy(DOCS / "examples" / "statement.json", tmp_path)
    shutil.copy(standalone.__file__, tmp_path / "verify.py")
    shutil.copy(standalone_follows.__file__, tmp_path / "verify_follows.py")
    steps = re.findall(r"^    \$ python (.+)\n((?:    [^$].*\n)*)", PAGE, re.MULTILINE)
    assert len(steps) == 9
    for command, said in steps:
        run = subprocess.run(
            [sys.executable, *shlex.split(command)],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            env={},
        )
        assert (run.stdout, run.stderr) == (said.replace("    ", ""), "")


def test_page_names_every_key_of_a_bundle() -> None:
    table = PAGE.partition("| key | what it holds |")[2].partition("\n\n")[0]
    named = re.findall(r"`([a-z_]+)`", "".join(row.split("|")[1] for row in table.splitlines()[2:]))
    bundle = json.loads((DOCS / "examples" / "statement.json").read_text(encoding="utf-8"))
    assert sorted(named) == sorted(bundle) == sorted(standalone.NAMES.split())


@pytest.mark.parametrize(
    ("script", "modules", "lines"),
    [
        (standalone, ["hashlib", "json", "sys"], 100),
        (standalone_follows, ["hashlib", "json", "sys", "types"], 220),
    ],
)
def test_scripts_are_short_and_keep_to_the_oldest_python_they_promise(
    script: ModuleType, modules: list[str], lines: int
) -> None:
    source = Path(str(script.__file__)).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 9))
    assert len(source.splitlines()) <= lines
    assert re.findall(r"^(?:from|import) (\w+)", source, re.MULTILINE) == modules
    assert re.findall(r"\bmatch\b .*:$|strict=", source, re.MULTILINE) == []
