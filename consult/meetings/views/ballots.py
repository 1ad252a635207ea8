"""The acts on a ballot of the meeting: put to the parties, positions, its end."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from consult.ballots.forms import ConfirmForm, PositionForm, ReasonForm
from consult.ballots.views import answer_act
from consult.meetings import actions, queries, rules
from consult.meetings.board import Board
from consult.meetings.checks import point_of
from consult.meetings.models import AgendaItem
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import require
from stakeholders.people.reauthentication import recently_proved
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.duty import Text

METHODS = ["GET", "HEAD", "POST"]
Words = dict[str, Text]


def _loaded(
    request: HttpRequest, key: str, number: int, item: int
) -> tuple[Plan, Board, AgendaItem]:
    plan = get_plan(actor=request.actor, key=key)
    board = queries.get_board(actor=request.actor, plan=plan, number=number)
    return plan, board, queries.get_agenda_item(board.meeting, pk=item)


def _act(
    act: str,
    shape: type[forms.Form],
    run: Callable[..., object],
    words: Words,
    *,
    is_danger: bool = False,
) -> Callable[..., HttpResponse]:
    """The view of an act of the joint office on a ballot."""

    @require_http_methods(METHODS)
    def view(request: HttpRequest, key: str, number: int, item: int) -> HttpResponse:
        plan, board, found = _loaded(request, key, number, item)
        rules.require(act, actor=request.actor, plan=plan, meeting=board.meeting)
        form = shape(request.POST if request.method == "POST" else None)

        def call() -> object:
            given = {"actor": request.actor, "plan": plan, "meeting": board.meeting}
            return run(**given, item=found, **form.cleaned_data)

        return _answer(request, plan, board, found, form, call, words, is_danger=is_danger)

    return view


def _answer(
    request: HttpRequest,
    plan: Plan,
    board: Board,
    item: AgendaItem,
    form: forms.Form,
    call: Callable[[], object],
    words: Words,
    *,
    is_danger: bool = False,
) -> HttpResponse:
    title = in_language(item, "title")
    text = format_lazy("{item} — {words}", item=title, words=words["text"])
    page = reverse("meetings:detail", args=[plan.key, board.meeting.number])
    back = (f"{page}#item-{item.pk}", in_language(board.meeting, "title"))
    return answer_act(
        request,
        plan=plan,
        form=form,
        call=call,
        words={**words, "text": text},
        back=back,
        is_danger=is_danger,
    )


open_ballot = _act(
    "decision.open_ballot",
    ConfirmForm,
    actions.open_decision_ballot,
    {
        "title": _("Put the decision to the parties"),
        "text": _("The wording proposed for the item is put to the parties present."),
        "submit_label": _("Open the ballot"),
        "done": _("The decision is put to the parties."),
    },
)
close_ballot = _act(
    "decision.close_ballot",
    ConfirmForm,
    actions.close_decision_ballot,
    {
        "title": _("Close the ballot"),
        "text": _("The rule decides; its answer is the decision on the item."),
        "submit_label": _("Close the ballot"),
        "done": _("The ballot is closed."),
    },
)
close_empty = _act(
    "decision.close_without_result",
    ReasonForm,
    actions.close_decision_without_result,
    {
        "title": _("Close the ballot without result"),
        "text": _("The positions stay on record. The item can be put to the parties anew."),
        "submit_label": _("Close without result"),
        "done": _("The ballot is closed without result."),
    },
    is_danger=True,
)
recall_ballot = _act(
    "decision.recall_ballot",
    ReasonForm,
    actions.recall_decision_ballot,
    {
        "title": _("Recall the ballot"),
        "text": _("A ballot is recalled only while nobody has spoken."),
        "submit_label": _("Recall"),
        "done": _("The ballot was recalled."),
    },
    is_danger=True,
)


@recently_proved
@require_http_methods(METHODS)
def take_position(request: HttpRequest, key: str, number: int, item: int) -> HttpResponse:
    plan, board, found = _loaded(request, key, number, item)
    own = request.actor.jurisdiction_code in board.there
    require("decision.take_position", rules.ACTS, actor=request.actor, plan=plan, own=own)
    form = PositionForm(request.POST or None, on=point_of(board, found).running)
    words: Words = {
        "title": _("Take a position at the meeting"),
        "text": _("A newer position of your jurisdiction replaces its former one."),
        "submit_label": _("Take this position"),
        "done": _("Your position was taken."),
    }

    def call() -> object:
        given = {"actor": request.actor, "plan": plan, "meeting": board.meeting}
        return actions.take_decision_position(**given, item=found, **form.said())

    return _answer(request, plan, board, found, form, call, words)
