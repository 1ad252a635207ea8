"""Row writes of status reports."""

from dataclasses import dataclass

from consult.matters.models import Matter
from consult.phase4_implementation.models import BlockageMatter, StatusReport
from plans.projects.models import Milestone, Project
from stakeholders.files.models import StoredFile
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Said:
    """The content of a status report."""

    progress: str
    percent: int | None = None
    text_zh: str = ""
    text_en: str = ""
    evidence: str = ""
    blockage_zh: str = ""
    blockage_en: str = ""
    file: StoredFile | None = None

    @property
    def is_blocked(self) -> bool:
        return bool(self.blockage_zh.strip() or self.blockage_en.strip())


def add_report(
    *, actor: Actor, project: Project, milestone: Milestone | None, code: str, said: Said
) -> StatusReport:
    return StatusReport.objects.create(
        project=project,
        milestone=milestone,
        jurisdiction_id=code,
        progress=said.progress,
        percent=said.percent,
        text_zh=said.text_zh,
        text_en=said.text_en,
        evidence=said.evidence.strip(),
        blockage_zh=said.blockage_zh.strip(),
        blockage_en=said.blockage_en.strip(),
        file=said.file,
        is_on_behalf=code != actor.jurisdiction_code,
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def take_up(*, actor: Actor, report: StatusReport, matter: Matter) -> BlockageMatter:
    """The row that ties a blockage to the matter it became."""
    return BlockageMatter.objects.create(
        report=report, matter=matter, mandate_id=int(actor.mandate_id or 0), at=clock.now()
    )
