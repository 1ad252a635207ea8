from django.urls import path

from consult.phase4_implementation import views
from stakeholders.files.tables import TableKind

ROOM = "plans/<slug:key>/implementation/"
CASE = f"{ROOM}cases/<int:number>/"
CSV, XLSX = {"kind": TableKind.CSV}, {"kind": TableKind.XLSX}
REPORT = f"{ROOM}projects/<slug:project>/reports/<int:number>/"
app_name = "implementation"
urlpatterns = [
    path(ROOM, views.home, name="home"),
    path(f"{ROOM}gantt/", views.gantt, name="gantt"),
    path(f"{ROOM}wall/", views.wall, name="wall"),
    path(f"{ROOM}commitments/", views.commitments, name="commitments"),
    path(f"{ROOM}projects/<slug:project>/", views.project_detail, name="project"),
    path(f"{ROOM}projects/<slug:project>/report/", views.report_status, name="report_status"),
    path(f"{ROOM}indicators/", views.indicator_list, name="indicators"),
    path(f"{ROOM}indicators/table.csv", views.indicator_table, CSV, name="indicators_csv"),
    path(f"{ROOM}indicators/table.xlsx", views.indicator_table, XLSX, name="indicators_xlsx"),
    path(f"{REPORT}file/", views.report_file, name="report_file"),
    path(f"{REPORT}matter/", views.blockage_to_matter, name="blockage_to_matter"),
    path(f"{ROOM}indicators/<slug:item>/", views.indicator_detail, name="indicator"),
    path(f"{ROOM}readings/new/", views.report_reading, name="report_reading"),
    path(f"{ROOM}readings/template.csv", views.reading_template, CSV, name="reading_csv"),
    path(f"{ROOM}readings/template.xlsx", views.reading_template, XLSX, name="reading_xlsx"),
    path(f"{ROOM}readings/import/", views.import_readings, name="import_readings"),
    path(f"{ROOM}readings/import/<uuid:file>/", views.reading_preview, name="reading_preview"),
    path(f"{ROOM}readings/<int:number>/file/", views.reading_file, name="reading_file"),
    path(f"{ROOM}warnings/<int:number>/", views.warning_detail, name="warning"),
    path(f"{ROOM}cases/", views.case_list, name="cases"),
    path(f"{ROOM}cases/table.csv", views.case_table, CSV, name="cases_csv"),
    path(f"{ROOM}cases/table.xlsx", views.case_table, XLSX, name="cases_xlsx"),
    path(CASE, views.case_detail, name="case"),
    path(f"{CASE}answer/", views.answer_case, name="case_answer"),
    path(f"{CASE}view/", views.view_case, name="case_view"),
    path(f"{CASE}raise/", views.raise_case, name="case_raise"),
    path(f"{CASE}close/", views.close_case, name="case_close"),
    path(f"{CASE}files/<uuid:pk>/", views.case_file, name="case_file"),
]
