from django.urls import path

from stakeholders.people import views

app_name = "people"
urlpatterns = [
    path("act-as/", views.act_as, name="act_as"),
    path("mandates/", views.mandates, name="mandates"),
    path("mandates/grant/", views.grant, name="grant"),
    path("mandates/claim/", views.claim, name="claim"),
    path("mandates/pending/", views.pending, name="pending"),
    path("mandates/who-grants/", views.who_grants, name="who_grants"),
    path("mandates/<int:pk>/", views.mandate, name="mandate"),
    path("mandates/<int:pk>/document/", views.document, name="document"),
    path("mandates/<int:pk>/confirm/", views.confirm, name="confirm"),
    path("mandates/<int:pk>/refuse/", views.refuse, name="refuse"),
    path("mandates/<int:pk>/end/", views.end, name="end"),
    path("mandates/<int:pk>/substitute/", views.substitute, name="substitute"),
    path("organizations/", views.organizations, name="organizations"),
    path("organizations/enter/", views.enter_organization, name="enter_organization"),
    path("organizations/<slug:slug>/", views.organization, name="organization"),
    path(
        "organizations/<slug:slug>/change/", views.change_organization, name="change_organization"
    ),
    path("chains/", views.chains, name="chains"),
    path("chains/begin/", views.begin_run, name="begin_run"),
    path("chains/<slug:kind>/define/", views.define_chain, name="define_chain"),
    path("chains/runs/<int:pk>/", views.run, name="run"),
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
