"""One definition of who sees what: pages, API, exports and forms read through `queries` alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib import admin

from consult.phase2_preparation.models import Comment, CommentDraft, Disposition, Reply
from plans.register.models import ItemDraft, ItemVersion, PlanGrant
from stakeholders.record.admin import ReadOnlyAdmin

ROOT = Path(__file__).resolve().parents[2]
# What answers a request. `queries` and below know the actor; these only ask them.
DOORS = frozenset({"views", "api", "endpoints", "serializers", "forms", "adoption_table", "papers"})
BEHIND = frozenset({"actions", "models", "queries", "replay", "steps"})
# Directories that everybody who is signed in reads: no row of theirs belongs to a plan.
DIRECTORIES = {
    "Jurisdiction": "the official table of units",
    "Region": "regions and their members are public knowledge",
    "Organization": "bodies are named to be admitted or to lead a project",
    "User": "a person is named by the address of its account, which the namer must know",
}


def doors(root: Path) -> Iterator[Path]:
    for app in ("plans", "consult"):
        for path in sorted((root / app).rglob("*.py")):
            # What writes or replays may bear the name of a door; it reads what it was given.
            if DOORS & {path.stem, path.parent.name} and path.parent.name not in BEHIND:
                yield path


def bypasses(path: Path) -> list[tuple[str, int]]:
    """Where a door reads a model itself. `objects.none()` reads nothing."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        manager = node.value if isinstance(node, ast.Attribute) else None
        if not isinstance(manager, ast.Attribute) or not isinstance(manager.value, ast.Name):
            continue
        is_manager = manager.attr in ("objects", "_default_manager", "_base_manager")
        if is_manager and node.attr != "none" and manager.value.id not in DIRECTORIES:
            found.append((manager.value.id, node.lineno))
    return found


def test_doors_read_no_plan_data_themselves() -> None:
    found = {str(path.relative_to(ROOT)): bypasses(path) for path in doors(ROOT)}
    assert len(found) > 30
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("rows = Comment.objects.filter(plan=plan)", True),
        ("rows = list(Comment._default_manager.all())", True),
        ("queryset = Comment.objects.none()", False),
        ("unit = Jurisdiction.objects.get(pk=code)", False),
    ],
)
def test_a_planted_read_is_found(tmp_path: Path, line: str, is_found: bool) -> None:
    planted = tmp_path / "plans" / "register" / "views.py"
    planted.parent.mkdir(parents=True)
    planted.write_text(f"{line}\n", encoding="utf-8")
    assert [bool(bypasses(path)) for path in doors(tmp_path)] == [is_found]


def test_administrators_read_no_text_that_may_be_sealed_and_change_nothing() -> None:
    """Drafts, replies, comments and undecided dispositions have no administrators' page."""
    closed = {Comment, CommentDraft, Disposition, Reply, ItemDraft, ItemVersion, PlanGrant}
    registered = admin.site._registry
    assert closed & registered.keys() == set()
    editable = [
        model._meta.label
        for model, page in registered.items()
        if model._meta.app_label in ("plans", "consult") and not isinstance(page, ReadOnlyAdmin)
    ]
    # Answers in stock for the whole site: they say nothing of any plan.
    assert editable == ["consult.TextBlock"]
