"""The forms of the balance: each binds one form, calls one action and goes back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from consult.balance import actions, queries
from consult.balance.enums import YearState
from consult.balance.forms import CompensationForm, SettlementForm, TransferForm, WordForm
from consult.balance.queries import Agreed
from consult.balance.rules import require
from consult.matters.forms import RefusableForm
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.terms.errors import Invalid, NotVisible

FORM_METHODS = ["GET", "HEAD", "POST"]
RECEIVED = {
    "yes": gettext_lazy("Received as stated"),
    "no": gettext_lazy("Not received, or not right"),
}


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _page(
    request: HttpRequest,
    plan: Plan,
    form: RefusableForm,
    *,
    title: str,
    back: str,
    run: Callable[[Any], object],
    lead: str = "",
) -> HttpResponse:
    """One form: its page, or the act and back to what it is about."""
    if request.method == "POST" and form.is_valid():
        try:
            made = run(form)
        except Invalid as error:
            form.show(error)
        else:
            messages.success(request, _("Done and put on record."))
            return redirect(made if isinstance(made, str) else back)
    context = {"plan": plan, "form": form, "title": title, "back": back, "lead": lead}
    status = 422 if form.errors else 200
    return render(request, "consult/balance/form.html", context, status=status)


@require_http_methods(FORM_METHODS)
def propose_transfer(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("transfer.propose", actor=request.actor, plan=plan)
    items = [one for one in queries.quoted_in(plan) if one.quota.is_transferable]
    form = TransferForm(
        _posted(request),
        request.FILES or None,
        actor=request.actor,
        plan_key=plan.key,
        items=items,
        units=queries.codes_of(plan).values(),
        initial={"giver": request.actor.inside},
    )

    def run(form: TransferForm) -> str:
        made = actions.propose_transfer(actor=request.actor, plan=plan, **form.arguments())
        return reverse("balance:transfer", args=[plan.key, made.number])

    return _page(
        request,
        plan,
        form,
        title=_("Propose a quota transfer"),
        lead=_(
            "A part of one party’s quota goes to another; the total stays. It counts when both have confirmed it."
        ),
        back=reverse("balance:transfers", args=[plan.key]),
        run=run,
    )


@require_http_methods(FORM_METHODS)
def propose_compensation(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("compensation.propose", actor=request.actor, plan=plan)
    form = CompensationForm(
        _posted(request),
        request.FILES or None,
        actor=request.actor,
        plan_key=plan.key,
        units=queries.codes_of(plan).values(),
        initial={"payer": request.actor.inside},
    )

    def run(form: CompensationForm) -> str:
        made = actions.propose_compensation(actor=request.actor, plan=plan, **form.arguments())
        return reverse("balance:compensation", args=[plan.key, made.number])

    return _page(
        request,
        plan,
        form,
        title=_("Propose a compensation"),
        lead=_(
            "Who pays whom every year, for what and under which rule. It is owed when both have confirmed it."
        ),
        back=reverse("balance:compensations", args=[plan.key]),
        run=run,
    )


@require_http_methods(FORM_METHODS)
def confirm_transfer(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_transfer(actor=request.actor, plan=plan, number=number)
    require("transfer.confirm", actor=request.actor, plan=plan, sides=found.sides)
    return _page(
        request,
        plan,
        WordForm(_posted(request)),
        title=_("Confirm or refuse quota transfer %(number)s") % {"number": found.row},
        back=reverse("balance:transfer", args=[plan.key, number]),
        run=lambda form: actions.confirm_transfer(
            actor=request.actor, plan=plan, transfer=found.row, **form.cleaned_data
        ),
    )


@require_http_methods(FORM_METHODS)
def confirm_compensation(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_compensation(actor=request.actor, plan=plan, number=number)
    require("compensation.confirm", actor=request.actor, plan=plan, sides=found.sides)
    return _page(
        request,
        plan,
        WordForm(_posted(request)),
        title=_("Confirm or refuse compensation %(number)s") % {"number": found.row},
        back=reverse("balance:compensation", args=[plan.key, number]),
        run=lambda form: actions.confirm_compensation(
            actor=request.actor, plan=plan, compensation=found.row, **form.cleaned_data
        ),
    )


@require_http_methods(FORM_METHODS)
def settle_transfer(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_transfer(actor=request.actor, plan=plan, number=number)
    back = reverse("balance:transfer", args=[plan.key, number])
    return _settle(request, plan, found, found.row, back=back)


@require_http_methods(FORM_METHODS)
def settle_compensation(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_compensation(actor=request.actor, plan=plan, number=number)
    back = reverse("balance:compensation", args=[plan.key, number])
    return _settle(request, plan, found, found.row, back=back)


def _settle(request: HttpRequest, plan: Plan, found: Agreed, of: Any, *, back: str) -> HttpResponse:
    require("settlement.state", actor=request.actor, plan=plan, sides=(found.payer,))
    years = [one for one in found.years if one.state != YearState.SETTLED]
    if not years:
        raise NotVisible
    form = SettlementForm(
        _posted(request),
        request.FILES or None,
        actor=request.actor,
        plan_key=plan.key,
        years=[one.year for one in years],
        initial={"year": years[0].year, "amount_due": years[0].due},
    )
    return _page(
        request,
        plan,
        form,
        title=_("State a payment of %(number)s") % {"number": of},
        back=back,
        run=lambda form: actions.state_settlement(
            actor=request.actor, plan=plan, of=of, **form.arguments()
        ),
    )


@require_http_methods(FORM_METHODS)
def confirm_settlement(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found, year = queries.get_settlement(actor=request.actor, plan=plan, pk=pk)
    require("settlement.confirm", actor=request.actor, plan=plan, sides=(found.payee,))
    row = next(one for one in year.settlements if one.pk == pk)
    of = row.transfer or row.compensation
    page = "transfer" if row.transfer_id else "compensation"
    return _page(
        request,
        plan,
        WordForm(_posted(request), labels=RECEIVED),
        title=_("Confirm the payment for %(year)s of %(number)s")
        % {"year": row.year, "number": of},
        lead=_("Stated as due: %(due)s, as paid: %(paid)s (10,000 yuan).")
        % {"due": row.amount_due, "paid": row.amount_paid},
        back=reverse(f"balance:{page}", args=[plan.key, getattr(of, "number", 0)]),
        run=lambda form: actions.confirm_settlement(
            actor=request.actor, plan=plan, settlement=row, **form.cleaned_data
        ),
    )
