from django.urls import path

from plans.projects import views

app_name = "projects"
urlpatterns = [
    path("<slug:key>/projects/", views.project_list, name="list"),
    path("<slug:key>/projects/new/", views.project_new, name="new"),
    path("<slug:key>/projects/<slug:project>/", views.project_detail, name="detail"),
    path("<slug:key>/projects/<slug:project>/edit/", views.project_edit, name="edit"),
    path(
        "<slug:key>/projects/<slug:project>/milestones/new/",
        views.milestone_new,
        name="milestone_new",
    ),
]
