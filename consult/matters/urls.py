from django.urls import path

from consult.matters.views import acts, matters, register
from stakeholders.files.tables import TableKind

app_name = "matters"
PLAN = "plans/<slug:key>/matters/"
ONE = PLAN + "<slug:matter>/"
OPTION = ONE + "options/<slug:option>/"
COMMITMENT = ONE + "commitments/<int:commitment>/"
CSV, XLSX = {"kind": TableKind.CSV}, {"kind": TableKind.XLSX}
urlpatterns = [
    path("matters/", matters.catalogue, name="library"),
    path("matters/register/", register.register, name="register"),
    path("matters/register/table.csv", register.register_table, CSV, name="csv"),
    path("matters/register/table.xlsx", register.register_table, XLSX, name="xlsx"),
    path("matters/relations/", register.relations, name="relations"),
    path("matters/<slug:matter>/", matters.catalogue_entry, name="entry"),
    path(PLAN, matters.matter_list, name="list"),
    path(PLAN + "new/", matters.open_matter, name="open"),
    path(ONE, matters.matter_detail, name="detail"),
    path(ONE + "stand/", acts.take_stand, name="stand"),
    path(ONE + "raise/", acts.raise_matter, name="raise"),
    path(ONE + "ask-raise/", acts.ask_raise, name="ask_raise"),
    path(ONE + "due/", acts.reschedule, name="reschedule"),
    path(ONE + "close/", acts.close_matter, name="close"),
    path(ONE + "reopen/", acts.reopen_matter, name="reopen"),
    path(ONE + "withdraw/", acts.withdraw_matter, name="withdraw"),
    path(ONE + "object/", acts.object_to_withdrawal, name="object"),
    path(ONE + "facts/new/", acts.state_fact, name="fact"),
    path(ONE + "facts/<int:number>/file/", matters.fact_file, name="fact_file"),
    path(ONE + "join/", acts.join_matter, name="join"),
    path(ONE + "leave/", acts.leave_matter, name="leave"),
    path(ONE + "provisions/", acts.link_items, name="link"),
    path(ONE + "options/new/", acts.propose_option, name="option"),
    path(OPTION + "edit/", acts.revise_option, name="revise_option"),
    path(OPTION + "answer/", acts.answer_option, name="answer_option"),
    path(OPTION + "withdraw/", acts.withdraw_option, name="withdraw_option"),
    path(ONE + "commitments/new/", acts.propose_commitment, name="commitment"),
    path(COMMITMENT + "give/", acts.give_commitment, name="give"),
    path(COMMITMENT + "take-back/", acts.take_back_commitment, name="take_back"),
    path(COMMITMENT + "report/", acts.report_commitment, name="report"),
    path(COMMITMENT + "confirm/", acts.confirm_commitment, name="confirm"),
    path(ONE + "agreements/new/", acts.propose_agreement, name="agreement"),
    path(ONE + "agreements/<int:agreement>/answer/", acts.answer_agreement, name="answer"),
]
