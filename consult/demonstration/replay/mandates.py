"""Who receives which mandate on which day, from whom, as `people.csv` says."""

import re
from collections.abc import Callable

from consult.demonstration.reading import Row, numbered, split, table, today
from consult.demonstration.replay.stage import OFFICE, Scene, Stage
from plans.register.actions import admit_body
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.actions import confirm_mandate, grant_mandate
from stakeholders.people.models import Mandate
from stakeholders.people.queries import mandates_of, members_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role

ROLES = {
    "deputy": Role.DEPUTY,
    "signatory": Role.SIGNATORY,
    "contact_point": Role.CONTACT_POINT,
    "planner": Role.PLANNER,
    "drafter": Role.DRAFTER,
    "expert": Role.EXPERT,
    "observer": Role.OBSERVER,
}
# These serve one plan; a contact point or planner serves its jurisdiction in every plan, a department in one.
OF_ONE_PLAN = frozenset(set(Role) - {Role.CONTACT_POINT, Role.PLANNER})
ARTICLES = re.compile(r"sign: articles (.+) only")
ADMINISTRATORS = ("U28", "U30")


def scenes() -> list[Scene]:
    """One scene per mandate. The first coordinator is named with the creation of the plan."""
    return [
        Scene(day=int(row["from_day"]), play=grant(row, ROLES[role]))
        for row in table("people")
        for role in split(row["role"])
        if role in ROLES
    ]


def lasting_scenes() -> list[Scene]:
    """The mandates that serve every plan; played first where two plans are loaded."""
    return [
        Scene(day=int(row["from_day"]), play=grant(row, ROLES[role]))
        for row in table("people")
        for role in split(row["role"])
        if role in ROLES and ROLES[role] not in OF_ONE_PLAN and row["speaks_for"].isdigit()
    ]


def grant(row: Row, role: Role) -> Callable[[Stage], None]:
    """The scene that gives a person of the story its mandate."""

    def play(stage: Stage) -> None:
        if _holds(stage, row, role):
            return
        first, _plus, second = row["granted_by"].partition("+")
        body = stage.bodies.get(row["speaks_for"])
        jurisdiction = None if body else Jurisdiction.objects.get(pk=row["speaks_for"])
        mandate = grant_mandate(
            actor=_granter(stage, first),
            user=stage.people[row["person_id"]],
            role=role,
            document=numbered(row["document"], today()),
            jurisdiction=jurisdiction,
            organization=body,
            valid_until=stage.days.evening(int(row["to_day"])) if row["to_day"] else None,
            plan_key=stage.key if role in OF_ONE_PLAN or body else "",
            items=_articles(row) if role is Role.SIGNATORY else None,
            title_zh=row["title_zh"],
        )
        if role is Role.SIGNATORY:
            confirm_mandate(actor=_granter(stage, second), mandate=mandate)
        elif mandate.is_pending:
            _agree(stage, first, mandate)
        if body:
            admit_body(actor=stage.office, plan=stage.plan, organization=body, role=role)

    return play


def _articles(row: Row) -> list[str] | None:
    """The keys of the articles a signatory may sign, from `sign: articles 6, 19 only`."""
    found = ARTICLES.fullmatch(row["limits"])
    if found is None:
        return None
    slugs = {one["number"]: one["slug"] for one in table("provisions")}
    return [slugs[number.strip()] for number in found[1].split(",")]


def _agree(stage: Stage, first: str, mandate: Mandate) -> None:
    """The other parties agree to a drafter of the joint team."""
    code = stage.actor(first, Role.CONTACT_POINT).jurisdiction_code
    for row in table("people"):
        other = row["role"] == Role.CONTACT_POINT.value and row["speaks_for"] in members_of(mandate)
        if other and row["speaks_for"] != code:
            agreeing = stage.actor(row["person_id"], Role.CONTACT_POINT)
            confirm_mandate(actor=agreeing, mandate=mandate)


def _holds(stage: Stage, row: Row, role: Role) -> bool:
    """Whether an earlier plan gave this person the same mandate already."""
    mine = mandates_of(user_id=stage.people[row["person_id"]].pk, at=clock.now())
    return mine.filter(role=role.value, plan_key="").exists()


def _granter(stage: Stage, person: str) -> Actor:
    if person in ADMINISTRATORS:
        return stage.administrator(person)
    if person == OFFICE:
        return stage.office
    return stage.actor(person, Role.CONTACT_POINT)
