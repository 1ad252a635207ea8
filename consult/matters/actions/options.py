"""Options to settle a matter: proposing, rewording, withdrawing them, and answering as a party."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.matters import steps
from consult.matters.enums import StanceValue
from consult.matters.models import Matter, MatterOption, OptionStance, OptionVersion
from consult.matters.queries import newest_version
from consult.matters.rules import require, require_own
from consult.matters.steps import Wording
from plans.register.models import Plan
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid

Effects = Mapping[str, Wording]


@transaction.atomic
def propose_option(
    *, actor: Actor, plan: Plan, matter: Matter, text: Wording, effects: Effects
) -> MatterOption:
    """Propose a way to settle the matter, with what it costs or brings each party.

    Refused, Invalid, Conflict.
    """
    require("option.propose", actor=actor, plan=plan, matter=matter)
    _check(matter, text, effects)
    matter = steps.lock_open(matter)
    option = steps.write_option(matter=matter, actor=actor)
    version = steps.write_version(option=option, actor=actor, text=text, effects=effects)
    steps.tell(
        plan=plan,
        matter=matter,
        title=_("An option was proposed on matter {key} {title}"),
        occasion=f"option-{version.pk}",
    )
    _record(actor, plan, matter, "option.propose", option, version)
    return option


@transaction.atomic
def revise_option(
    *,
    actor: Actor,
    plan: Plan,
    matter: Matter,
    option: MatterOption,
    text: Wording,
    effects: Effects,
) -> OptionVersion:
    """Reword one's own option: a new version, on which every party is asked again.

    Refused (another's option), Invalid, Conflict (closed, withdrawn).
    """
    require("option.revise", actor=actor, plan=plan, matter=matter)
    require_own(actor=actor, act="option.revise", code=option.jurisdiction_id)
    _check(matter, text, effects)
    matter = steps.lock_open(matter)
    _require_standing(option)
    version = steps.write_version(option=option, actor=actor, text=text, effects=effects)
    steps.tell(
        plan=plan,
        matter=matter,
        title=_("An option on matter {key} {title} was reworded: answer it again"),
        occasion=f"option-{version.pk}",
    )
    _record(actor, plan, matter, "option.revise", option, version)
    return version


@transaction.atomic
def answer_option(
    *,
    actor: Actor,
    plan: Plan,
    matter: Matter,
    option: MatterOption,
    value: str,
    text: Wording,
    version: int | None = None,
) -> OptionStance:
    """Say, as a party, whether the newest version is acceptable; conditions and refusals say why.

    `version` is the one the person read: Conflict when it is not the newest any more. Refused,
    Invalid, Conflict (closed, withdrawn).
    """
    require("option.answer", actor=actor, plan=plan, matter=matter)
    if value not in StanceValue.values:
        raise Invalid({"value": _("Choose one of the values.")})
    if value != StanceValue.ACCEPTABLE and not text:
        raise Invalid({"text_zh": _("Say why: the others must be able to answer.")})
    matter = steps.lock_open(matter)
    _require_standing(option)
    newest = newest_version(option)
    if version is not None and version != newest.number:
        raise Conflict(_("This option was reworded meanwhile. Read it again before you answer."))
    stance = steps.write_stance(version=newest, actor=actor, value=value, text=text)
    steps.tell(
        plan=plan,
        matter=matter,
        title=_("A party answered an option on matter {key} {title}"),
        occasion=f"stance-{stance.pk}",
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="option.answer",
        matter=matter,
        effects={
            "option": option.label,
            "version": newest.number,
            "value": value,
            "text": canonical.digest_of([text.zh, text.en]),
        },
    )
    return stance


@transaction.atomic
def withdraw_option(
    *, actor: Actor, plan: Plan, matter: Matter, option: MatterOption, reason: str
) -> None:
    """Give up one's own option; it stays to be read. Refused, Invalid, Conflict."""
    require("option.withdraw", actor=actor, plan=plan, matter=matter)
    require_own(actor=actor, act="option.withdraw", code=option.jurisdiction_id)
    if not reason.strip():
        raise Invalid({"reason": _("Give the reason.")})
    matter = steps.lock_open(matter)
    _require_standing(option)
    steps.write_withdrawal(option=option, actor=actor, reason=reason)
    steps.tell(
        plan=plan,
        matter=matter,
        title=_("An option on matter {key} {title} was withdrawn"),
        occasion=f"option-{option.pk}-withdrawn",
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="option.withdraw",
        matter=matter,
        effects={"option": option.label},
    )


def _require_standing(option: MatterOption) -> None:
    if getattr(MatterOption.objects.get(pk=option.pk), "withdrawal", None) is not None:
        raise Conflict(_("This option was withdrawn."))


def _check(matter: Matter, text: Wording, effects: Effects) -> None:
    if not text:
        raise Invalid({"text_zh": _("Say what the option is.")})
    if not set(effects) <= {unit.code for unit in matter.jurisdictions.all()}:
        raise Invalid({"effects": _("An effect is named for the parties of the matter only.")})
    if any(len(part) > 300 for effect in effects.values() for part in (effect.zh, effect.en)):
        raise Invalid({"effects": _("Say it in 300 characters.")})


def _record(
    actor: Actor, plan: Plan, matter: Matter, act: str, option: MatterOption, version: OptionVersion
) -> None:
    effects = [[e.jurisdiction_id, e.text_zh, e.text_en] for e in version.effects.order_by("pk")]
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act=act,
        matter=matter,
        effects={
            "option": option.label,
            "version": version.number,
            "text": canonical.digest_of([version.text_zh, version.text_en, effects]),
        },
    )
