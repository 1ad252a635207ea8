"""The known projects: loaded once, recorded once, taken into a register by a prefilled form."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import translation

from plans.projects.actions import import_known_projects
from plans.projects.models import KnownProject, Project
from plans.projects.queries import known_projects
from stakeholders.jurisdictions.actions import import_jurisdictions
from stakeholders.jurisdictions.reading import RowError
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import SYSTEM, Role
from stakeholders.terms.errors import Refused
from tests.world import QINGPU, WUJIANG, World

LIST = "/plans/QWJ/projects/"
HEAD = "project_id,title_zh,title_en,theme,jurisdiction_codes\n"


def test_the_real_projects_are_loaded_once_and_recorded_once(world: World) -> None:
    import_jurisdictions(actor=SYSTEM)
    counts = import_known_projects(actor=SYSTEM)
    assert (counts.created, counts.updated) == (KnownProject.objects.count(), 0) == (11, 0)
    again = import_known_projects(actor=SYSTEM)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 11)
    KnownProject.objects.filter(key="M22").update(name_zh="旧")
    out = StringIO()
    call_command("import_projects", stdout=out)
    assert out.getvalue() == "已知项目：新增0项，变更1项，未变10项。\n"
    assert KnownProject.objects.get(key="M22").name_zh == "方厅水院"
    entries = RecordEntry.objects.filter(act="known_projects.import")
    assert set(entries.values_list("subject", flat=True)) == {"layer:known_projects"}
    assert entries.count() == 2
    assert "M02" in {one.key for one in known_projects(jurisdiction=QINGPU)}  # by its province
    assert {one.key for one in known_projects(theme="culture")} == {"M22"}


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("X 1,甲,A,water,310118\n", "project_id"),
        ("X1,,A,water,310118\n", "title_zh"),
        ("X1,甲,A,weather,310118\n", "theme"),
        ("X1,甲,A,water,999999\n", "jurisdiction_codes"),
        ("X1,甲,A,water,310118\nX1,甲,A,water,310118\n", "project_id"),
    ],
)
def test_a_bad_row_names_its_cell_and_loads_nothing(
    world: World, tmp_path: Path, row: str, column: str
) -> None:
    path = tmp_path / "known_projects.csv"
    path.write_text(HEAD + row)
    with pytest.raises(RowError) as error:
        import_known_projects(actor=SYSTEM, path=path)
    assert error.value.column == column
    assert KnownProject.objects.count() == 0


def test_nobody_of_a_plan_loads_them(world: World) -> None:
    with pytest.raises(Refused):
        import_known_projects(actor=world.actor(QINGPU, Role.CONTACT_POINT))


def test_a_known_project_fills_the_form_and_is_shown_as_taken(world: World, tmp_path: Path) -> None:
    path = tmp_path / "known_projects.csv"
    path.write_text(HEAD + f"M22,方厅水院,Square Hall,culture,{QINGPU};{WUJIANG}\n")
    import_known_projects(actor=SYSTEM, path=path)
    world.plan()
    client = Client()
    client.force_login(world.user(QINGPU, Role.PLANNER))
    with translation.override("en"):
        listed = client.get(f"{LIST}known/", headers={"accept-language": "en"}).content.decode()
        page = client.get(f"{LIST}new/?known=M22").content.decode()
    assert "?known=M22" in listed
    assert 'value="方厅水院"' in page
    assert page.count('<option value="partner" selected>') == 2
    data = {"key": "PJ3", "name_zh": "方厅水院", "theme": "culture", "year_from": "2026"}
    data |= {"year_until": "2028", f"role_{QINGPU}": "lead", f"role_{WUJIANG}": "partner"}
    assert client.post(f"{LIST}new/?known=M22", data).status_code == 302
    made = Project.objects.get()
    assert made.known is not None
    assert made.known.key == "M22"
    again = client.get(f"{LIST}known/").content.decode()
    assert "?known=M22" not in again
    assert f"{LIST}PJ3/" in again
    assert client.get(f"{LIST}new/?known=M99").status_code == 404
