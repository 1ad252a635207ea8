from django.urls import path

from consult.phase4_implementation import views

ROOM = "plans/<slug:key>/implementation/"
app_name = "implementation"
urlpatterns = [
    path(ROOM, views.home, name="home"),
    path(f"{ROOM}projects/<slug:project>/", views.project_detail, name="project"),
    path(f"{ROOM}projects/<slug:project>/report/", views.report_status, name="report_status"),
    path(f"{ROOM}indicators/<slug:item>/", views.indicator_detail, name="indicator"),
    path(f"{ROOM}readings/new/", views.report_reading, name="report_reading"),
    path(f"{ROOM}warnings/<int:number>/", views.warning_detail, name="warning"),
]
