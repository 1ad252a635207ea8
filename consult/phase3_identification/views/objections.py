"""One objection: why a party objects, what would do, and where the talk about it goes on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.ballots.models import Position
from consult.matters import rules as matter_rules
from consult.matters.forms import OpenForm as MatterForm
from consult.matters.queries import party_units as matter_units
from consult.phase3_identification import queries
from consult.phase3_identification.views.screens import FOLDER, may_do
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.text.collisions import texts_of
from plans.text.forms import AmendmentForm
from plans.text.queries import base_hash_of, get_provision
from plans.text.rules import may_amend, require_amending
from plans.text.views.amendments import amendment_page, propose
from stakeholders.terms.errors import NotVisible

PROVISION = "provision"


def _load(request: HttpRequest, key: str, pk: int) -> tuple[Plan, Position, str]:
    """The plan, the objection, and its article by number and title."""
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_objection(actor=request.actor, plan=plan, pk=pk)
    place = found.ballot.sign_off_ballot
    labels = queries.item_labels([place.revision])
    return plan, found, labels.get(place.item.key, place.item.key)


@require_safe
def objection(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    plan, found, label = _load(request, key, pk)
    place, can = found.ballot.sign_off_ballot, may_do(request, plan)
    is_own = str(found.jurisdiction_id) == request.actor.inside
    has_wording = bool(found.text and found.wording)
    is_provision = place.item.kind == PROVISION
    context = {
        "plan": plan,
        "row": found,
        "place": place,
        "label": label,
        "blocks": has_wording and not place.version.is_given,
        "may_renew": is_own and can["position_take"] and found.is_standing,
        "may_amend": is_provision and has_wording and may_amend(actor=request.actor, plan=plan),
        "may_talk": bool(matter_rules.can("matter.open", actor=request.actor, plan=plan)),
    }
    return render(request, f"{FOLDER}/objection.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Its wording as an amendment: the form begins with it and with the reason."""
    plan, found, _label = _load(request, key, pk)
    require_amending(actor=request.actor, plan=plan)
    item = found.ballot.sign_off_ballot.item
    if item.kind != PROVISION or not found.wording:
        raise NotVisible
    provision = get_provision(plan, key=item.key)
    if request.method == "POST":
        return propose(request, plan, provision)
    initial = {
        **texts_of(provision.item.draft.content).as_dict(),
        "base": base_hash_of(provision.item),
        "text_zh": found.wording,
        "reason": found.text,
    }
    return amendment_page(request, plan, provision, AmendmentForm(initial=initial))


@require_safe
def talk(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The form that opens a matter, filled in with the objection; sent, it opens it."""
    plan, found, label = _load(request, key, pk)
    matter_rules.require("matter.open", actor=request.actor, plan=plan)
    said = _("Objection of {party} to {label}: {reason}").format(
        party=found.jurisdiction, label=label, reason=found.text
    )
    wording = _("Wording that would do: {wording}").format(wording=found.wording)
    form = MatterForm(
        units=matter_units(plan=plan),
        initial={
            "title_zh": _("Objection to {label}").format(label=label)[:120],
            "codes": queries.codes_of(found.ballot),
            "description_zh": f"{said}\n{wording}" if found.wording else said,
        },
    )
    context = {
        "plan": plan,
        "form": form,
        "title": _("Open a matter"),
        "action": reverse("matters:open", args=[plan.key]),
        "guarded": True,
        "hint": _("A matter is settled step by step: stands, options, commitments, an agreement."),
    }
    return render(request, "consult/matters/form.html", context)
