"""Opening, raising, closing and reopening matters; taking a stand; loading the library."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.matters import ladder, steps
from consult.matters.enums import LADDER, MoveKind, Outcome, StandValue, Theme
from consult.matters.models import Matter, Stand
from consult.matters.queries import party_units
from consult.matters.reading import read_matters
from consult.matters.rules import require, require_import
from consult.matters.steps import ImportCounts, Wording
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.notices.steps import notify
from stakeholders.people.queries import coordinators_of, people_of
from stakeholders.record import steps as record
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid

in_both = lazy(in_language, str)
DATA = Path(__file__).parent / "data" / "matters.csv"


@transaction.atomic
def open_matter(
    *,
    actor: Actor,
    plan: Plan,
    title: Wording,
    description: Wording,
    codes: Sequence[str],
    theme: str = "",
    facts: Wording | None = None,
    due_at: datetime | None = None,
    drawn_from: Sequence[Matter] = (),
    note: str = "",
) -> Matter:
    """Take up a matter between two or more parties of the plan. Refused, Invalid."""
    require("matter.open", actor=actor, plan=plan)
    if not title:
        raise Invalid({"title_zh": _("Give the matter a title.")})
    if theme and theme not in Theme.values:
        raise Invalid({"theme": _("Choose one of the values.")})
    known = set(party_units(plan=plan).values_list("code", flat=True))
    if len(set(codes)) < 2 or not set(codes) <= known:
        raise Invalid({"codes": _("Choose at least two jurisdictions that take part in the plan.")})
    matter = steps.open_matter(
        plan=lock_plan(plan),
        actor=actor,
        title=title,
        description=description,
        codes=codes,
        theme=theme,
        facts=facts,
        due_at=due_at,
        drawn_from=drawn_from,
        note=note,
    )
    _tell(plan, matter, _("A matter was opened: {key} {title}"), "open")
    _append(actor, plan, "matter.open", matter, {"codes": sorted(set(codes))})
    return matter


@transaction.atomic
def take_stand(*, actor: Actor, plan: Plan, matter: Matter, value: str, text: Wording) -> Stand:
    """Say what one's jurisdiction thinks of an open matter. Refused, Invalid, Conflict."""
    require("matter.stand", actor=actor, plan=plan, matter=matter)
    if value not in StandValue.values:
        raise Invalid({"value": _("Choose one of the values.")})
    if not text:
        raise Invalid({"text_zh": _("Say it in words: the others must be able to answer.")})
    matter = _open(matter)
    stand = steps.take_stand(matter=matter, actor=actor, value=value, text=text)
    _tell(plan, matter, _("A new stand on matter {key} {title}"), f"stand-{stand.pk}")
    effects = {"stand": stand.pk, "value": value, "text": canonical.digest_of([text.zh, text.en])}
    _append(actor, plan, "matter.stand", matter, effects)
    return stand


@transaction.atomic
def raise_matter(
    *, actor: Actor, plan: Plan, matter: Matter, note: str = "", due_at: datetime | None = None
) -> Matter:
    """Pass an open matter on to the next level of the ladder. Refused, Conflict."""
    require("matter.raise", actor=actor, plan=plan, matter=matter)
    matter = _open(matter)
    place = LADDER.index(matter.level)
    if place + 1 == len(LADDER):
        raise Conflict(_("This matter stands at the highest level already."))
    before, matter.level = matter.level, LADDER[place + 1]
    matter.due_at = due_at or ladder.due_at(plan=plan, level=matter.level)
    matter.save(update_fields=["level", "due_at"])
    row = steps.move(matter=matter, actor=actor, kind=MoveKind.RAISED, note=note)
    _tell(plan, matter, _("Matter {key} {title} was raised to the next level"), f"move-{row.pk}")
    _append(actor, plan, "matter.raise", matter, {"from": before, "to": matter.level})
    return matter


@transaction.atomic
def close_matter(
    *, actor: Actor, plan: Plan, matter: Matter, outcome: str, note: str = ""
) -> Matter:
    """Close a matter: agreed, its difference reserved, or withdrawn. Refused, Invalid, Conflict."""
    require("matter.close", actor=actor, plan=plan, matter=matter)
    if outcome not in Outcome.values:
        raise Invalid({"outcome": _("Choose one of the values.")})
    if not note.strip():
        raise Invalid({"note": _("Say what was agreed, reserved, or why it was withdrawn.")})
    matter = _open(matter)
    matter.outcome, matter.closed_at = outcome, clock.now()
    matter.save(update_fields=["outcome", "closed_at"])
    row = steps.move(matter=matter, actor=actor, kind=MoveKind.CLOSED, note=note)
    _tell(plan, matter, _("Matter {key} {title} was closed"), f"move-{row.pk}")
    _append(actor, plan, "matter.close", matter, {"outcome": outcome, "level": matter.level})
    return matter


@transaction.atomic
def reopen_matter(*, actor: Actor, plan: Plan, matter: Matter, note: str) -> Matter:
    """Open a closed matter again at the level it had reached. Refused, Invalid, Conflict."""
    require("matter.reopen", actor=actor, plan=plan, matter=matter)
    if not note.strip():
        raise Invalid({"note": _("Give the reason.")})
    matter = steps.lock_matter(matter)
    if matter.is_open:
        raise Conflict(_("This matter is open already."))
    before, matter.outcome, matter.closed_at = matter.outcome, "", None
    matter.save(update_fields=["outcome", "closed_at"])
    row = steps.move(matter=matter, actor=actor, kind=MoveKind.REOPENED, note=note)
    _tell(plan, matter, _("Matter {key} {title} was reopened"), f"move-{row.pk}")
    _append(actor, plan, "matter.reopen", matter, {"former": before, "level": matter.level})
    return matter


@transaction.atomic
def import_matters(*, actor: Actor, path: Path = DATA) -> ImportCounts:
    """Load the library, whole or not at all; nothing is recorded when nothing changed.

    RowError with file, line, column and reason for a bad row; Refused.
    """
    require_import(actor=actor)
    known = set(Jurisdiction.objects.values_list("code", flat=True))
    counts = steps.save_library(read_matters(path, known=known))
    if counts.created or counts.updated:
        record.append(
            chain=record.SITE,
            actor=actor,
            act="matters.import",
            subject="layer:matters",
            effects={"created": counts.created, "updated": counts.updated},
        )
    return counts


def _open(matter: Matter) -> Matter:
    matter = steps.lock_matter(matter)
    if not matter.is_open:
        raise Conflict(_("This matter is closed."))
    return matter


def _tell(plan: Plan, matter: Matter, title: Text, occasion: str) -> None:
    codes = [unit.code for unit in matter.jurisdictions.all()]
    at = clock.now()
    people = people_of(codes=codes, roles=[Role.CONTACT_POINT], at=at, plan_key=plan.key)
    told = {pk for ids in people.values() for pk in ids}
    notify(
        people=told | set(coordinators_of(plan_key=plan.key, at=at)),
        kind="matter",
        title=format_lazy(title, key=matter.key, title=in_both(matter, "title")),
        url=reverse("matters:detail", args=[plan.key, matter.key]),
        key=f"matter:{matter.pk}:{occasion}",
        plan_key=plan.key,
    )


def _append(actor: Actor, plan: Plan, act: str, matter: Matter, effects: dict[str, object]) -> None:
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act,
        subject=f"matter:{matter.key}",
        effects=effects,
    )
