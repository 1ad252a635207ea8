"""Cases of the plan itself: register, text, indicators, projects."""

import uuid
from dataclasses import replace
from io import BytesIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model

from consult.workflow.actions import publish
from plans.indicators.actions import add_indicator
from plans.indicators.measure import Measure
from plans.register.actions import admit_body
from plans.register.models import Attachment, Plan
from plans.text.actions import (
    add_chapter,
    add_note,
    add_provision,
    add_term,
    edit_provision,
    start_import,
)
from plans.text.models import DefinedTerm, EditorialClaim, InternalNote, TextImport
from plans.text.queries import get_provision
from plans.text.standard_sheets import write_standards
from plans.text.wording import Wording, wording_of
from stakeholders.files.actions import upload_file
from stakeholders.files.enums import Kind
from stakeholders.files.models import StoredFile
from stakeholders.people.models import Organization
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.rights import Reason
from tests.architecture.writing_case import (
    LAST_CONTACT,
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


def body() -> Organization:
    names = {"name_zh": "专家组", "name_en": "Expert group", "kind": "expert_committee"}
    return Organization.objects.get_or_create(key="EX", defaults=names)[0]


def _empty_chapter(world: World, plan: Plan) -> None:
    add_chapter(actor=world.coordinator(plan), plan=plan, key="empty", title_zh="空章")


def _noted(world: World, plan: Plan) -> None:
    actor = world.actor(QINGPU, Role.PLANNER)
    add_note(actor=actor, plan=plan, key="first", text="待核")


def _admitted(world: World, plan: Plan) -> None:
    admit_body(actor=world.coordinator(plan), plan=plan, organization=body(), role=Role.EXPERT)


def _uploaded(world: World, _plan: Plan) -> None:
    StoredFile.objects.create(
        sha256="1" * 64,
        name="figures.csv",
        media_type="text/csv",
        size=1,
        uploaded_by_id=world.actor(QINGPU, Role.PLANNER).person,
        uploaded_at=clock.now(),
    )


def _upload() -> dict[str, object]:
    found = StoredFile.objects.filter(sha256="1" * 64).first()
    return {"upload": str(found.pk if found else uuid.UUID(int=0))}


def _newest(model: type[Model]) -> int:
    """The number of the newest row, 0 before there is one."""
    row = model._default_manager.order_by("-pk").first()
    return row.pk if row else 0


def _attachment() -> dict[str, object]:
    return {"attachment": _newest(Attachment)}


def _another(world: World, plan: Plan) -> None:
    add_provision(
        actor=world.coordinator(plan),
        plan=plan,
        chapter="first",
        key="second",
        wording=Wording(title_zh="另一条", text_zh="条文。", concerned=(QINGPU,)),
    )


def _claimed(world: World, plan: Plan) -> None:
    office = world.coordinator(plan)
    publish(actor=office, plan=plan, stage="consultation")
    draft = get_provision(plan, key="first").item.draft
    wording = replace(wording_of(draft), text_zh="文。", change_claim="editorial")
    edit_provision(actor=office, plan=plan, key="first", edits=draft.edits, wording=wording)


def _draft() -> dict[str, object]:
    return {"draft": EditorialClaim.objects.values_list("hash", flat=True).first() or "none"}


def _defined(world: World, plan: Plan) -> None:
    add_term(actor=world.coordinator(plan), plan=plan, term_zh="蓝环", definition_zh="环湖水系。")


def _term() -> dict[str, object]:
    return {"term": DefinedTerm.objects.values_list("pk", flat=True).first() or 0}


def _read(world: World, plan: Plan) -> None:
    """A file read into a preview that is due to be entered."""
    office = world.coordinator(plan)
    upload = SimpleUploadedFile("plan.md", "第一章 新章\n\n第一条 【新条】应当落实。".encode())
    stored = upload_file(actor=office, upload=upload, kinds=[Kind.MARKDOWN])
    start_import(actor=office, plan=plan, file=stored)


def _imported() -> dict[str, object]:
    found = TextImport.objects.order_by("-created_at").first()
    return {"text_import": found.pk if found else uuid.UUID(int=0)}


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


STANDARD = {"title_zh": "慢行道净宽", "unit": "m", "strength": "guiding", "theme": "transport"}
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
AMENDED = {"title_zh": "条", "text_zh": "改为此文。"}
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
    "attachment.add": Case(
        who=OUR_PLANNER,
        page="attachments/new/",
        call="attachments/",
        data={"title_zh": "底数", "is_unclassified": True},
        form={"file-kept": "{upload}"},
        body={"file": "{upload}"},
        ready=_uploaded,
        late=_upload,
    ),
    "attachment.remove": Case(
        who=OUR_PLANNER,
        page="attachments/{attachment}/remove/",
        call="attachments/{attachment}/remove/",
        data=WHY,
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
        late=_attachment,
    ),
    "concern.declare": Case(
        who=LAST_CONTACT,
        page="items/second/declare/",
        call="items/second/declare/",
        data=WHY,
        refused=THEIR_PLANNER,
        ready=_another,
    ),
    "concern.renounce": Case(
        who=LAST_CONTACT,
        page="items/first/renounce/",
        call="items/first/renounce/",
        data=WHY,
        refused=THEIR_PLANNER,
    ),
    "item.split": Case(
        who=OUR_PLANNER,
        page="text/provisions/first/split/",
        shown_on="text/provisions/first/lineage/",
        call="provisions/first/split/",
        data={"edits": 1},
        form={"titles": "一\n二"},
        body={"titles": ["一", "二"]},
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
    ),
    "item.merge": Case(
        who=OUR_PLANNER,
        page="text/provisions/first/merge/",
        shown_on="text/provisions/first/lineage/",
        call="provisions/first/merge/",
        data={"others": ["second"], "title_zh": "合"},
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
        ready=_another,
    ),
    "item.replace": Case(
        who=OUR_PLANNER,
        page="text/provisions/first/replace/",
        shown_on="text/provisions/first/lineage/",
        call="provisions/first/replace/",
        data={"edits": 1, "title_zh": "新"},
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
    ),
    "chapter.add": Case(
        who=OFFICE,
        page="text/chapters/new/",
        call="chapters/",
        data={"key": "second", "title_zh": "章"},
        refused=OUR_PLANNER,
    ),
    "chapter.edit": Case(
        who=OFFICE,
        page="text/chapters/first/edit/",
        call="chapters/first/",
        data={"title_zh": "章名", "drafting": [QINGPU]},
        refused=OUR_PLANNER,
    ),
    "chapter.move": Case(
        who=OFFICE,
        page="text/chapters/first/move/",
        shown_on="text/",
        call="chapters/first/move/",
        data={"position": 1},
        refused=OUR_PLANNER,
    ),
    "chapter.remove": Case(
        who=OFFICE,
        page="text/chapters/empty/remove/",
        shown_on="text/chapters/empty/edit/",
        call="chapters/empty/remove/",
        refused=OUR_PLANNER,
        ready=_empty_chapter,
    ),
    "note.add": Case(
        who=OUR_PLANNER,
        page="text/provisions/first/notes/",
        call="provisions/first/notes/",
        data={"text": "内部备注"},
    ),
    "note.resolve": Case(
        who=OUR_PLANNER,
        page="text/notes/{note}/resolve/",
        shown_on="text/provisions/first/notes/",
        call="notes/{note}/resolve/",
        ready=_noted,
        late=lambda: {"note": _newest(InternalNote)},
    ),
    "provisions.move": Case(
        who=OUR_PLANNER,
        page="text/moves/",
        shown_on="text/",
        call="moves/",
        data={"keys": ["first"], "chapter": "first"},
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
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
    "amendment.propose": Case(
        who=THEIR_PLANNER,
        page="text/provisions/first/amend/",
        call="amendments/",
        data={"reason": "更正"},
        form=AMENDED,
        body={"item": "first", "texts": AMENDED},
    ),
    "amendment.apply": Case(
        who=OUR_PLANNER,
        page="text/amendments/1/apply/",
        call="amendments/1/apply/",
        body={"edits": 1},
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
    ),
    "amendment.decline": Case(
        who=OUR_PLANNER,
        page="text/amendments/1/decline/",
        shown_on="text/amendments/1/",
        call="amendments/1/decline/",
        data=WHY,
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
    ),
    "amendment.withdraw": Case(
        who=OUR_PLANNER,
        page="text/amendments/1/withdraw/",
        shown_on="text/amendments/1/",
        call="amendments/1/withdraw/",
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
    ),
    "provision.remove": Case(
        who=OFFICE,
        page="text/provisions/first/remove/",
        call="provisions/first/remove/",
        data={"edits": 1},
    ),
    "claim.answer": Case(
        who=THEIR_PLANNER,
        page="text/claims/first/",
        shown_on="text/claims/",
        call="claims/first/",
        data={"verdict": "confirmed", "draft": "{draft}"},
        ready=_claimed,
        late=_draft,
    ),
    "term.add": Case(
        who=OFFICE,
        page="text/terms/",
        call="terms/",
        data={"term_zh": "蓝环", "definition_zh": "环湖水系。"},
        refused=OUR_PLANNER,
    ),
    "term.remove": Case(
        who=OFFICE,
        page="text/terms/{term}/remove/",
        call="terms/{term}/remove/",
        refused=OUR_PLANNER,
        ready=_defined,
        late=_term,
    ),
    "text.import": Case(
        who=OFFICE,
        page="text/import/{text_import}/enter/",
        call="imports/{text_import}/enter/",
        shown_on="text/import/{text_import}/",
        data={"edits": 0},
        ready=_read,
        late=_imported,
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
        page="indicators/water-share/edit/",
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
