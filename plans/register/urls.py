from django.urls import path

from plans.register.views import plans, revisions

app_name = "register"
urlpatterns = [
    path("", plans.plan_list, name="list"),
    path("new/", plans.plan_new, name="new"),
    path("<slug:key>/", plans.plan_detail, name="detail"),
    path("<slug:key>/bodies/", plans.bodies, name="bodies"),
    path(
        "<slug:key>/bodies/<slug:organization>/<slug:role>/dismiss/",
        plans.body_dismiss,
        name="body_dismiss",
    ),
    path("<slug:key>/grants/", plans.grants, name="grants"),
    path("<slug:key>/revisions/", revisions.revision_list, name="revisions"),
    path("<slug:key>/revisions/<int:number>/", revisions.revision_detail, name="revision"),
    path(
        "<slug:key>/revisions/<int:number>/manifest.json",
        plans.revision_manifest,
        name="revision_manifest",
    ),
]
