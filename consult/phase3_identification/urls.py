from django.urls import path

from consult.phase3_identification import views

app_name = "identification"

urlpatterns = [
    path("plans/<slug:key>/sign-off/", views.overview, name="overview"),
    path("plans/<slug:key>/sign-off/open/", views.open_, name="open"),
    path("plans/<slug:key>/sign-off/position/", views.position, name="position"),
    path("plans/<slug:key>/sign-off/close/", views.close, name="close"),
    path("plans/<slug:key>/sign-off/end/", views.end, name="end"),
    path("plans/<slug:key>/matrix/", views.matrix, name="matrix"),
    path("plans/<slug:key>/matrix/<slug:item>/", views.item, name="item"),
    path("plans/<slug:key>/statement/", views.statement, name="statement"),
    path("plans/<slug:key>/statement/sign/", views.sign, name="sign"),
    path("plans/<slug:key>/statement/document/", views.document, name="document"),
    path("plans/<slug:key>/statement/bundle/", views.bundle, name="bundle"),
]
