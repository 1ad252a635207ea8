from django.urls import path

from consult.phase1_organization.views import charters, invitations

app_name = "organization"
plan = "plans/<slug:key>/organization/"
charter = f"{plan}charters/<int:number>/"
urlpatterns = [
    path(plan, invitations.home, name="home"),
    path(f"{plan}invite/", invitations.invite, name="invite"),
    path(f"{plan}answers/<int:pk>/letter/", invitations.letter, name="letter"),
    path("invitations/", invitations.mine, name="invitations"),
    path("invitations/<int:pk>/", invitations.answer, name="invitation"),
    path(f"{plan}charters/new/", charters.propose, name="propose"),
    path(charter, charters.show, name="charter"),
    path(f"{charter}open-ballot/", charters.open_ballot, name="open_ballot"),
    path(f"{charter}position/", charters.take_position, name="take_position"),
    path(f"{charter}close/", charters.close, name="close_ballot"),
    path(f"{charter}close-without-result/", charters.close_empty, name="close_without_result"),
    path(f"{charter}recall/", charters.recall, name="recall_ballot"),
]
