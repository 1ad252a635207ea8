from django.urls import path

from consult.phase3_identification.views import (
    ending,
    matrix,
    opening,
    overrides,
    positions,
    reopening,
    sign_offs,
    statements,
)

app_name = "identification"
PLAN = "plans/<slug:key>/"

urlpatterns = [
    path(PLAN + "sign-off/", sign_offs.overview, name="overview"),
    path(PLAN + "sign-off/open/", opening.open_, name="open"),
    path(PLAN + "sign-off/former/<int:number>/", sign_offs.former, name="former"),
    path(PLAN + "sign-off/recall/", ending.recall, name="recall"),
    path(PLAN + "sign-off/close-early/", ending.close_early, name="close_early"),
    path(PLAN + "sign-off/close/prepare/", ending.prepare_close, name="prepare_close"),
    path(PLAN + "sign-off/close/confirm/", ending.confirm_close, name="confirm_close"),
    path(PLAN + "sign-off/close/refuse/", ending.refuse_close, name="refuse_close"),
    path(PLAN + "sign-off/reopening/", reopening.requests, name="reopenings"),
    path(PLAN + "sign-off/reopening/ask/", reopening.ask, name="ask_reopening"),
    path(PLAN + "sign-off/reopening/<int:pk>/refuse/", reopening.refuse, name="refuse_reopening"),
    path(PLAN + "sign-off/overrides/", overrides.overrides, name="overrides"),
    path(PLAN + "sign-off/overrides/<slug:item>/", overrides.prepare, name="prepare_override"),
    path(
        PLAN + "sign-off/overrides/<slug:item>/confirm/",
        overrides.confirm,
        name="confirm_override",
    ),
    path(PLAN + "sign-off/position/", positions.position, name="position"),
    path(PLAN + "sign-off/close/", ending.close, name="close"),
    path(PLAN + "sign-off/end/", ending.end, name="end"),
    path(PLAN + "matrix/", matrix.matrix, name="matrix"),
    path(PLAN + "matrix/<slug:item>/", matrix.item, name="item"),
    path(PLAN + "statement/", statements.statement, name="statement"),
    path(PLAN + "statement/sign/", statements.sign, name="sign"),
    path(PLAN + "statement/document/", statements.document, name="document"),
    path(PLAN + "statement/bundle/", statements.bundle, name="bundle"),
]
