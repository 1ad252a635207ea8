"""What the parties fill in: sections, figures, reviews, findings; and the files beside them."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.health import actions
from consult.health.checks import require_for
from consult.health.forms import FigureForm, FindingForm, ReviewForm, SectionForm
from consult.health.models import HealthCheck
from consult.health.queries import Whole, figures_for, units_of, whole_of
from consult.health.shown import border_line
from consult.health.subjects import title_of
from consult.health.views.screens import FORM_METHODS, act_page, back_to, load
from consult.phase3_identification.queries import agreed_by_lift, wording_seen
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.files.serving import answer_file
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.reauthentication import recently_proved
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import NotVisible


def _for(request: HttpRequest, plan: Plan, codes: list[str]) -> tuple[list[Jurisdiction], bool]:
    """For whom the reader may speak among `codes`, and whether it is the joint office."""
    is_office = request.actor.role is Role.COORDINATOR
    units = units_of(plan)
    asked = [code for code in codes if code in units]
    mine = asked if is_office else [code for code in asked if code == request.actor.inside]
    return [units[code] for code in mine], is_office


@require_http_methods(FORM_METHODS)
def fill(request: HttpRequest, key: str, pk: int, number: int) -> HttpResponse:
    """One section: what the party says in it, what the others say beside it."""
    plan, found = load(request, key, pk)
    whole = whole_of(found)
    section = next((one for one in whole.sections if one.number == number), None)
    if section is None:
        raise NotVisible
    own = request.actor.inside if request.actor.inside in section.jurisdictions else None
    require_for("section.fill", actor=request.actor, plan=plan, code=own)
    units, is_office = _for(request, plan, list(section.jurisdictions))
    asked = request.GET.get("for", "")
    chosen = asked if asked in {unit.code for unit in units} else (units[0].code if units else "")
    former = whole.texts.get((section.pk, chosen))
    form = SectionForm(
        request.POST or None,
        request.FILES or None,
        actor=request.actor,
        plan_key=plan.key,
        units=units,
        is_office=is_office,
        initial={
            "jurisdiction": chosen,
            "text_zh": former.text_zh if former else "",
            "text_en": former.text_en if former else "",
            "seen": former.pk if former else 0,
        },
    )
    words: dict[str, Text] = {
        "title": f"{section.number} {in_language(section, 'title')}",
        "lead": in_language(section, "asks"),
        "submit_label": _("Send the text"),
        "done": _("The text is in."),
    }

    def call() -> object:
        return actions.fill_section(
            actor=request.actor, plan=plan, check=found, number=number, **form.arguments()
        )

    others = [
        row
        for (section_id, by), row in sorted(whole.texts.items())
        if section_id == section.pk and (by != chosen or is_office)
    ]
    back = (back_to(plan, found, mark=f"#section-{number}"), title_of(found))
    return act_page(
        request,
        plan=plan,
        form=form,
        call=call,
        words=words,
        back=back,
        extra={"others": others, "check": found},
    )


@require_http_methods(FORM_METHODS)
def state_figure(request: HttpRequest, key: str, pk: int, number: int) -> HttpResponse:
    plan, found = load(request, key, pk)
    whole = whole_of(found)
    item = next((one for one in whole.items if one.number == number), None)
    if item is None:
        raise NotVisible
    code = request.actor.inside
    own = code if code in (item.owner_id, item.reader_id) else None
    require_for("border.state", actor=request.actor, plan=plan, code=own)
    units, is_office = _for(request, plan, [str(item.owner_id), str(item.reader_id)])
    form = FigureForm(
        request.POST or None,
        request.FILES or None,
        actor=request.actor,
        plan_key=plan.key,
        units=units,
        is_office=is_office,
        initial={"jurisdiction": units[0].code if units else ""},
    )
    words: dict[str, Text] = {
        "title": f"{item.number} {in_language(item, 'title')}",
        "lead": _("State your own figure. The other side sees it only when it has stated its own."),
        "submit_label": _("State the figure"),
        "done": _("Your figure is in."),
    }

    def call() -> object:
        return actions.state_figure(
            actor=request.actor, plan=plan, check=found, number=number, **form.arguments()
        )

    back = (back_to(plan, found, mark="#border"), title_of(found))
    extra = {"line": border_line(whole, item, inside=code)}
    return act_page(request, plan=plan, form=form, call=call, words=words, back=back, extra=extra)


@recently_proved
@require_http_methods(FORM_METHODS)
def review(request: HttpRequest, key: str, pk: int, reservation: int) -> HttpResponse:
    """A lift is a position, so the person proves itself for either."""
    plan, found = load(request, key, pk)
    row = next((r for r in whole_of(found).reservations if r.pk == reservation), None)
    if row is None:
        raise NotVisible
    own = None if request.actor.role is Role.COORDINATOR else str(row.jurisdiction_id)
    require_for("reservation.review", actor=request.actor, plan=plan, code=own)
    agreed = agreed_by_lift(row, plan=plan)
    form = ReviewForm(request.POST or None, initial={"seen": wording_seen(agreed)})
    words: dict[str, Text] = {
        "title": _("Look at a reservation again"),
        "lead": in_language(row, "text"),
        "submit_label": _("Enter the review"),
        "done": _("The review is in."),
    }

    def call() -> object:
        return actions.review_reservation(
            actor=request.actor, plan=plan, check=found, reservation=row.pk, **form.arguments()
        )

    back = (back_to(plan, found, mark="#reservations"), title_of(found))
    extra = {"agreed": agreed}
    return act_page(request, plan=plan, form=form, call=call, words=words, back=back, extra=extra)


@require_http_methods(FORM_METHODS)
def state_finding(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """A finding; `?item=` proposes one from a border item whose readings differ."""
    plan, found = load(request, key, pk)
    require_for("finding.state", actor=request.actor, plan=plan, code=request.actor.inside)
    whole = whole_of(found)
    form = FindingForm(
        request.POST or None,
        units=list(units_of(plan).values()),
        items=whole.items,
        initial=_proposed(whole, request.GET.get("item", "")),
    )
    words: dict[str, Text] = {
        "title": _("State a finding"),
        "lead": _("What the check found. It can become a matter, or is left for the next plan."),
        "submit_label": _("State the finding"),
        "done": _("The finding is in."),
    }

    def call() -> object:
        return actions.state_finding(
            actor=request.actor, plan=plan, check=found, **form.arguments()
        )

    back = (back_to(plan, found, mark="#findings"), title_of(found))
    return act_page(request, plan=plan, form=form, call=call, words=words, back=back)


def _proposed(whole: Whole, number: str) -> dict[str, object]:
    """The words of a finding on a border item whose two figures are open and differ."""
    item = next((one for one in whole.items if str(one.number) == number), None)
    if item is None:
        return {}
    line = border_line(whole, item, inside=None)
    said = {"item": item.number, "codes": [item.owner_id, item.reader_id]}
    if not (line.owner.value and line.reader.value):
        return said
    values = {
        "item": item.title_zh,
        "owner": line.owner.unit.name_zh,
        "own": line.owner.value,
        "reader": line.reader.unit.name_zh,
        "read": line.reader.value,
        "unit": item.unit_zh,
    }
    text = "{owner}填报{own}{unit}，{reader}复核为{read}{unit}。".format(**values)
    english = f"{line.owner.value} against {line.reader.value} {item.unit_en}".strip()
    return {
        **said,
        "title_zh": f"{item.title_zh}两地数据不一致",
        "title_en": f"{item.title_en}: two figures" if item.title_en else "",
        "text_zh": text,
        "text_en": english,
    }


@require_safe
def text_file(request: HttpRequest, key: str, pk: int, text: int) -> HttpResponseBase:
    plan, found = load(request, key, pk)
    rows = [row for row in whole_of(found).texts.values() if row.pk == text]
    return _answer(request, plan, found, rows[0].file if rows else None)


@require_safe
def figure_file(request: HttpRequest, key: str, pk: int, figure: int) -> HttpResponseBase:
    """The file beside a figure, for who may see the figure."""
    plan, found = load(request, key, pk)
    whole, inside = whole_of(found), request.actor.inside
    rows = [
        row
        for item in whole.items
        for row in figures_for(whole, item, inside=inside).values()
        if row is not None and row.pk == figure
    ]
    return _answer(request, plan, found, rows[0].file if rows else None)


def _answer(
    request: HttpRequest, plan: Plan, check: HealthCheck, stored: StoredFile | None
) -> HttpResponseBase:
    if stored is None:
        raise NotVisible
    return answer_file(stored, request=request)
