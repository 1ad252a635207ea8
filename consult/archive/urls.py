from django.urls import path

from consult.archive import views

app_name = "archive"
PLAN = "plans/<slug:key>/archive/"
urlpatterns = [
    path(PLAN, views.home, name="home"),
    path(PLAN + "catalogue.csv", views.catalogue, name="catalogue"),
]
