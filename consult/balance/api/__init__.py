"""The balance over the API: the same queries and actions as the pages."""

from django.urls import path

from consult.balance.api import agreements, balances

PLAN = "plans/<slug:key>/"
urlpatterns = [
    path(f"{PLAN}balance/", balances.BalanceView.as_view(), name="balance"),
    path(f"{PLAN}transfers/", agreements.TransferListView.as_view(), name="transfers"),
    path(
        f"{PLAN}transfers/<int:number>/confirm/",
        agreements.TransferConfirmView.as_view(),
        name="transfer_confirm",
    ),
    path(f"{PLAN}compensations/", agreements.CompensationListView.as_view(), name="compensations"),
    path(
        f"{PLAN}compensations/<int:number>/confirm/",
        agreements.CompensationConfirmView.as_view(),
        name="compensation_confirm",
    ),
    path(f"{PLAN}settlements/", agreements.SettlementListView.as_view(), name="settlements"),
    path(
        f"{PLAN}settlements/<int:pk>/confirm/",
        agreements.SettlementConfirmView.as_view(),
        name="settlement_confirm",
    ),
]
