from django.urls import path

from consult.matters import views

app_name = "matters"
PLAN = "plans/<slug:key>/matters/"
urlpatterns = [
    path("matters/", views.catalogue, name="library"),
    path("matters/<slug:matter>/", views.catalogue_entry, name="entry"),
    path(PLAN, views.matter_list, name="list"),
    path(PLAN + "new/", views.open_matter, name="open"),
    path(PLAN + "<slug:matter>/", views.matter_detail, name="detail"),
    path(PLAN + "<slug:matter>/stand/", views.take_stand, name="stand"),
    path(PLAN + "<slug:matter>/raise/", views.raise_matter, name="raise"),
    path(PLAN + "<slug:matter>/close/", views.close_matter, name="close"),
    path(PLAN + "<slug:matter>/reopen/", views.reopen_matter, name="reopen"),
]
