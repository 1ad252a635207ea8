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
    path("text-changes/", views.change_list, name="changes"),
    path("text-changes/new/", views.change_open, name="change_open"),
    path("text-changes/<int:number>/", views.change_detail, name="change"),
    path("text-changes/<int:number>/file/", views.change_file, name="change_file"),
    path("text-changes/<int:number>/put/", views.change_put_forward, name="change_put"),
    path("text-changes/<int:number>/answer/", views.change_answer, name="change_answer"),
    path("text-changes/<int:number>/enforce/", views.change_enforce, name="change_enforce"),
    path("text-changes/<int:number>/withdraw/", views.change_withdraw, name="change_withdraw"),
]
