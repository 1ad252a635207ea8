"""Cases of the plan itself: register, text, indicators, projects."""

from io import BytesIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from plans.indicators.actions import add_indicator
from plans.indicators.measure import Measure
from plans.register.actions import admit_body
from plans.register.models import Plan
from plans.text.standard_sheets import write_standards
from stakeholders.files.actions import upload_file
from stakeholders.files.enums import Kind
from stakeholders.files.models import StoredFile
from stakeholders.people.models import Organization
from stakeholders.terms.actor import Role
from stakeholders.terms.rights import Reason
from tests.architecture.writing_case import (
    OFFICE,
    OUR_CONTACT,
    OUR_PLANNER,
    THEIR_PLANNER,
    WHY,
    Case,
)
from tests.consult.phase1_organization.scene import PARTIES
from tests.world import JIASHAN, QINGPU, WUJIANG, World


def _measured(world: World, plan: Plan) -> None:
    add_indicator(
        actor=world.coordinator(plan), plan=plan, key="water-share", measure=Measure(**MEASURE)
    )


def _workbook(world: World, plan: Plan) -> None:
    """A filled-in workbook among the uploads of our planner."""
    target = BytesIO()
    write_standards(target, plan=plan)
    book = openpyxl.load_workbook(target)
    heads = [str(cell.value) for cell in book.active[1]]
    book.active.cell(2, next(n for n, h in enumerate(heads, 1) if "[title_en]" in h)).value = "New"
    again = BytesIO()
    book.save(again)
    upload_file(
        actor=world.actor(*OUR_PLANNER),
        upload=SimpleUploadedFile("table.xlsx", again.getvalue()),
        kinds={Kind.XLSX},
    )


def _kept_workbook() -> dict[str, object]:
    kept = StoredFile.objects.filter(name="table.xlsx").first()
    return {"workbook": str(kept.pk)} if kept else {}


def body() -> Organization:
    names = {"name_zh": "专家组", "name_en": "Expert group", "kind": "expert_committee"}
    return Organization.objects.get_or_create(key="EX", defaults=names)[0]


def _admitted(world: World, plan: Plan) -> None:
    admit_body(actor=world.coordinator(plan), plan=plan, organization=body(), role=Role.EXPERT)


