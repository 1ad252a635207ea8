"""Cases of readings taken over as a table."""

from django.core.files.uploadedfile import SimpleUploadedFile

from consult.phase4_implementation.reading_sheets import HEADINGS, Column
from plans.register.models import Plan
from stakeholders.files.actions import upload_file
from stakeholders.files.enums import Kind
from stakeholders.files.models import StoredFile
from stakeholders.terms.actor import Role
from tests.architecture.rights_world import DONE
from tests.architecture.writing_case import THEIR_PLANNER, Case, Data
from tests.world import JIASHAN, World

ROW = ["antimony", "", "", JIASHAN, "", "2025-04", "3.5", "联合监测", ""]
NAME = "writing-readings.csv"


def _uploaded(world: World, plan: Plan) -> None:
    rows = [[HEADINGS["zh"][column] for column in Column], ROW]
    raw = "\n".join(",".join(row) for row in rows).encode()
    upload_file(
        actor=world.actor(JIASHAN, Role.PLANNER),
        upload=SimpleUploadedFile(NAME, raw),
        kinds={Kind.CSV},
        max_size=10_000,
        plan_key=plan.key,
    )


def _file() -> Data:
    return {"table": StoredFile.objects.filter(name=NAME).values_list("pk", flat=True).first()}


READINGS: dict[str, Case] = {
    "reading.import": Case(
        who=THEIR_PLANNER,
        plan=DONE,
        page="implementation/readings/import/{table}/",
        call="readings/import/",
        form={"which": "all", "seen": "0"},
        body={"file": "{table}"},
        ready=_uploaded,
        late=_file,
    ),
}
