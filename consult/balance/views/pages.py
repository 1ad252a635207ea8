"""What stands between the parties: all of a plan, one party, the lists, one agreement."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from consult.balance import queries, tables
from consult.balance.bars import draw
from consult.balance.enums import AgreementState, YearState
from consult.balance.forms import FilterForm
from consult.balance.queries import Agreed, PartyLine
from consult.balance.rules import can
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.serving import answer_file, answer_made
from stakeholders.files.tables import TableKind, answer_table
from stakeholders.terms.columns import Offer, asked_order, columns
from stakeholders.terms.errors import NotVisible

FOLDER = "consult/balance"
PAGE = 25
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TRANSFER_ORDERS = {
    "number": Offer(label=gettext_lazy("Number")),
    "giver": Offer(label=gettext_lazy("Giver")),
    "taker": Offer(label=gettext_lazy("Taker")),
    "amount": Offer(label=gettext_lazy("Amount"), is_number=True),
    "price": Offer(label=gettext_lazy("Price (10,000 yuan)"), is_number=True),
    "state": Offer(label=gettext_lazy("State")),
}
COMPENSATION_ORDERS = {
    "number": Offer(label=gettext_lazy("Number")),
    "payer": Offer(label=gettext_lazy("Payer")),
    "payee": Offer(label=gettext_lazy("Payee")),
    "amount": Offer(label=gettext_lazy("Amount a year (10,000 yuan)"), is_number=True),
    "state": Offer(label=gettext_lazy("State")),
}


def _doors(request: HttpRequest, plan: Plan) -> dict[str, object]:
    acts = ("transfer.propose", "compensation.propose")
    return {act.partition(".")[0]: can(act, actor=request.actor, plan=plan) for act in acts}


@require_safe
def home(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.balance_of(actor=request.actor, plan=plan)
    context = {
        "plan": plan,
        "balance": found,
        "total": found.total,
        "drawing": _drawing(found.lines),
        "can": _doors(request, plan),
    }
    return render(request, f"{FOLDER}/home.html", context)


def _drawing(lines: Sequence[PartyLine]) -> object:
    return draw(
        [
            (
                str(one.unit),
                [
                    ("cost", one.account.cost, f"{one.account.cost:,.2f}"),
                    ("benefit", one.account.benefit, f"{one.account.benefit:,.2f}"),
                ],
            )
            for one in lines
            if one.account.cost or one.account.benefit
        ]
    )


@require_safe
def party(request: HttpRequest, key: str, code: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.balance_of(actor=request.actor, plan=plan)
    line = found.line(code)
    if line is None:
        raise NotVisible
    context = {
        "plan": plan,
        "line": line,
        "years": found.years_of(code),
        "projects": found.projects_of(code),
        "without_shares": found.without_shares,
    }
    return render(request, f"{FOLDER}/party.html", context)


@require_safe
def balance_table(request: HttpRequest, key: str, kind: str) -> HttpResponseBase:
    """The balance by party: csv, xlsx, or all of it as docx."""
    plan = get_plan(actor=request.actor, key=key)
    found = queries.balance_of(actor=request.actor, plan=plan)
    if kind == "docx":
        return answer_made(
            tables.balance_docx(plan=plan, found=found),
            name=f"{plan.key}-balance.docx",
            media_type=DOCX,
        )
    return answer_table(
        name=f"{plan.key}-balance",
        kind=TableKind(kind),
        sheet=_("Balance"),
        headings=tables.balance_headings(),
        rows=tables.balance_rows(found),
    )


@require_safe
def quota_table(request: HttpRequest, key: str, kind: TableKind) -> HttpResponseBase:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.balance_of(actor=request.actor, plan=plan)
    return answer_table(
        name=f"{plan.key}-quotas",
        kind=kind,
        sheet=_("Quotas"),
        headings=tables.quota_headings(),
        rows=tables.quota_rows(found),
    )


@require_safe
def year_table(request: HttpRequest, key: str, kind: TableKind) -> HttpResponseBase:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.balance_of(actor=request.actor, plan=plan)
    return answer_table(
        name=f"{plan.key}-balance-years",
        kind=kind,
        sheet=_("By year"),
        headings=tables.year_headings(),
        rows=tables.year_rows(found),
    )


def _chosen(request: HttpRequest, plan: Plan, *, what: str) -> tuple[FilterForm, list[Any], str]:
    """The filter, what it leaves in the order asked for, and that order."""
    form = FilterForm(request.GET, units=queries.codes_of(plan).values())
    if what == "transfers":
        offers = TRANSFER_ORDERS
        rows: Sequence[Any] = queries.transfers_of(actor=request.actor, plan=plan)
    else:
        offers = COMPENSATION_ORDERS
        rows = queries.compensations_of(actor=request.actor, plan=plan)
    order = asked_order(request.GET.get("sort", ""), offers, default="number")
    return form, queries.ordered(queries.chosen(rows, **form.chosen()), order=order), order


def _list(request: HttpRequest, key: str, *, what: str, offers: dict[str, Offer]) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    form, rows, order = _chosen(request, plan, what=what)
    context = {
        "plan": plan,
        "form": form,
        "page_obj": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "columns": columns(request.GET.urlencode(), offers, order=order),
        "query": request.GET.urlencode(),
        "can": _doors(request, plan),
    }
    return render(request, f"{FOLDER}/{what}.html", context)


@require_safe
def transfers(request: HttpRequest, key: str) -> HttpResponse:
    return _list(request, key, what="transfers", offers=TRANSFER_ORDERS)


@require_safe
def compensations(request: HttpRequest, key: str) -> HttpResponse:
    return _list(request, key, what="compensations", offers=COMPENSATION_ORDERS)


@require_safe
def transfer_table(request: HttpRequest, key: str, kind: TableKind) -> HttpResponseBase:
    plan = get_plan(actor=request.actor, key=key)
    _form, rows, _order = _chosen(request, plan, what="transfers")
    return answer_table(
        name=f"{plan.key}-transfers",
        kind=kind,
        sheet=_("Quota transfers"),
        headings=tables.transfer_headings(),
        rows=tables.transfer_rows(rows),
    )


@require_safe
def compensation_table(request: HttpRequest, key: str, kind: TableKind) -> HttpResponseBase:
    plan = get_plan(actor=request.actor, key=key)
    _form, rows, _order = _chosen(request, plan, what="compensations")
    return answer_table(
        name=f"{plan.key}-compensations",
        kind=kind,
        sheet=_("Compensations"),
        headings=tables.compensation_headings(),
        rows=tables.compensation_rows(rows),
    )


@require_safe
def transfer(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_transfer(actor=request.actor, plan=plan, number=number)
    context = _context(request, plan, found, act="transfer.confirm")
    return render(request, f"{FOLDER}/transfer.html", context)


@require_safe
def compensation(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_compensation(actor=request.actor, plan=plan, number=number)
    context = _context(request, plan, found, act="compensation.confirm")
    return render(request, f"{FOLDER}/compensation.html", context)


def _context(request: HttpRequest, plan: Plan, found: Agreed, *, act: str) -> dict[str, object]:
    actor = request.actor
    waits = actor.inside in found.waits_for
    is_open = any(one.state != YearState.SETTLED for one in found.years)
    answering = [one.newest for one in found.years if one.newest and one.state == YearState.STATED]
    may_answer = can("settlement.confirm", actor=actor, plan=plan, sides=(found.payee,))
    return {
        "plan": plan,
        "found": found,
        "is_proposed": found.state == AgreementState.PROPOSED,
        "may_confirm": waits and can(act, actor=actor, plan=plan, sides=found.sides),
        "may_state": is_open
        and can("settlement.state", actor=actor, plan=plan, sides=(found.payer,)),
        "answering": answering if may_answer else [],
    }


@require_safe
def transfer_file(request: HttpRequest, key: str, number: int) -> HttpResponseBase:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_transfer(actor=request.actor, plan=plan, number=number)
    return _file(request, found.row.file)


@require_safe
def compensation_file(request: HttpRequest, key: str, number: int) -> HttpResponseBase:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_compensation(actor=request.actor, plan=plan, number=number)
    return _file(request, found.row.file)


@require_safe
def settlement_file(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    plan = get_plan(actor=request.actor, key=key)
    _agreed, year = queries.get_settlement(actor=request.actor, plan=plan, pk=pk)
    return _file(request, next(one.file for one in year.settlements if one.pk == pk))


def _file(request: HttpRequest, stored: Any) -> HttpResponseBase:
    if stored is None:
        raise NotVisible
    return answer_file(stored, request=request)
