"""The sweeper of health checks: ballots on their reports that end by their hour. Safe to run twice."""

from datetime import datetime

from consult.ballots.enums import SubjectKind
from consult.ballots.queries import due_ballots
from consult.health.actions import close_report_ballot
from consult.health.models import CheckReport
from stakeholders.terms.actor import SYSTEM
from stakeholders.terms.errors import Conflict, Refused


def close_due_report_ballots(now: datetime) -> int:
    """Let the rule decide on the reports before the parties until now; returns how many."""
    closed = 0
    for ballot in due_ballots([SubjectKind.HEALTH_CHECK.value], at=now):
        report = CheckReport.objects.select_related("health_check").get(pk=int(ballot.subject_id))
        try:
            close_report_ballot(actor=SYSTEM, plan=ballot.plan, check=report.health_check)
        except (Conflict, Refused):
            continue  # ended meanwhile, the check was changed, or the plan has moved on
        closed += 1
    return closed
