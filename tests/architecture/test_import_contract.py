"""The import contract holds, and each kind of violation, planted in a copy, is found."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("config", "consult", "plans", "stakeholders")

PLANTED = {
    "lower app imports an upper one": (
        "stakeholders/record/steps.py",
        "import plans.register.models",
    ),
    "lower slice imports an upper one": (
        "stakeholders/access/queries.py",
        "import stakeholders.people.models",
    ),
    "models import actions": ("plans/register/models/plans.py", "import plans.register.actions"),
    "pure rules import Django": ("consult/consensus/evaluate.py", "import django"),
    "terms import Django": ("stakeholders/terms/clock.py", "import django"),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    for package in PACKAGES:
        ignore = shutil.ignore_patterns("__pycache__", "data", "migrations")
        shutil.copytree(ROOT / package, folder / package, ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    code = "import sys; from importlinter.cli import lint_imports_command as c; c()"
    return subprocess.run(
        [sys.executable, "-c", code, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin"},
        check=False,
    )


def test_contract_is_kept(copy: Path) -> None:
    result = lint(copy)
    assert (result.returncode, "0 broken" in result.stdout) == (0, True), result.stdout


@pytest.mark.parametrize("name", PLANTED)
def test_planted_violation_is_found(copy: Path, name: str) -> None:
    path, line = PLANTED[name]
    original = (copy / path).read_text(encoding="utf-8")
    (copy / path).write_text(f"{original}\n{line}\n", encoding="utf-8")
    try:
        result = lint(copy)
    finally:
        (copy / path).write_text(original, encoding="utf-8")
    assert (result.returncode, "BROKEN" in result.stdout) == (1, True), result.stdout


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("from guardian.shortcuts import assign_perm", "TID251"),
        ("def f(user):\n    return user.has_perm('x')", "has_perm"),
        ("def f():\n    import json\n    return json", "PLC0415"),
    ],
)
def test_forbidden_lines_are_found(tmp_path: Path, line: str, rule: str) -> None:
    """ruff and the scan below refuse what the import graph cannot see."""
    planted = tmp_path / "plans" / "planted.py"
    planted.parent.mkdir()
    planted.write_text(f'"""Planted."""\n\n{line}\n', encoding="utf-8")
    if rule == "has_perm":
        assert uses_of_has_perm(tmp_path) == ["plans/planted.py"]
        return
    result = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--config", ROOT / "pyproject.toml", planted],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, rule in result.stdout) == (1, True), result.stdout


def uses_of_has_perm(root: Path) -> list[str]:
    return sorted(
        str(path.relative_to(root))
        for package in PACKAGES
        for path in (root / package).rglob("*.py")
        if ".has_perm(" in path.read_text(encoding="utf-8")
    )


def test_nobody_asks_user_has_perm() -> None:
    assert uses_of_has_perm(ROOT) == []
