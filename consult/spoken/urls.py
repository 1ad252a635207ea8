from django.urls import path

from consult.spoken import views

app_name = "spoken"
PLAN = "plans/<slug:key>/entered/"
ENTRY = PLAN + "<int:entry>/"
urlpatterns = [
    path(PLAN, views.entered_list, name="list"),
    path(PLAN + "new/<slug:kind>/<int:subject>/<slug:code>/", views.enter, name="enter"),
    path(ENTRY, views.detail, name="detail"),
    path(ENTRY + "confirm/", views.confirm, name="confirm"),
    path(ENTRY + "refuse/", views.refuse, name="refuse"),
    path(ENTRY + "evidence/", views.evidence, name="evidence"),
]
