import json
import subprocess
import sys
from pathlib import Path

import pytest
import pytest_django
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from consult.workflow.actions import publish
from plans.register import standalone
from plans.register.actions import add_attachment, remove_attachment
from plans.register.models import Plan, Revision
from plans.register.queries import bundle_of, fault_of, first_difference
from plans.text.actions import add_chapter, add_provision
from plans.text.wording import Wording
from stakeholders.files.actions import upload_file
from stakeholders.files.enums import Kind
from stakeholders.terms import canonical
from stakeholders.terms.actor import Role
from tests.world import WUJIANG, World


@pytest.fixture
def plan(world: World, tmp_path: Path, settings: pytest_django.Settings) -> Plan:
    """One revision with two articles and an attachment, a second without the attachment."""
    settings.MEDIA_ROOT = tmp_path / "media"
    made = world.plan()
    actor = world.coordinator(made)
    add_chapter(actor=actor, plan=made, key="water", title_zh="水")
    for key in ("taipu", "lake"):
        wording = Wording(title_zh=key, text_zh="水质按Ⅲ类控制。")
        add_provision(actor=actor, plan=made, chapter="water", key=key, wording=wording)
    upload = SimpleUploadedFile("figures.csv", b"a,b\n1,2\n")
    one = add_attachment(
        actor=actor,
        plan=made,
        file=upload_file(actor=actor, upload=upload, kinds=frozenset(Kind)),
        title_zh="底数",
        purpose="base_figures",
        is_unclassified=True,
    )
    publish(actor=actor, plan=made, stage="consultation")
    remove_attachment(actor=actor, plan=made, number=one.pk, reason="更新")
    publish(actor=actor, plan=made, stage="display")
    return made


def first(plan: Plan) -> Revision:
    return plan.revisions.get(number=1)


def spoil(table: str, change: str, where: str) -> None:
    """What only the owner of the database could do."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"UPDATE {table} SET {change} WHERE {where}")  # noqa: S608 - of this file
        assert cursor.rowcount > 0
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET ROLE jointplan_app")


def test_manifest_names_format_algorithm_and_attachments(plan: Plan) -> None:
    said = [json.loads(one.manifest) for one in plan.revisions.order_by("number")]
    assert [(one["format"], one["algorithm"]) for one in said] == [(2, "sha256")] * 2
    stored = plan.attachments.get().file
    titles = canonical.digest_of({"zh": "底数", "en": ""})
    assert [one["attachments"] for one in said] == [
        [["", "base_figures", f"sha256:{stored.sha256}", titles]],
        [],
    ]


def test_what_was_published_holds(plan: Plan, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("plan", "verify", "QWJ")
    lines = capsys.readouterr().out.splitlines()
    assert [line.endswith("holds") for line in lines] == [True, True]


VERSION = "id = (SELECT version_id FROM plans_revisionitem WHERE number = '2' LIMIT 1)"


@pytest.mark.parametrize(
    ("table", "change", "where", "fault"),
    [
        (
            "plans_itemversion",
            "content = replace(content, 'Ⅲ', 'Ⅱ')",
            VERSION,
            "item lake: its content does not match",
        ),
        (
            "plans_itemversion",
            "strength = 'binding'",
            VERSION,
            'item lake: its content says strength "guiding", its row binding',
        ),
        (
            "plans_revisionitem",
            "number = '3'",
            "number = '2'",
            'manifest.items[1].number: "2", the row of item lake says "3"',
        ),
        (
            "plans_revision",
            'manifest = replace(manifest, \'"charter":""\', \'"charter":"9"\')',
            "number = 1",
            "manifest: its text does not match the hash of the revision",
        ),
        (
            "plans_revision",
            "stage = 'approved'",
            "number = 1",
            'manifest.stage: "consultation", the row says "approved"',
        ),
        (
            "plans_attachment",
            "title_zh = '底图'",
            "true",
            "manifest.attachments[0]: there is no such attachment",
        ),
    ],
)
def test_whatever_was_changed_is_named(
    plan: Plan, table: str, change: str, where: str, fault: str
) -> None:
    spoil(table, change, where)
    with pytest.raises(CommandError) as found:
        call_command("plan", "verify", "QWJ")
    assert found.value.returncode == 2
    assert str(found.value).startswith(f"QWJ revision 1: {fault}")


def test_revision_of_format_one_still_verifies(plan: Plan) -> None:
    said = json.loads(first(plan).manifest)
    old = {name: value for name, value in said.items() if name not in ("format", "algorithm")}
    text = canonical.canonical({**old, "attachments": []})
    spoil(
        "plans_revision",
        f"manifest = '{text}', hash = '{canonical.digest(text)}'",
        "number = 1",
    )
    assert fault_of(first(plan)) == ""


def test_file_kept_elsewhere_is_compared(plan: Plan, tmp_path: Path) -> None:
    kept = tmp_path / "manifest.json"
    kept.write_text(first(plan).manifest, encoding="utf-8")
    call_command("plan", "verify", "QWJ", revision=1, file=kept)
    kept.write_text(first(plan).manifest.replace('"taipu"', '"taipo"'), encoding="utf-8")
    with pytest.raises(CommandError, match=r'manifest.items\[0\]\[0\]: "taipu" in ours') as found:
        call_command("plan", "verify", "QWJ", revision=1, file=kept)
    assert found.value.returncode == 2


@pytest.mark.parametrize("words", [["NONE"], ["QWJ", "--revision", "9"]])
def test_plan_that_is_not_there_is_said(plan: Plan, words: list[str]) -> None:
    with pytest.raises(CommandError, match="no such plan") as found:
        call_command("plan", "verify", *words)
    assert found.value.returncode == 1


def test_bundle_holds_without_this_site(
    world: World, plan: Plan, client: Client, tmp_path: Path
) -> None:
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    body = client.get("/plans/QWJ/revisions/1/bundle.json").content
    file, alone = tmp_path / "bundle.json", tmp_path / "standalone.py"
    file.write_bytes(body)
    alone.write_text(Path(standalone.__file__).read_text(encoding="utf-8"), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-I", str(alone), str(file)], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout) == (0, f"holds, hash {first(plan).hash}\n")


def test_any_byte_of_a_bundle_that_changes_is_found(plan: Plan) -> None:
    raw = bundle_of(first(plan)).encode()
    for at in range(0, len(raw), 7):
        changed = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        assert standalone.fault_in(changed), at
    spoilt = raw.replace("Ⅲ类".encode(), "Ⅱ类".encode(), 1)
    assert standalone.fault_in(spoilt).startswith("item lake: its content")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=12,
)


@given(JSON, JSON)
def test_difference_is_named_exactly_when_there_is_one(one: object, other: object) -> None:
    same = canonical.canonical(one) == canonical.canonical(other)
    assert (first_difference(one, other) == "") == same
    assert first_difference(one, one) == ""
