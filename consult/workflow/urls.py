from django.urls import path

from consult.workflow import views

app_name = "workflow"
urlpatterns = [
    path("gate/", views.gate, name="gate"),
    path("since/", views.since, name="since"),
    path("publish/", views.publish, name="publish"),
    path("impact/", views.impact, name="impact"),
    path("advance/", views.advance, name="advance"),
    path("reopen/", views.reopen, name="reopen"),
    path("reopen/<int:pk>/accept/", views.accept_reopening, name="accept_reopening"),
]
