"""Phase 4, the joint projects: the register, and what the parties report of them."""

from collections.abc import Callable
from decimal import Decimal

from consult.demonstration.reading import Row, split, table
from consult.demonstration.replay.stage import CONTACTS, Scene, Stage
from consult.phase4_implementation.actions import report_status
from consult.phase4_implementation.enums import Progress
from consult.phase4_implementation.steps import Said
from plans.projects.actions import add_milestone, add_project
from plans.projects.enums import ProjectRole, ProjectTheme
from plans.projects.models import Milestone, Project
from plans.projects.queries import known_projects
from plans.projects.sheet import Share, Sheet
from stakeholders.terms.actor import Actor

ENTERED_ON, REPORTED_ON = 140, 405
THEMES = {
    "PJ1": ProjectTheme.TRANSPORT,
    "PJ2": ProjectTheme.TRANSPORT,
    "PJ3": ProjectTheme.CULTURE,
    "PJ4": ProjectTheme.ECOLOGY,
    "PJ5": ProjectTheme.AGRICULTURE,
    "PJ6": ProjectTheme.GOVERNANCE,
}
STATES = {
    "on time": Progress.ON_TIME,
    "at risk": Progress.AT_RISK,
    "late": Progress.LATE,
    "done": Progress.DONE,
}
# Two parties say different things of one project, and both reports stay visible.
DISPUTED = "PJ4"
VIEWS = (("320509", "on time", 395), ("310118", "late", 402))
REPORTING = ("310118", "320509", "330421")


def scenes() -> list[Scene]:
    found = [Scene(day=ENTERED_ON, play=_enter(row)) for row in table("projects")]
    for row in table("milestones"):
        said = _state(row["state_at_S4"])
        if said:
            found.append(Scene(day=said[0], play=_milestone(row, said[1])))
    for row in table("projects"):
        if row["id"] == DISPUTED:
            found += [Scene(day=day, play=_project(row, code, state)) for code, state, day in VIEWS]
        else:
            code = row["lead"] if row["lead"].isdigit() else split(row["partners"])[0]
            day = REPORTED_ON + 25 * (row["status_at_S4"] == "done")
            found.append(Scene(day=day, play=_project(row, code, row["status_at_S4"])))
    return found


def _enter(row: Row) -> Callable[[Stage], None]:
    shares = [one for one in table("shares") if one["project"] == row["id"]]

    def play(stage: Stage) -> None:
        sheet = Sheet(
            name_zh=row["title_zh"],
            name_en=row["title_en"],
            theme=THEMES[row["id"]].value,
            year_from=stage.date(int(row["start_day"])).year,
            year_until=stage.date(int(row["end_day"])).year,
            parties=tuple(_share(one, row["lead"]) for one in shares),
            budget=Decimal(row["budget"]),
            lead_body=stage.bodies.get(row["lead"]),
            provisions=tuple(split(row["carries_out"])),
            known=known_projects().filter(key__in=split(row["register_id"])).first(),
        )
        project = add_project(actor=stage.office, plan=stage.plan, key=row["id"], sheet=sheet)
        for one in table("milestones"):
            if one["project"] == row["id"]:
                add_milestone(
                    actor=stage.office,
                    project=project,
                    title_zh=one["zh"],
                    title_en=one["en"],
                    owner=one["owner"],
                    due_on=stage.date(int(one["due_day"])),
                    weight=Decimal(one["weight"]),
                )

    return play


def _share(row: Row, lead: str) -> Share:
    role = ProjectRole.LEAD if row["party"] == lead else ProjectRole.PARTNER
    return Share(
        code=row["party"],
        role=role.value,
        cost_share=Decimal(row["cost_share"]),
        benefit_share=Decimal(row["benefit_share"]),
        basis_zh=row["basis_zh"],
    )


def _state(cell: str) -> tuple[int, Said] | None:
    """The day and content of the report behind a milestone's state; None: not begun."""
    if cell.startswith("done day"):
        return int(cell.split()[2]), Said(
            progress=Progress.DONE.value, percent=100, evidence="验收材料（演示）"
        )
    if cell.startswith("in work"):
        return REPORTED_ON, Said(progress=Progress.ON_TIME.value, percent=int(cell.split()[2]))
    if cell.startswith("late"):
        signed = "七家企业中五家已签约" if "5 of 7" in cell else ""
        english = "Five of seven have signed" if signed else ""
        said = Said(progress=Progress.LATE.value, text_zh=signed, text_en=english)
        return REPORTED_ON, said
    return None


def _milestone(row: Row, said: Said) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        step = Milestone.objects.select_related("project__plan").get(
            project__plan__key=stage.key, project__key=row["project"], number=row["no"]
        )
        report_status(
            actor=_reporter(stage, row["owner"]),
            project=step.project,
            jurisdiction=row["owner"],
            said=said,
            milestone=step,
        )

    return play


def _project(row: Row, code: str, state: str) -> Callable[[Stage], None]:
    said = Said(
        progress=STATES[state].value,
        blockage_zh=row["blockage_zh"] if state != "on time" else "",
        blockage_en=row["blockage_en"] if state != "on time" else "",
    )

    def play(stage: Stage) -> None:
        project = Project.objects.select_related("plan").get(plan__key=stage.key, key=row["id"])
        actor = _reporter(stage, code)
        report_status(actor=actor, project=project, jurisdiction=code, said=said)

    return play


def _reporter(stage: Stage, code: str) -> Actor:
    """The party itself, or the joint office on behalf of one that did not make the plan."""
    return stage.contact(code) if code in REPORTING and code in CONTACTS else stage.office
