"""One definition of who sees what: pages, API, exports and forms read through `queries` alone.

A door may follow the relations of a row that it was given by a query (`comment.dispositions`): who
sees the row sees what hangs on it, or the query that hands it out says otherwise. What a door may
not do is to begin at a model: by its manager, or by a short cut that takes the model itself.
"""

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


MANAGERS = frozenset({"objects", "_default_manager", "_base_manager"})
SHORT_CUTS = frozenset(f"{a}get_{what}_or_404" for a in ("", "a") for what in ("object", "list"))


def last_name(node: ast.expr) -> str:
    """`Comment` of `Comment` and of `models.Comment`; the text of anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ast.unparse(node)


def looked_up(call: ast.Call) -> list[ast.expr]:
    """The model that a short cut of Django is given; rows that a query made are no model."""
    if last_name(call.func) not in SHORT_CUTS:
        return []
    given = [*call.args[:1], *(one.value for one in call.keywords if one.arg == "klass")]
    return [one for one in given if last_name(one)[:1].isupper()]


def bypasses(path: Path) -> list[tuple[str, int]]:
    """Where a door reads a model itself. `objects.none()` reads nothing."""
    found, empty = [], set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        models: list[ast.expr] = []
        if isinstance(node, ast.Call):
            models = looked_up(node)
        elif isinstance(node, ast.Attribute) and node.attr == "none":
            empty.add(node.value)  # met before the manager, which stands below it
        elif isinstance(node, ast.Attribute) and node.attr in MANAGERS and node not in empty:
            models = [node.value]
        names = [last_name(one) for one in models]
        found += [(name, node.lineno) for name in names if name not in DIRECTORIES]
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
        ("rows = models.Comment.objects.all()", True),
        ("rows = apps.get_model('consult', 'Comment').objects.all()", True),
        ("manager = Comment.objects", True),
        ("row = get_object_or_404(Comment, pk=pk)", True),
        ("row = shortcuts.get_object_or_404(models.Comment, pk=pk)", True),
        ("rows = get_list_or_404(klass=Comment, plan=plan)", True),
        ("row = get_object_or_404(Comment.objects, pk=pk)", True),
        ("queryset = Comment.objects.none()", False),
        ("queryset = models.Comment.objects.none()", False),
        ("row = get_object_or_404(visible_comments(actor=actor), pk=pk)", False),
        ("row = get_object_or_404(rows, pk=pk)", False),
        ("rows = comment.dispositions.filter(pk=pk)", False),
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
