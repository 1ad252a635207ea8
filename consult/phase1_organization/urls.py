from django.urls import path

from consult.phase1_organization.views import (
    base_set,
    charters,
    composing,
    invitations,
    joining,
    leaving,
    receipts,
    trials,
)

app_name = "organization"
plan = "plans/<slug:key>/organization/"
charter = f"{plan}charters/<int:number>/"
accession = f"{plan}accessions/<int:number>/"
urlpatterns = [
    path(plan, invitations.home, name="home"),
    path(f"{plan}invite/", invitations.invite, name="invite"),
    path(f"{plan}answers/<int:pk>/letter/", invitations.letter, name="letter"),
    path(f"{plan}positions/<int:pk>/receipt/", receipts.receipt, name="receipt"),
    path(f"{plan}base/", base_set.base, name="base"),
    path(f"{plan}base/open-ballot/", base_set.base_open, name="base_open"),
    path(f"{plan}base/position/", base_set.base_position, name="base_position"),
    path(f"{plan}base/close/", base_set.base_close, name="base_close"),
    path(f"{plan}base/close-without-result/", base_set.base_close_empty, name="base_close_empty"),
    path(f"{plan}base/recall/", base_set.base_recall, name="base_recall"),
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
    path(f"{plan}leave/", leaving.notice, name="notice"),
    path(f"{plan}leave/<int:pk>/", leaving.leaving, name="leaving"),
    path(f"{plan}leave/<int:pk>/recall/", leaving.stay, name="stay"),
    path(f"{plan}accessions/new/", joining.propose, name="accession_propose"),
    path(accession, joining.show, name="accession"),
    path(f"{accession}open-ballot/", joining.open_ballot, name="accession_open"),
    path(f"{accession}position/", joining.take_position, name="accession_position"),
    path(f"{accession}close/", joining.close, name="accession_close"),
    path(f"{accession}close-without-result/", joining.close_empty, name="accession_close_empty"),
    path(f"{accession}recall/", joining.recall, name="accession_recall"),
]
