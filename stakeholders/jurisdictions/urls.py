from django.urls import path

from stakeholders.jurisdictions import views

app_name = "jurisdictions"

urlpatterns = [
    path("", views.jurisdiction_list, name="list"),
    path("regions/", views.region_list, name="regions"),
    path("regions/<str:key>/", views.region_detail, name="region"),
    path("calendar/", views.calendar_now, name="calendar_now"),
    path("calendar/<int:year>/", views.calendar_year, name="calendar"),
    path("<str:code>/", views.jurisdiction_detail, name="detail"),
]
