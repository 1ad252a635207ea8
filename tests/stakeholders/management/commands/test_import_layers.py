"""The two import commands: what they say and how they refuse."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from stakeholders.jurisdictions.models import Adjacency, Jurisdiction, Region, RegionMember

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bare(db) -> None:
    for table in (RegionMember, Region, Adjacency):
        table.objects.all().delete()
    Jurisdiction.objects.update(parent=None, successor=None)
    Jurisdiction.objects.all().delete()


def run(*words: str) -> list[str]:
    out = StringIO()
    with translation.override("en"):
        call_command(*words, stdout=out)
    return out.getvalue().splitlines()


def test_commands_say_what_they_did() -> None:
    assert run("import_jurisdictions") == [
        "jurisdictions: 350 in all, 350 new, 0 changed, 0 removed, 0 unchanged.",
        "adjacencies: 948 in all, 948 new, 0 changed, 0 removed, 0 unchanged.",
        "1298 changes.",
    ]
    assert run("import_regions") == [
        "coordination regions: 38 in all, 38 new, 0 changed, 0 removed, 0 unchanged.",
        "members of regions: 356 in all, 356 new, 0 changed, 0 removed, 0 unchanged.",
        "360000 lies outside the table of jurisdictions: its row is kept, without a unit.",
        "394 changes.",
    ]
    assert run("import_jurisdictions")[-1] == "0 changes."


def test_command_refuses_a_bad_row_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "jurisdictions.csv").write_text("code\n", encoding="utf-8")
    said = "jurisdictions.csv, line 1, column parent_code: The heading lacks this column."
    with pytest.raises(CommandError) as refusal:
        run("import_jurisdictions", "--folder", str(tmp_path))
    assert str(refusal.value) == said
    assert Jurisdiction.objects.count() == 0
