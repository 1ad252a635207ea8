from django.urls import path

from consult.health.views import checks, filling, reports

app_name = "health"
plan = "plans/<slug:key>/health/"
one = f"{plan}<int:pk>/"
urlpatterns = [
    path(plan, checks.home, name="home"),
    path(f"{plan}open/", checks.open_check, name="open"),
    path(f"{plan}open/<slug:kind>/", checks.open_check, name="open_kind"),
    path(one, checks.check, name="check"),
    path(f"{one}border/new/", checks.add_border, name="add_border"),
    path(f"{one}border/table.csv", checks.border_table, {"kind": "csv"}, name="border_csv"),
    path(f"{one}border/table.xlsx", checks.border_table, {"kind": "xlsx"}, name="border_xlsx"),
    path(f"{one}border/<int:number>/", filling.state_figure, name="state_figure"),
    path(f"{one}sections/<int:number>/", filling.fill, name="fill"),
    path(f"{one}reservations/<int:reservation>/", filling.review, name="review"),
    path(f"{one}findings/new/", filling.state_finding, name="state_finding"),
    path(f"{one}findings/<int:number>/matter/", reports.to_matter, name="to_matter"),
    path(f"{one}texts/<int:text>/file/", filling.text_file, name="text_file"),
    path(f"{one}figures/<int:figure>/file/", filling.figure_file, name="figure_file"),
    path(f"{one}report/", reports.report, name="report"),
    path(f"{one}report/put-forward/", reports.put_forward, name="put_forward"),
    path(f"{one}report/position/", reports.position, name="position"),
    path(f"{one}report/close/", reports.close, name="close_ballot"),
    path(f"{one}report/close-without-result/", reports.close_empty, name="close_without_result"),
    path(f"{one}report/recall/", reports.recall, name="recall_ballot"),
    path(f"{one}report/publish/", reports.publish, name="publish"),
    path(f"{one}report/<int:number>.docx", reports.report_file, {"kind": "docx"}, name="docx"),
    path(f"{one}report/<int:number>.pdf", reports.report_file, {"kind": "pdf"}, name="pdf"),
    path(f"{one}publication/file/", checks.publication_file, name="publication_file"),
]
