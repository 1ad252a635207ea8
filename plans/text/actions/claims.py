"""Editorial claims: refused where more than words changes, confirmed by another party; and the
defined terms that no such claim may touch."""

from django.db import transaction
from django.urls import reverse
from django.utils.functional import lazystr
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plans.register.models import ItemDraft, ItemVersion, Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from plans.text import steps
from plans.text.enums import ClaimVerdict
from plans.text.models import ClaimConfirmation, DefinedTerm
from plans.text.queries import answering_parties, get_claim, get_term, terms_of
from plans.text.rules import ACTS, JUDGES, require_draft_sight, require_judging
from stakeholders.notices.steps import notify
from stakeholders.people.queries import people_of
from stakeholders.record import steps as record
from stakeholders.templatetags.in_language import chosen_when_read
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, Text

REASON_LIMIT = 500


def claim_wording(*, actor: Actor, plan: Plan, draft: ItemDraft, base: ItemVersion) -> None:
    """Note the claim on the wording just saved and ask the other parties; within the saving."""
    claim, is_new = steps.note_claim(draft=draft, base=base, actor=actor)
    if not is_new:
        return
    codes = answering_parties(plan, claim=claim)
    people = people_of(codes=codes, roles=sorted(JUDGES), at=clock.now(), plan_key=plan.key)
    notify(
        people={user for found in people.values() for user in found},
        kind="claim.made",
        title=format_lazy(
            _("Is the change of {item} in {plan} editorial? Another party confirms or refuses."),
            item=chosen_when_read(draft.content["title"]),
            plan=lazystr(plan),
        ),
        url=reverse("text:claims", args=[plan.key]),
        key=f"claim.made:{claim.pk}",
        plan_key=plan.key,
    )


@transaction.atomic
def answer_claim(
    *, actor: Actor, plan: Plan, key: str, draft: str, verdict: str, reason: str = ""
) -> ClaimConfirmation:
    """Confirm or refuse, for another co-making party, the claim on the wording whose hash is
    `draft`.

    Raises NotVisible, Refused (also for the party that claims, and while frozen), Invalid without
    the reason of a refusal, Conflict where the wording moved on or the party has answered.
    """
    plan = lock_plan(plan)
    require_draft_sight(actor=actor, plan=plan)
    found = get_claim(plan, key=key)
    require_judging(actor=actor, plan=plan, claim=found.claim)
    _check_answer(verdict=verdict, reason=reason)
    if found.claim.hash != draft:
        raise Conflict(_("The wording was changed since you read it."), theirs=found)
    if found.answered_by(actor.jurisdiction_code):
        raise Conflict(_("Your jurisdiction has answered this claim already."))
    answer = steps.answer_claim(
        claim=found.claim, actor=actor, verdict=verdict, reason=reason.strip()
    )
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="claim.answer",
        subject=f"item:{key}",
        effects={
            "draft": found.claim.hash,
            "base": found.entry.version.hash,
            "verdict": verdict,
            "reason": canonical.digest(answer.reason) if answer.reason else "",
        },
    )
    return answer


def _check_answer(*, verdict: str, reason: str) -> None:
    if verdict not in ClaimVerdict.values:
        raise Invalid({"verdict": _("This is not one of the choices.")})
    if verdict == ClaimVerdict.REFUSED and not reason.strip():
        raise Invalid({"reason": _("Say why the change is more than editorial.")})
    if len(reason) > REASON_LIMIT:
        raise Invalid({"reason": _("This text has at most %(limit)s characters.") % {"limit": 500}})


@transaction.atomic
def add_term(
    *,
    actor: Actor,
    plan: Plan,
    term_zh: str,
    definition_zh: str,
    term_en: str = "",
    definition_en: str = "",
) -> DefinedTerm:
    """Define a term of the plan. Raises NotVisible, Refused, Invalid (empty, or there already)."""
    plan = lock_plan(plan)
    require("term.add", ACTS, actor=actor, plan=plan)
    errors: dict[str, Text] = {}
    for name, text in (("term_zh", term_zh), ("definition_zh", definition_zh)):
        if not text.strip():
            errors[name] = _("This text must not be empty.")
    if terms_of(plan).filter(term_zh=term_zh.strip()).exists():
        errors["term_zh"] = _("This term is defined already.")
    if errors:
        raise Invalid(errors)
    fields = {
        "term_zh": term_zh,
        "term_en": term_en,
        "definition_zh": definition_zh,
        "definition_en": definition_en,
    }
    term = steps.add_term(plan=plan, fields={k: v.strip() for k, v in fields.items()})
    _record_term(act="term.add", actor=actor, plan=plan, term=term)
    return term


@transaction.atomic
def remove_term(*, actor: Actor, plan: Plan, term: int) -> DefinedTerm:
    """A term is defined no more; its row stays. Raises NotVisible, Refused."""
    plan = lock_plan(plan)
    require("term.remove", ACTS, actor=actor, plan=plan)
    found = get_term(plan, pk=term)
    steps.remove_term(term=found)
    _record_term(act="term.remove", actor=actor, plan=plan, term=found)
    return found


def _record_term(*, act: str, actor: Actor, plan: Plan, term: DefinedTerm) -> None:
    words = [term.term_zh, term.term_en, term.definition_zh, term.definition_en]
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act,
        subject=f"term:{term.pk}",
        effects={"term": canonical.digest_of(words)},
    )
