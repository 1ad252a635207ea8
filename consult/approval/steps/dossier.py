"""Row writes of the dossier."""

from collections.abc import Sequence

from consult.approval.models import DossierArrangement, DossierPaper
from consult.approval.queries.arrangements import Arranged
from consult.phase2_preparation.steps.papers import Issue
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor


def write_dossier_paper(
    *, plan: Plan, line: str, actor: Actor, issue: Issue, file: StoredFile | None
) -> DossierPaper:
    """One document more for a line: from now on it counts there."""
    return DossierPaper.objects.create(
        plan=plan,
        line=line,
        document_number=issue.number.strip(),
        issued_on=issue.on,
        issuer=issue.issuer.strip(),
        file=file,
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def write_arrangement(
    *, plan: Plan, actor: Actor, lines: Sequence[Arranged], reason: str
) -> DossierArrangement:
    """The order that counts from now on."""
    return DossierArrangement.objects.create(
        plan=plan,
        lines=canonical.canonical([one.as_dict() for one in lines]),
        reason=reason.strip(),
        mandate_id=actor.mandate,
        at=clock.now(),
    )
