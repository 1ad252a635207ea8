from django.urls import path

from plans.indicators.views import editing, reading
from stakeholders.files.tables import TableKind

CSV, XLSX = {"kind": TableKind.CSV}, {"kind": TableKind.XLSX}

app_name = "indicators"
urlpatterns = [
    path("", reading.indicator_list, name="home"),
    path("table.csv", reading.indicator_table, CSV, name="csv"),
    path("table.xlsx", reading.indicator_table, XLSX, name="xlsx"),
    path("new/", editing.indicator_add, name="add"),
    path("<slug:item>/", reading.indicator, name="indicator"),
    path("<slug:item>/edit/", editing.indicator_edit, name="edit"),
    path("<slug:item>/replace/", editing.indicator_replace, name="replace"),
    path("<slug:item>/remove/", editing.indicator_remove, name="remove"),
]
