"""Row writes on joint projects, their parties and milestones."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from plans.projects.models import (
    KnownProject,
    Milestone,
    MilestoneChange,
    MilestoneNeed,
    Project,
    ProjectParty,
)
from plans.projects.queries import items_by_key
from plans.projects.reading import KnownRow
from plans.projects.sheet import Sheet
from plans.register.models import Plan
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict


def create_project(*, plan: Plan, key: str, sheet: Sheet) -> Project:
    """A new project with its parties and provisions."""
    project = Project(plan=plan, key=key, created_at=clock.now(), edits=0)
    return _write(project, sheet)


def save_project(*, project: Project, edits: int, sheet: Sheet) -> Project:
    """Replace everything the sheet holds, if nobody saved since `edits` was read.

    `project` is the locked row. Raises Conflict carrying it when somebody did.
    """
    if project.edits != edits:
        raise Conflict(_("Somebody saved this project after you opened it."), theirs=project)
    return _write(project, sheet)


def _write(project: Project, sheet: Sheet) -> Project:
    for name in (
        "name_zh",
        "name_en",
        "theme",
        "description_zh",
        "description_en",
        "place_zh",
        "place_en",
        "budget",
        "year_from",
        "year_until",
        "lead_body",
        "known",
    ):
        setattr(project, name, getattr(sheet, name))
    project.edits += 1
    project.save()
    project.provisions.set(items_by_key(project.plan, keys=sheet.provisions).values())
    ProjectParty.objects.filter(project=project).delete()
    ProjectParty.objects.bulk_create(
        [
            ProjectParty(
                project=project,
                jurisdiction_id=one.code,
                role=one.role,
                cost_share=one.cost_share,
                benefit_share=one.benefit_share,
                basis_zh=one.basis_zh,
                basis_en=one.basis_en,
            )
            for one in sheet.parties
        ]
    )
    return project


def lock_project(project: Project) -> Project:
    """The project's row, locked until the end of the transaction, as it stands now."""
    locked = Project.objects.select_for_update(of=("self",), no_key=True).select_related("plan")
    return locked.get(pk=project.pk)


def create_milestone(
    *, project: Project, title_zh: str, title_en: str, owner: str, due_on: date, weight: Decimal
) -> Milestone:
    """The next milestone of a project; `project` is the locked row."""
    last = Milestone.everything.filter(project=project).aggregate(last=Max("number"))["last"]
    return Milestone.objects.create(
        project=project,
        number=(last or 0) + 1,
        title_zh=title_zh,
        title_en=title_en,
        owner_id=owner,
        due_on=due_on,
        weight=weight,
    )


def lock_register(plan: Plan) -> None:
    """Nobody else enters a project or changes what waits for what in this plan until the end of
    the transaction: two might take one number, and two needs close a circle that neither sees."""
    Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)


def lock_milestone(milestone: Milestone) -> Milestone | None:
    """The row, locked, as it stands now; None where it was taken out meanwhile."""
    return Milestone.objects.select_for_update(no_key=True).filter(pk=milestone.pk).first()


def keep_former(*, milestone: Milestone, actor: Actor, reason: str) -> MilestoneChange:
    """What a milestone says now, kept with the reason why it will not any more."""
    return MilestoneChange.objects.create(
        milestone=milestone,
        title_zh=milestone.title_zh,
        title_en=milestone.title_en,
        owner_id=milestone.owner_id,
        due_on=milestone.due_on,
        weight=milestone.weight,
        reason=reason.strip(),
        mandate_id=int(actor.mandate_id or 0),
        at=clock.now(),
    )


def save_milestone(
    *,
    milestone: Milestone,
    title_zh: str,
    title_en: str,
    owner: str,
    due_on: date,
    weight: Decimal,
) -> None:
    milestone.title_zh, milestone.title_en = title_zh, title_en
    milestone.owner_id, milestone.due_on, milestone.weight = owner, due_on, weight
    milestone.save(update_fields=["title_zh", "title_en", "owner", "due_on", "weight"])


def remove_milestone(milestone: Milestone) -> list[int]:
    """Take it out; the milestones that waited for it and do not any more."""
    milestone.removed_at = clock.now()
    milestone.save(update_fields=["removed_at"])
    waiting = MilestoneNeed.objects.filter(needs=milestone)
    freed = sorted(waiting.values_list("milestone", flat=True))
    waiting.delete()
    MilestoneNeed.objects.filter(milestone=milestone).delete()
    return freed


def save_needs(*, milestone: Milestone, needed: Iterable[int]) -> None:
    MilestoneNeed.objects.filter(milestone=milestone).delete()
    MilestoneNeed.objects.bulk_create(
        MilestoneNeed(milestone=milestone, needs_id=one) for one in sorted(needed)
    )


@dataclass(frozen=True, kw_only=True)
class ImportCounts:
    created: int
    updated: int
    unchanged: int


def save_known(rows: Sequence[KnownRow]) -> ImportCounts:
    """Bring the known projects to what `rows` say. Those held besides are kept."""
    held = {one.key: one for one in KnownProject.objects.prefetch_related("jurisdictions")}
    created = updated = 0
    for row in rows:
        fields = asdict(row)
        codes = sorted(fields.pop("codes"))
        known = held.get(row.key)
        if known is None:
            known = KnownProject.objects.create(**fields)
            created += 1
        else:
            before = {name: getattr(known, name) for name in fields}
            units = sorted(unit.code for unit in known.jurisdictions.all())
            if before == fields and units == codes:
                continue
            KnownProject.objects.filter(pk=known.pk).update(**fields)
            updated += 1
        known.jurisdictions.set(codes)
    return ImportCounts(created=created, updated=updated, unchanged=len(rows) - created - updated)
