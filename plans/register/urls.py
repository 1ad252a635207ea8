from django.urls import path

from plans.register.views import (
    attachments,
    concern,
    family,
    heads,
    items,
    plans,
    revisions,
    transmission,
)
from stakeholders.files.tables import TableKind

app_name = "register"
TABLE = "<slug:key>/transmission/"
LISTED = TABLE + "listed/<int:number>/"
CSV, XLSX = {"kind": TableKind.CSV}, {"kind": TableKind.XLSX}
urlpatterns = [
    path("", plans.plan_list, name="list"),
    path("new/", plans.plan_new, name="new"),
    path("<slug:key>/", plans.plan_detail, name="detail"),
    path("<slug:key>/bodies/", plans.bodies, name="bodies"),
    path(
        "<slug:key>/bodies/<slug:organization>/<slug:role>/dismiss/",
        plans.body_dismiss,
        name="body_dismiss",
    ),
    path("<slug:key>/family/", family.family, name="family"),
    path("<slug:key>/family/parent/", family.parent, name="parent"),
    path("<slug:key>/parties/<slug:code>/", family.party, name="party"),
    path(TABLE, transmission.transmission, name="transmission"),
    path(TABLE + "table.csv", transmission.transmission_table, CSV, name="transmission_csv"),
    path(TABLE + "table.xlsx", transmission.transmission_table, XLSX, name="transmission_xlsx"),
    path(TABLE + "items/<slug:item>/", transmission.answer_item, name="answer_item"),
    path(LISTED, transmission.answer_listed, name="answer_listed"),
    path(LISTED + "edit/", transmission.requirement_edit, name="requirement_edit"),
    path(LISTED + "remove/", transmission.requirement_remove, name="requirement_remove"),
    path(TABLE + "new/", transmission.requirement_add, name="requirement_add"),
    path("<slug:key>/grants/", plans.grants, name="grants"),
    path("<slug:key>/attachments/", attachments.attachments, name="attachments"),
    path("<slug:key>/attachments/new/", attachments.attachment_add, name="attachment_add"),
    path(
        "<slug:key>/attachments/<int:number>/file/",
        attachments.attachment_file,
        name="attachment_file",
    ),
    path(
        "<slug:key>/attachments/<int:number>/remove/",
        attachments.attachment_remove,
        name="attachment_remove",
    ),
    path("<slug:key>/items/<slug:item>/declare/", concern.declare, name="concern_declare"),
    path("<slug:key>/items/<slug:item>/renounce/", concern.renounce, name="concern_renounce"),
    path("<slug:key>/items/<slug:item>/", items.item_detail, name="item"),
    path("<slug:key>/items/<slug:item>/versions/<slug:digits>/", items.version, name="version"),
    path(
        "<slug:key>/items/<slug:item>/versions/<slug:digits>/content.json",
        items.version_content,
        name="version_content",
    ),
    path("<slug:key>/record/heads/", heads.heads, name="heads"),
    path("<slug:key>/revisions/", revisions.revision_list, name="revisions"),
    path("<slug:key>/revisions/<int:number>/", revisions.revision_detail, name="revision"),
    path(
        "<slug:key>/revisions/<int:number>/bundle.json",
        plans.revision_bundle,
        name="revision_bundle",
    ),
    path(
        "<slug:key>/revisions/<int:number>/manifest.json",
        plans.revision_manifest,
        name="revision_manifest",
    ),
]
