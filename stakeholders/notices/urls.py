from django.urls import path

from stakeholders.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("count/", views.count, name="count"),
    path("mark/", views.mark, name="mark"),
    path("mute/", views.mute, name="mute"),
    path("read-all/", views.read_all, name="read_all"),
    path("settings/", views.settings, name="settings"),
    path("<int:pk>/read/", views.read, name="read"),
]
