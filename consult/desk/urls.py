from django.urls import path

from consult.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("plans/<slug:key>/late/", views.late, name="late"),
]
