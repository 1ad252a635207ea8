"""The rules of the house that no linter knows: sizes, names, templates, append-only tables."""

import ast
import re
from pathlib import Path
from weakref import ReferenceType

import pytest
from django.apps import apps
from django.db.models import PROTECT, ForeignKey, Model
from django.db.models.signals import (
    ModelSignal,
    m2m_changed,
    post_delete,
    post_save,
    pre_delete,
    pre_save,
)

from stakeholders.record.models import AppendOnly

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("config", "consult", "plans", "stakeholders")
CODE = [
    path
    for package in PACKAGES
    for path in sorted((ROOT / package).rglob("*.py"))
    if "migrations" not in path.parts
]
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "common.py", "misc.py", "base.py", "services.py"}
DATA_SIGNALS = [pre_save, post_save, pre_delete, post_delete, m2m_changed]


def test_no_module_is_longer_than_400_lines() -> None:
    long = {str(p): n for p in CODE if (n := len(p.read_text("utf-8").splitlines())) > 400}
    assert long == {}


def test_no_function_is_longer_than_60_lines() -> None:
    found = []
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > 60:
                found.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert found == []


def test_no_module_has_a_junk_drawer_name() -> None:
    assert [str(p) for p in CODE if p.name in FORBIDDEN_NAMES] == []


def test_actions_take_a_required_keyword_actor() -> None:
    """Every public action is keyword-only and takes an `actor` without a default."""
    wrong = []
    for path in CODE:
        if "actions" not in (path.stem, path.parent.name):
            continue
        for node in ast.parse(path.read_text("utf-8")).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            keyword = dict(
                zip([a.arg for a in node.args.kwonlyargs], node.args.kw_defaults, strict=True)
            )
            if node.args.args or "actor" not in keyword or keyword["actor"] is not None:
                wrong.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert wrong == []


def test_templates_of_plans_know_nothing_of_consult() -> None:
    pattern = re.compile(
        r"{%\s*(load\s+[^%]*consult|include\s+[\"']consult/|extends\s+[\"']consult/)"
    )
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates" / "plans").rglob("*.html")
        if pattern.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_every_key_of_an_append_only_table_protects() -> None:
    loose = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if issubclass(model, AppendOnly)
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.remote_field.on_delete is not PROTECT
    ]
    assert loose == []


def test_append_only_tables_carry_no_status_column() -> None:
    states = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if issubclass(model, AppendOnly)
        for field in model._meta.get_fields()
        if field.name in {"status", "state", "is_current", "is_latest", "revoked_at"}
    ]
    assert states == []


def receivers_of_ours(signal: ModelSignal) -> list[str]:
    """What of our packages is called by the signal. A receiver is kept weakly, and a weak one is
    printed without its module: it is taken out first. A method bears the module of its class."""
    called = [
        kept() if isinstance(kept, ReferenceType) else kept for _key, kept, *_ in signal.receivers
    ]
    modules = [getattr(one, "__module__", None) or type(one).__module__ for one in called if one]
    return [module for module in modules if module.split(".")[0] in PACKAGES]


@pytest.mark.parametrize("signal", DATA_SIGNALS)
def test_no_signal_of_ours_changes_data(signal: ModelSignal) -> None:
    assert receivers_of_ours(signal) == []


def test_a_planted_receiver_is_found() -> None:
    """A function and a method, kept weakly as `connect` does unless it is told otherwise."""

    def planted(**_sent: object) -> None: ...

    class Planted:
        def receive(self, **_sent: object) -> None: ...

    planted.__module__ = Planted.receive.__module__ = "plans.register.models"
    signal, one = ModelSignal(), Planted()
    signal.connect(planted)
    signal.connect(one.receive)
    signal.connect(planted, weak=False, dispatch_uid="strong")
    assert receivers_of_ours(signal) == ["plans.register.models"] * 3


def test_no_model_of_ours_has_side_effects_in_save() -> None:
    own = [
        model.__name__
        for model in apps.get_models()
        if model._meta.app_label in {"stakeholders", "plans", "consult"}
        and model.save is not Model.save
        and "save" in vars(model)
    ]
    assert own == []
