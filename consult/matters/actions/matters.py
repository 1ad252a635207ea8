"""Opening and reopening matters, stating facts, taking a stand, loading the library."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.matters import steps
from consult.matters.enums import MoveKind, StandValue, Theme
from consult.matters.models import Matter, MatterFact, Stand
from consult.matters.queries import party_units
from consult.matters.reading import read_matters
from consult.matters.rules import require, require_import
from consult.matters.steps import ImportCounts, Wording
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid

DATA = Path(__file__).parents[1] / "data" / "matters.csv"


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
    steps.tell(
        plan=plan, matter=matter, title=_("A matter was opened: {key} {title}"), occasion="open"
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="matter.open",
        matter=matter,
        effects={"codes": sorted(set(codes))},
    )
    return matter


@transaction.atomic
def take_stand(*, actor: Actor, plan: Plan, matter: Matter, value: str, text: Wording) -> Stand:
    """Say what one's jurisdiction thinks of an open matter. Refused, Invalid, Conflict."""
    require("matter.stand", actor=actor, plan=plan, matter=matter)
    if value not in StandValue.values:
        raise Invalid({"value": _("Choose one of the values.")})
    if not text:
        raise Invalid({"text_zh": _("Say it in words: the others must be able to answer.")})
    matter = steps.lock_open(matter)
    stand = steps.take_stand(matter=matter, actor=actor, value=value, text=text)
    steps.tell(
        plan=plan,
        matter=matter,
        title=_("A new stand on matter {key} {title}"),
        occasion=f"stand-{stand.pk}",
    )
    effects = {"stand": stand.pk, "value": value, "text": canonical.digest_of([text.zh, text.en])}
    steps.put_on_record(actor=actor, plan=plan, act="matter.stand", matter=matter, effects=effects)
    return stand


@transaction.atomic
def state_fact(
    *,
    actor: Actor,
    plan: Plan,
    matter: Matter,
    text: Wording,
    source: str,
    corrects: MatterFact | None = None,
    file: StoredFile | None = None,
) -> MatterFact:
    """Put a fact with its source before the parties, or correct one: the former stays.

    Refused, Invalid, Conflict (closed, or corrected already).
    """
    require("matter.fact", actor=actor, plan=plan, matter=matter)
    if not text:
        raise Invalid({"text_zh": _("Say what the fact is.")})
    if not source.strip():
        raise Invalid({"source": _("Name the source: the others must be able to check it.")})
    matter = steps.lock_open(matter)
    if corrects is not None and MatterFact.objects.filter(corrects=corrects).exists():
        raise Conflict(_("This fact was corrected already."))
    fact = steps.write_fact(
        matter=matter, actor=actor, text=text, source=source, corrects=corrects, file=file
    )
    steps.tell(
        plan=plan,
        matter=matter,
        title=_("A fact was stated on matter {key} {title}"),
        occasion=f"fact-{fact.pk}",
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="matter.fact",
        matter=matter,
        effects={
            "fact": fact.number,
            "corrects": corrects.number if corrects else None,
            "text": canonical.digest_of([text.zh, text.en, source]),
            "file": file.sha256 if file else None,
        },
    )
    return fact


@transaction.atomic
def reopen_matter(*, actor: Actor, plan: Plan, matter: Matter, note: str) -> Matter:
    """Open a closed matter again at the level it had reached. Refused, Invalid, Conflict."""
    require("matter.reopen", actor=actor, plan=plan, matter=matter)
    if not note.strip():
        raise Invalid({"note": _("Give the reason.")})
    matter = steps.lock_matter(matter)
    if matter.is_open:
        raise Conflict(_("This matter is open already."))
    before = steps.reopen(matter)
    row = steps.move(matter=matter, actor=actor, kind=MoveKind.REOPENED, note=note)
    steps.tell(
        plan=plan,
        matter=matter,
        title=_("Matter {key} {title} was reopened"),
        occasion=f"move-{row.pk}",
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="matter.reopen",
        matter=matter,
        effects={"former": before, "level": matter.level},
    )
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
