"""How the parties of a project say it stands."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.phase4_implementation import steps
from consult.phase4_implementation.enums import Progress
from consult.phase4_implementation.models import StatusReport
from consult.phase4_implementation.rules import require
from plans.projects.models import Milestone, Project
from plans.projects.queries import party_codes
from plans.register.steps import lock_plan
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Invalid, Text


@transaction.atomic
def report_status(
    *,
    actor: Actor,
    project: Project,
    jurisdiction: str,
    said: steps.Said,
    milestone: Milestone | None = None,
) -> StatusReport:
    """A party of the project says how it, or one milestone, stands; the newest report counts.

    By its contact point or planner, or by the coordinator on its behalf. What another party said,
    and what it said itself before, stays. NotVisible, Refused, Invalid.
    """
    plan = lock_plan(project.plan)
    parties = frozenset(party_codes(project))
    require("status.report", actor=actor, plan=plan, code=jurisdiction, parties=parties)
    faults = _status_faults(project, milestone, jurisdiction, parties, said)
    if faults:
        raise Invalid(faults)
    report = steps.add_report(
        actor=actor, project=project, milestone=milestone, code=jurisdiction, said=said
    )
    number = f".{milestone.number}" if milestone else ""
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="status.report",
        subject=f"project:{project.key}{number}",
        effects={
            "report": report.pk,
            "jurisdiction": jurisdiction,
            "progress": str(said.progress),
            "percent": said.percent,
            "text": canonical.digest_of([said.text_zh, said.text_en, said.evidence]),
            "blockage": canonical.digest_of([said.blockage_zh, said.blockage_en])
            if report.is_blocked
            else None,
            "file": said.file.sha256 if said.file else None,
            "on_behalf": report.is_on_behalf,
        },
    )
    return report


def _status_faults(
    project: Project,
    milestone: Milestone | None,
    jurisdiction: str,
    parties: frozenset[str],
    said: steps.Said,
) -> dict[str, Text]:
    faults: dict[str, Text] = {}
    if jurisdiction not in parties:
        faults["jurisdiction"] = _("This jurisdiction is no party of the project.")
    if milestone is not None and milestone.removed_at is not None:
        faults["milestone"] = _("This milestone was taken out.")
    if milestone is not None and milestone.project_id != project.pk:
        faults["milestone"] = _("This milestone belongs to another project.")
    if said.progress not in Progress.values:
        faults["progress"] = _("Choose one of the values offered.")
    if said.percent is not None and not 0 <= said.percent <= 100:
        faults["percent"] = _("The part done lies between 0 and 100 %.")
    if said.progress == Progress.DONE:
        faults |= _faults_of_done(said, is_milestone=milestone is not None)
    return faults


def _faults_of_done(said: steps.Said, *, is_milestone: bool) -> dict[str, Text]:
    """What is done is done whole, not blocked, and a milestone proves it."""
    faults: dict[str, Text] = {}
    if said.percent not in (None, 100):
        faults["percent"] = _("What is done is done to 100 %.")
    if said.is_blocked:
        faults["blockage_zh"] = _("What is done is not blocked.")
    if is_milestone and not said.evidence.strip() and said.file is None:
        faults["evidence"] = _("Name or enclose the document that proves it.")
    return faults
