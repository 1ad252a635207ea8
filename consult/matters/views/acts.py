"""The form of each act on one matter: its page, or the act and back to the matter."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from consult.matters import actions, queries, rules
from consult.matters import forms as shapes
from consult.matters.models import Matter
from plans.register.models import Plan
from plans.register.queries import get_plan, latest_revision, titles_of
from stakeholders.files.forms import StoresFiles
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms import clock
from stakeholders.terms.actor import OF_ALL_PARTIES
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid

Names = dict[str, Any]
# What a form needs to know of the matter, and what the address names besides it.
Options = Callable[[HttpRequest, Plan, Matter, Names], Names]
Target = Callable[[Matter, Names], Names]


def no_options(_request: HttpRequest, _plan: Plan, _matter: Matter, _target: Names) -> Names:
    return {}


def no_target(_matter: Matter, _names: Names) -> Names:
    return {}


def act_page(
    act: str,
    title: Text,
    shape: type[forms.Form],
    run: Callable[..., object],
    *,
    options: Options = no_options,
    target: Target = no_target,
    hint: Text = "",
) -> Callable[..., HttpResponse]:
    """The view of one act. `run` is its action; `target` loads what the address names;
    `hint` says what the act leads to."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, key: str, matter: str, **names: Any) -> HttpResponse:
        plan = get_plan(actor=request.actor, key=key)
        found = queries.get_matter(actor=request.actor, plan=plan, key=matter)
        aim = target(found, names)
        rules.require(act, actor=request.actor, plan=plan, matter=found)
        form = _form(request, shape, plan, options(request, plan, found, aim))
        status = 200
        if request.method == "POST":
            status = 422
            if form.is_valid():
                status = _done(request, plan, found, form, run, aim)
                if status == 200:
                    messages.success(request, _("Done and put on record."))
                    return redirect("matters:detail", plan.key, found.key)
        shown = {"title": title, "hint": hint, **_shown(plan, found, aim)}
        context = {"plan": plan, "matter": found, "form": form, **shown}
        return render(request, "consult/matters/form.html", context, status=status)

    return view


def _shown(plan: Plan, matter: Matter, aim: Names) -> Names:
    """What the page shows of the option, commitment or draft that the act is about."""
    if option := aim.get("option"):
        return {**aim, "newest": queries.newest_version(option)}
    if agreement := aim.get("agreement"):
        numbers = agreement.commitments
        return {
            **aim,
            "titles": titles_of(latest_revision(plan)),
            "promised": matter.commitments.filter(number__in=numbers).order_by("number"),
        }
    return aim


def _form(request: HttpRequest, shape: type[forms.Form], plan: Plan, options: Names) -> forms.Form:
    if issubclass(shape, StoresFiles):
        options = {**options, "actor": request.actor, "plan_key": plan.key}
    if request.method == "POST":
        return shape(request.POST, request.FILES, **options)
    return shape(**options)


def _done(
    request: HttpRequest,
    plan: Plan,
    matter: Matter,
    form: Any,
    run: Callable[..., object],
    target: Names,
) -> int:
    """Do the act; 200, else the status of the page that says why not, the text kept."""
    values = form.values() if hasattr(form, "values") else form.cleaned_data
    try:
        run(actor=request.actor, plan=plan, matter=matter, **target, **values)
    except Invalid as error:
        form.show(error)
        return 422
    except Conflict as error:
        form.add_error(None, str(error.text))
        return 409
    return 200


def _facts(_request: HttpRequest, _plan: Plan, matter: Matter, _target: Names) -> Names:
    return {"facts": queries.facts_of(matter)}


def _joining(request: HttpRequest, plan: Plan, matter: Matter, _target: Names) -> Names:
    own = None if request.actor.role in OF_ALL_PARTIES else request.actor.jurisdiction_code
    return {"units": queries.joinable_units(plan=plan, matter=matter), "own": own}


def _linking(_request: HttpRequest, plan: Plan, matter: Matter, _target: Names) -> Names:
    present = list(matter.items.values_list("key", flat=True))
    return {"titles": titles_of(latest_revision(plan)), "initial": {"items": present}}


def _units(_request: HttpRequest, _plan: Plan, matter: Matter, target: Names) -> Names:
    option = target.get("option")
    newest = queries.newest_version(option) if option else None
    return {"units": list(matter.jurisdictions.all()), "newest": newest}


def _answering(_request: HttpRequest, _plan: Plan, _matter: Matter, target: Names) -> Names:
    return {"initial": {"version": queries.newest_version(target["option"]).number}}


def _committing(_request: HttpRequest, _plan: Plan, matter: Matter, _target: Names) -> Names:
    rows = queries.commitments_of(matter, at=clock.now())
    return {"units": list(matter.jurisdictions.all()), "rows": rows}


def _agreeing(_request: HttpRequest, plan: Plan, matter: Matter, _target: Names) -> Names:
    rows = queries.commitments_of(matter, at=clock.now())
    return {
        "options": [
            (row.option, in_language(row.newest, "text")[:80])
            for row in queries.options_of(matter)
            if row.is_open
        ],
        "titles": titles_of(latest_revision(plan)),
        "rows": rows,
        "initial": {
            "items": list(matter.items.values_list("key", flat=True)),
            "commitments": [str(r.commitment.number) for r in rows if r.worth.state == "given"],
        },
    }


