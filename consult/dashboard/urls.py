from django.urls import path

from consult.dashboard import views

app_name = "dashboard"
urlpatterns = [path("plans/<slug:key>/dashboard/", views.home, name="home")]
