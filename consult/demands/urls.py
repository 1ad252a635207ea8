from django.urls import path

from consult.demands import views
from stakeholders.files.tables import TableKind

app_name = "demands"
PLAN = "plans/<slug:key>/demands/"
ONE = PLAN + "<slug:code>/<int:number>/"
CSV, XLSX = {"kind": TableKind.CSV}, {"kind": TableKind.XLSX}
urlpatterns = [
    path(PLAN, views.demand_list, name="list"),
    path(PLAN + "table.csv", views.demand_table, CSV, name="csv"),
    path(PLAN + "table.xlsx", views.demand_table, XLSX, name="xlsx"),
    path(PLAN + "new/", views.add, name="new"),
    path(PLAN + "ask/", views.ask, name="ask"),
    path(PLAN + "hand-in/", views.hand_in, name="hand_in"),
    path(ONE, views.detail, name="detail"),
    path(ONE + "edit/", views.edit, name="edit"),
    path(ONE + "remove/", views.remove, name="remove"),
    path(ONE + "sort/", views.sort, name="sort"),
    path(ONE + "answer/", views.answer, name="answer"),
    path(ONE + "evidence/", views.evidence, name="evidence"),
]
