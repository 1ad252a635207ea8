from django.urls import path

from plans.register import views

app_name = "register"
urlpatterns = [
    path("", views.plan_list, name="list"),
    path("new/", views.plan_new, name="new"),
    path("<slug:key>/", views.plan_detail, name="detail"),
    path("<slug:key>/bodies/", views.bodies, name="bodies"),
    path(
        "<slug:key>/bodies/<slug:organization>/<slug:role>/dismiss/",
        views.body_dismiss,
        name="body_dismiss",
    ),
    path("<slug:key>/grants/", views.grants, name="grants"),
    path("<slug:key>/revisions/", views.revision_list, name="revisions"),
    path("<slug:key>/revisions/<int:number>/", views.revision_detail, name="revision"),
    path(
        "<slug:key>/revisions/<int:number>/manifest.json",
        views.revision_manifest,
        name="revision_manifest",
    ),
]
