from django.urls import path

from stakeholders.people import views

app_name = "people"
urlpatterns = [
    path("act-as/", views.act_as, name="act_as"),
]
