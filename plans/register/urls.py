from django.urls import path

from plans.register.views import family, plans, transmission
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
    path("<slug:key>/revisions/", plans.revision_list, name="revisions"),
    path("<slug:key>/revisions/<int:number>/", plans.revision_detail, name="revision"),
    path(
        "<slug:key>/revisions/<int:number>/manifest.json",
        plans.revision_manifest,
        name="revision_manifest",
    ),
]
