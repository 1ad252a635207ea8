"""A blockage of a joint project becomes a matter in one act."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.matters import steps as matters
from consult.matters.enums import Theme
from consult.matters.models import Matter
from consult.matters.queries import party_units
from consult.matters.steps import Wording
from consult.phase4_implementation import steps
from consult.phase4_implementation.models import BlockageMatter, StatusReport
from consult.phase4_implementation.queries import is_newest
from consult.phase4_implementation.rules import require
from plans.projects.queries import party_codes
from plans.register.steps import lock_plan
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid


@transaction.atomic
def blockage_to_matter(
    *, actor: Actor, report: StatusReport, title: Wording, description: Wording
) -> Matter:
    """Open a matter of what a report names as a blockage, between the project's parties that take
    part in the plan, about the provisions the project carries out.

    By the joint office, or by who may open matters for a party of the project; once for a report.
    NotVisible, Refused, Invalid, Conflict (taken up already, or the party reported again since).
    """
    project = report.project
    plan = lock_plan(project.plan)
    parties = frozenset(party_codes(project))
    code = actor.jurisdiction_code
    require("blockage.to_matter", actor=actor, plan=plan, code=code, parties=parties)
    if not report.is_blocked:
        raise Invalid({"": _("This report names no blockage.")})
    if not title:
        raise Invalid({"title_zh": _("Give the matter a title.")})
    if BlockageMatter.objects.filter(report=report).exists():
        raise Conflict(_("This blockage was taken up as a matter already."))
    if not is_newest(report):
        raise Conflict(_("The party has reported again since: look at its newest report."))
    codes = sorted(parties & set(party_units(plan=plan).values_list("code", flat=True)))
    if len(codes) < 2:
        raise Invalid({"": _("Fewer than two parties of the project take part in the plan.")})
    matter = matters.open_matter(
        plan=plan,
        actor=actor,
        title=title,
        description=description,
        codes=codes,
        theme=project.theme if project.theme in Theme.values else "",
    )
    matter.items.set(project.provisions.all())
    steps.take_up(actor=actor, report=report, matter=matter)
    matters.tell(
        plan=plan, matter=matter, title=_("A matter was opened: {key} {title}"), occasion="open"
    )
    matters.put_on_record(
        actor=actor,
        plan=plan,
        act="blockage.to_matter",
        matter=matter,
        effects={"report": report.pk, "project": project.key, "codes": codes},
    )
    return matter
