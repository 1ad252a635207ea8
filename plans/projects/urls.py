from django.urls import path

from plans.projects.views import milestones, projects, register
from stakeholders.files.tables import TableKind

app_name = "projects"
ROOM = "<slug:key>/projects/"
ONE = f"{ROOM}<slug:project>/"
STEP = f"{ONE}milestones/<int:number>/"
CSV, XLSX = {"kind": TableKind.CSV}, {"kind": TableKind.XLSX}
urlpatterns = [
    path(ROOM, register.project_list, name="list"),
    path(f"{ROOM}table.csv", register.project_table, CSV, name="csv"),
    path(f"{ROOM}table.xlsx", register.project_table, XLSX, name="xlsx"),
    path(f"{ROOM}known/", register.known_list, name="known"),
    path(f"{ROOM}new/", projects.project_new, name="new"),
    path(ONE, projects.project_detail, name="detail"),
    path(f"{ONE}edit/", projects.project_edit, name="edit"),
    path(f"{ONE}milestones/new/", milestones.milestone_new, name="milestone_new"),
    path(f"{STEP}edit/", milestones.milestone_edit, name="milestone_edit"),
    path(f"{STEP}remove/", milestones.milestone_remove, name="milestone_remove"),
    path(f"{STEP}needs/", milestones.milestone_needs, name="milestone_needs"),
]