def _option(matter: Matter, names: Names) -> Names:
    return {"option": queries.get_option(matter, label=names["option"])}


def _commitment(matter: Matter, names: Names) -> Names:
    return {"commitment": queries.get_commitment(matter, number=names["commitment"])}


def _agreement(matter: Matter, names: Names) -> Names:
    return {"agreement": queries.get_agreement(matter, number=names["agreement"])}


take_stand = act_page(
    "matter.stand", gettext_lazy("Take a stand"), shapes.StandForm, actions.take_stand
)
raise_matter = act_page(
    "matter.raise",
    gettext_lazy("Raise to the next level"),
    shapes.RaiseForm,
    actions.raise_matter,
    hint=gettext_lazy("The clock of the next level starts, and those who sit there are told."),
)
ask_raise = act_page(
    "matter.ask_raise",
    gettext_lazy("Ask for the next level"),
    shapes.ReasonForm,
    actions.ask_raise,
    hint=gettext_lazy("When every party has asked, the matter is raised."),
)
reschedule = act_page(
    "matter.reschedule",
    gettext_lazy("Move the due date"),
    shapes.RescheduleForm,
    actions.reschedule,
)
close_matter = act_page(
    "matter.close",
    gettext_lazy("Reserve the difference"),
    shapes.ReserveForm,
    actions.close_matter,
    hint=gettext_lazy("The matter is closed without agreement; the plan says that views differ."),
)
reopen_matter = act_page(
    "matter.reopen",
    gettext_lazy("Reopen the matter"),
    shapes.ReasonForm,
    actions.reopen_matter,
    hint=gettext_lazy("It goes on at the level it had reached; a new agreement is needed."),
)
withdraw_matter = act_page(
    "matter.withdraw",
    gettext_lazy("Withdraw the matter"),
    shapes.ReasonForm,
    actions.withdraw_matter,
    hint=gettext_lazy("The other parties may object; then it is open again."),
)
object_to_withdrawal = act_page(
    "matter.object",
    gettext_lazy("Object to the withdrawal"),
    shapes.ReasonForm,
    actions.object_to_withdrawal,
)
state_fact = act_page(
    "matter.fact", gettext_lazy("State a fact"), shapes.FactForm, actions.state_fact, options=_facts
)
join_matter = act_page(
    "matter.join",
    gettext_lazy("Join the matter"),
    shapes.JoinForm,
    actions.join_matter,
    options=_joining,
)
leave_matter = act_page(
    "matter.leave",
    gettext_lazy("Leave the matter"),
    shapes.ReasonForm,
    actions.leave_matter,
    hint=gettext_lazy("What your side has said stays to be read; it is not asked any more."),
)
link_items = act_page(
    "matter.link",
    gettext_lazy("Name the provisions"),
    shapes.LinkForm,
    actions.link_items,
    options=_linking,
)
propose_option = act_page(
    "option.propose",
    gettext_lazy("Propose an option"),
    shapes.OptionForm,
    actions.propose_option,
    options=_units,
)
revise_option = act_page(
    "option.revise",
    gettext_lazy("Reword the option"),
    shapes.OptionForm,
    actions.revise_option,
    options=_units,
    target=_option,
    hint=gettext_lazy("A new wording asks every party anew."),
)
answer_option = act_page(
    "option.answer",
    gettext_lazy("Answer the option"),
    shapes.StanceForm,
    actions.answer_option,
    options=_answering,
    target=_option,
)
withdraw_option = act_page(
    "option.withdraw",
    gettext_lazy("Withdraw the option"),
    shapes.WithdrawOptionForm,
    actions.withdraw_option,
    target=_option,
    hint=gettext_lazy("It stays to be read, but cannot be chosen any more."),
)
propose_commitment = act_page(
    "commitment.propose",
    gettext_lazy("Propose a commitment"),
    shapes.CommitmentForm,
    actions.propose_commitment,
    options=_committing,
)
give_commitment = act_page(
    "commitment.give",
    gettext_lazy("Give the commitment"),
    shapes.NoteForm,
    actions.give_commitment,
    target=_commitment,
    hint=gettext_lazy("It binds when everything it needs is given too and the matter is agreed."),
)
take_back_commitment = act_page(
    "commitment.take_back",
    gettext_lazy("Take the commitment back"),
    shapes.ReasonForm,
    actions.take_back_commitment,
    target=_commitment,
)
report_commitment = act_page(
    "commitment.report",
    gettext_lazy("Report the commitment as kept"),
    shapes.ReportForm,
    actions.report_commitment,
    target=_commitment,
)
confirm_commitment = act_page(
    "commitment.confirm",
    gettext_lazy("Confirm the commitment as kept"),
    shapes.NoteForm,
    actions.confirm_commitment,
    target=_commitment,
)
propose_agreement = act_page(
    "agreement.propose",
    gettext_lazy("Propose an agreement"),
    shapes.AgreementForm,
    actions.propose_agreement,
    options=_agreeing,
    hint=gettext_lazy("A new draft takes the place of the former one, and every party is asked."),
)
answer_agreement = act_page(
    "agreement.answer",
    gettext_lazy("Confirm or refuse the agreement"),
    shapes.AnswerForm,
    actions.answer_agreement,
    target=_agreement,
    hint=gettext_lazy("The last confirmation settles the matter; one refusal keeps it open."),
)
