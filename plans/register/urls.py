from django.urls import path

from plans.register.views import attachments, concern, items, plans

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
    path("<slug:key>/attachments/", attachments.attachments, name="attachments"),
    path("<slug:key>/attachments/new/", attachments.attachment_add, name="attachment_add"),
    path(
        "<slug:key>/attachments/<int:number>/file/",
        attachments.attachment_file,
        name="attachment_file",
    ),
    path(
        "<slug:key>/attachments/<int:number>/remove/",
        attachments.attachment_remove,
        name="attachment_remove",
    ),
    path("<slug:key>/items/<slug:item>/declare/", concern.declare, name="concern_declare"),
    path("<slug:key>/items/<slug:item>/renounce/", concern.renounce, name="concern_renounce"),
    path("<slug:key>/items/<slug:item>/", items.item_detail, name="item"),
    path("<slug:key>/items/<slug:item>/versions/<slug:digits>/", items.version, name="version"),
    path(
        "<slug:key>/items/<slug:item>/versions/<slug:digits>/content.json",
        items.version_content,
        name="version_content",
    ),
    path("<slug:key>/revisions/", plans.revision_list, name="revisions"),
    path("<slug:key>/revisions/<int:number>/", plans.revision_detail, name="revision"),
    path(
        "<slug:key>/revisions/<int:number>/bundle.json",
        plans.revision_bundle,
        name="revision_bundle",
    ),
    path(
        "<slug:key>/revisions/<int:number>/manifest.json",
        plans.revision_manifest,
        name="revision_manifest",
    ),
]
