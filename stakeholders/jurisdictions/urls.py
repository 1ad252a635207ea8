from django.urls import path

from stakeholders.files.tables import TableKind
from stakeholders.jurisdictions import views

app_name = "jurisdictions"
CSV, XLSX = {"kind": TableKind.CSV}, {"kind": TableKind.XLSX}

urlpatterns = [
    path("", views.jurisdiction_list, name="list"),
    path("table.csv", views.jurisdiction_table, CSV, name="csv"),
    path("table.xlsx", views.jurisdiction_table, XLSX, name="xlsx"),
    path("overlap/", views.overlap_view, name="overlap"),
    path("overlap/table.csv", views.overlap_table, CSV, name="overlap_csv"),
    path("overlap/table.xlsx", views.overlap_table, XLSX, name="overlap_xlsx"),
    path("timeline/", views.timeline, name="timeline"),
    path("regions/", views.region_list, name="regions"),
    path("regions/table.csv", views.region_table, CSV, name="regions_csv"),
    path("regions/table.xlsx", views.region_table, XLSX, name="regions_xlsx"),
    path("regions/<str:key>/", views.region_detail, name="region"),
    path("calendar/", views.calendar_now, name="calendar_now"),
    path("calendar/<int:year>/", views.calendar_year, name="calendar"),
    path("<str:code>/", views.jurisdiction_detail, name="detail"),
]
