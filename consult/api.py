"""The API of the slices."""

from django.urls import include, path

from consult.phase1_organization import api as organization
from consult.phase3_identification import api as identification
from consult.workflow import api as workflow

urlpatterns: list[URLPattern | URLResolver] = [
    path("invitations/", organization.MyInvitations.as_view()),
    path("invitations/<int:pk>/answers/", organization.AnswerInvitation.as_view()),
    path("plans/<slug:key>/invitations/", organization.PlanInvitations.as_view()),
    path("plans/<slug:key>/charters/", organization.PlanCharters.as_view()),
    path("plans/<slug:key>/charters/<int:number>/", organization.OneCharter.as_view()),
    path("plans/<slug:key>/charters/<int:number>/ballots/", organization.CharterBallots.as_view()),
    path(
        "plans/<slug:key>/charters/<int:number>/ballots/close/",
        organization.CloseCharterBallot.as_view(),
    ),
    path(
        "plans/<slug:key>/charters/<int:number>/ballots/close-without-result/",
        organization.CloseCharterBallotEmpty.as_view(),
    ),
    path(
        "plans/<slug:key>/charters/<int:number>/ballots/recall/",
        organization.RecallCharterBallot.as_view(),
    ),
    path("consensus/evaluate", identification.EvaluateView.as_view()),
    path("plans/<slug:key>/sign-off/", identification.SignOffView.as_view()),
    path("plans/<slug:key>/sign-off/close/", identification.CloseView.as_view()),
    path("plans/<slug:key>/sign-off/end/", identification.EndView.as_view()),
    path("plans/<slug:key>/matrix/", identification.MatrixView.as_view()),
    *workflow.urlpatterns,
from consult.desk.api import OwnDuties, PlanDuties

urlpatterns = [
    path("duties/", OwnDuties.as_view(), name="duties"),
    path("plans/<slug:key>/duties/", PlanDuties.as_view(), name="plan_duties"),
    path("", include("consult.matters.api")),
    path("", include("consult.phase1_organization.api")),
    path("", include("consult.phase2_preparation.api")),
    path("", include("consult.phase3_identification.api")),
    path("", include("consult.phase4_implementation.api")),
    path("", include("consult.workflow.api")),
]
