from django.urls import path

from consult.balance.views import acts, pages
from stakeholders.files.tables import TableKind

ROOM = "plans/<slug:key>/balance/"
app_name = "balance"
TABLES = {
    "table": pages.balance_table,
    "quotas": pages.quota_table,
    "years": pages.year_table,
    "transfers-table": pages.transfer_table,
    "compensations-table": pages.compensation_table,
}
urlpatterns = [
    path(ROOM, pages.home, name="home"),
    path(f"{ROOM}transfers/", pages.transfers, name="transfers"),
    path(f"{ROOM}transfers/new/", acts.propose_transfer, name="propose_transfer"),
    path(f"{ROOM}transfers/<int:number>/", pages.transfer, name="transfer"),
    path(f"{ROOM}transfers/<int:number>/file/", pages.transfer_file, name="transfer_file"),
    path(f"{ROOM}transfers/<int:number>/confirm/", acts.confirm_transfer, name="confirm_transfer"),
    path(f"{ROOM}transfers/<int:number>/settle/", acts.settle_transfer, name="settle_transfer"),
    path(f"{ROOM}compensations/", pages.compensations, name="compensations"),
    path(f"{ROOM}compensations/new/", acts.propose_compensation, name="propose_compensation"),
    path(f"{ROOM}compensations/<int:number>/", pages.compensation, name="compensation"),
    path(
        f"{ROOM}compensations/<int:number>/file/",
        pages.compensation_file,
        name="compensation_file",
    ),
    path(
        f"{ROOM}compensations/<int:number>/confirm/",
        acts.confirm_compensation,
        name="confirm_compensation",
    ),
    path(
        f"{ROOM}compensations/<int:number>/settle/",
        acts.settle_compensation,
        name="settle_compensation",
    ),
    path(f"{ROOM}settlements/<int:pk>/file/", pages.settlement_file, name="settlement_file"),
    path(
        f"{ROOM}settlements/<int:pk>/confirm/",
        acts.confirm_settlement,
        name="confirm_settlement",
    ),
    path(f"{ROOM}table.docx", pages.balance_table, {"kind": "docx"}, name="docx"),
    *(
        path(f"{ROOM}{name}.{kind}", view, {"kind": kind}, name=f"{name}_{kind}")
        for name, view in TABLES.items()
        for kind in TableKind.values
    ),
    path(f"{ROOM}<str:code>/", pages.party, name="party"),
]
