from django.urls import path

from stakeholders.people import views

app_name = "people"
urlpatterns = [
    path("act-as/", views.act_as, name="act_as"),
    path("mandates/", views.mandates, name="mandates"),
    path("mandates/grant/", views.grant, name="grant"),
    path("mandates/<int:pk>/confirm/", views.confirm, name="confirm"),
    path("mandates/<int:pk>/end/", views.end, name="end"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/revoke/", views.revoke, name="revoke"),
]
