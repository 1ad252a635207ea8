from django.urls import path

from stakeholders.people import views

app_name = "people"
urlpatterns = [
    path("act-as/", views.act_as, name="act_as"),
    path("mandates/", views.mandates, name="mandates"),
    path("mandates/grant/", views.grant, name="grant"),
    path("mandates/<int:pk>/confirm/", views.confirm, name="confirm"),
    path("mandates/<int:pk>/end/", views.end, name="end"),
    path("account/", views.account, name="account"),
    path("account/sessions/<int:pk>/end/", views.end_session, name="end_session"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("invitations/<int:pk>/resend/", views.resend, name="resend_invitation"),
    path("invitations/<int:pk>/withdraw/", views.withdraw, name="withdraw_invitation"),
    path("second-factor/", views.resets, name="resets"),
    path("second-factor/<int:pk>/confirm/", views.confirm_reset, name="confirm_reset"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/revoke/", views.revoke, name="revoke"),
]