NEW_PLAN = {
    "title_zh": "规划",
    "short_zh": "规划",
    "key": "new-one",
    "kind": "detailed",
    "horizon_from": 2026,
    "horizon_until": 2035,
    "coordinator": f"planner@{WUJIANG}.example",
    "coordinator_document": "文",
}
PROVISION = {"title_zh": "条", "text_zh": "条文。", "function": "rule", "lead": QINGPU}
STANDARD = {"title_zh": "慢行道净宽", "unit": "m", "strength": "guiding", "theme": "transport"}
MEASURE = {"name_zh": "水面率", "unit": "%", "direction": "up", "aggregation": "worst"}
PROJECT = {"name_zh": "蓝环", "theme": "ecology", "year_from": 2026, "year_until": 2027}
PROJECT_FORM = {
    f"role_{QINGPU}": "lead",
    f"cost_{QINGPU}": "60",
    f"role_{WUJIANG}": "partner",
    f"cost_{WUJIANG}": "40",
    f"cost_{JIASHAN}": "",
    f"role_{JIASHAN}": "",
    **{f"benefit_{code}": "" for code in PARTIES},
}
PROJECT_BODY = {
    "parties": [
        {"code": QINGPU, "role": "lead", "cost_share": "60"},
        {"code": WUJIANG, "role": "partner", "cost_share": "40"},
    ]
}
PLANS: dict[str, Case] = {
    "plan.create": Case(
        who=OUR_CONTACT,
        page="/plans/new/",
        call="/api/v1/plans/",
        data=NEW_PLAN,
        refused=OUR_PLANNER,
    ),
    "body.admit": Case(
        who=OFFICE,
        page="bodies/",
        call="bodies/",
        data={"role": "expert"},
        body={"organization": "EX"},
    ),
    "body.dismiss": Case(
        who=OFFICE,
        page="bodies/EX/expert/dismiss/",
        call="bodies/dismiss/",
        data=WHY,
        body={"organization": "EX", "role": "expert"},
        ready=_admitted,
    ),
    "chapter.add": Case(
        who=OFFICE,
        page="text/chapters/new/",
        call="chapters/",
        data={"key": "second", "title_zh": "章"},
        refused=OUR_PLANNER,
    ),
    "provision.add": Case(
        who=OUR_PLANNER,
        page="text/chapters/first/new/",
        call="provisions/",
        form={**PROVISION, "key": "another"},
        body={"key": "another", "chapter": "first", "wording": PROVISION},
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
    ),
    "provision.edit": Case(
        who=OUR_PLANNER,
        page="text/provisions/first/",
        call="provisions/first/",
        form={**PROVISION, "text_zh": "改。"},
        body={"edits": 1, "wording": {**PROVISION, "text_zh": "改。"}},
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
    ),
    "provision.move": Case(
        who=OFFICE,
        page="text/provisions/first/move/",
        call="provisions/first/move/",
        data={"chapter": "first", "position": 1},
    ),
    "provision.remove": Case(
        who=OFFICE,
        page="text/provisions/first/remove/",
        call="provisions/first/remove/",
        data={"edits": 1},
    ),
    "standard.add": Case(
        who=OUR_PLANNER,
        page="text/standards/new/",
        call="standards/",
        form={**STANDARD, "key": "paths"},
        body={"key": "paths", "norm": STANDARD},
    ),
    "standard.edit": Case(
        who=OUR_PLANNER,
        page="text/standards/setback/",
        call="standards/setback/",
        form={"title_en": "Setback"},
        body={"edits": 1, "norm": STANDARD},
    ),
    "standard.remove": Case(
        who=OUR_PLANNER,
        page="text/standards/setback/remove/",
        call="standards/setback/remove/",
        data={"edits": 1},
    ),
    "standard.import": Case(
        who=OUR_PLANNER,
        page="text/standards/import/",
        call="standards/import/",
        form={"file-kept": "{workbook}", "confirm": "1"},
        body={"file": "{workbook}", "confirm": True},
        ready=_workbook,
        late=_kept_workbook,
    ),
    "indicator.add": Case(
        who=OUR_PLANNER,
        page="indicators/new/",
        call="indicators/",
        form={**MEASURE, "key": "water-share"},
        body={"key": "water-share", "measure": MEASURE},
    ),
    "indicator.edit": Case(
        who=OUR_PLANNER,
        page="indicators/water-share/",
        call="indicators/water-share/",
        form={"unit": "%"},
        body={"edits": 1, "measure": MEASURE},
        ready=_measured,
    ),
    "indicator.remove": Case(
        who=OUR_PLANNER,
        page="indicators/water-share/remove/",
        call="indicators/water-share/remove/",
        data={"edits": 1},
        ready=_measured,
    ),
    "project.add": Case(
        who=OUR_PLANNER,
        page="projects/new/",
        call="projects/",
        data={**PROJECT, "key": "PJ9"},
        form=PROJECT_FORM,
        body=PROJECT_BODY,
    ),
    "project.edit": Case(
        who=OUR_PLANNER,
        page="projects/PJ3/edit/",
        call="projects/PJ3/",
        data=PROJECT,
        form=PROJECT_FORM,
        body={**PROJECT_BODY, "edits": 1},
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
    ),
    "milestone.add": Case(
        who=OUR_PLANNER,
        page="projects/PJ3/milestones/new/",
        call="projects/PJ3/milestones/",
        data={"title_zh": "方案", "owner": WUJIANG, "due_on": "2027-01-01", "weight": "20"},
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
    ),
}
