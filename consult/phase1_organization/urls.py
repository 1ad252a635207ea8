from django.urls import path

from consult.phase1_organization.views import base_set, charters, composing, invitations, trials

app_name = "organization"
plan = "plans/<slug:key>/organization/"
charter = f"{plan}charters/<int:number>/"
urlpatterns = [
    path(plan, invitations.home, name="home"),
    path(f"{plan}invite/", invitations.invite, name="invite"),
    path(f"{plan}answers/<int:pk>/letter/", invitations.letter, name="letter"),
    path(f"{plan}base/", base_set.base, name="base"),
    path(f"{plan}base/open-ballot/", base_set.base_open, name="base_open"),
    path(f"{plan}base/position/", base_set.base_position, name="base_position"),
    path(f"{plan}base/close/", base_set.base_close, name="base_close"),
    path(f"{plan}base/close-without-result/", base_set.base_close_empty, name="base_close_empty"),
    path("invitations/", invitations.mine, name="invitations"),
    path("invitations/<int:pk>/", invitations.answer, name="invitation"),
    path(f"{plan}charters/new/", composing.propose, name="propose"),
    path(charter, charters.show, name="charter"),
    path(f"{charter}try/", trials.trial, name="try"),
    path(f"{charter}open-ballot/", charters.open_ballot, name="open_ballot"),
    path(f"{charter}position/", charters.take_position, name="take_position"),
    path(f"{charter}close/", charters.close, name="close_ballot"),
    path(f"{charter}close-without-result/", charters.close_empty, name="close_without_result"),
    path(f"{charter}recall/", charters.recall, name="recall_ballot"),
]
