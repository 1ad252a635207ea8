"""The small plan both journeys walk: its people, its texts, and how a person comes to speak."""

from dataclasses import dataclass

from django.utils import translation

from plans.text.wording import Wording
from stakeholders.people.actions import confirm_mandate, end_mandate, grant_mandate
from stakeholders.people.models import Mandate, User
from stakeholders.people.queries import actor_of, actor_without_mandate, mandates_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Blocked
from tests.world import JIASHAN, QINGPU, WUJIANG, World, person

KEY = "small-plan"
PARTIES = (QINGPU, WUJIANG, JIASHAN)
PROVISIONS = [
    (
        "scope",
        QINGPU,
        "binding",
        "规划范围",
        "Plan area",
        "规划范围为三地全域。",
        "All of the three.",
    ),
    (
        "base",
        QINGPU,
        "binding",
        "统一底图",
        "One base map",
        "统一使用一套底图。",
        "One base map is used.",
    ),
    (
        "water",
        WUJIANG,
        "binding",
        "水质目标",
        "Water quality",
        "断面水质不低于Ⅲ类。",
        "Class III or better.",
    ),
    (
        "lowflow",
        WUJIANG,
        "binding",
        "枯水限排",
        "Low flow",
        "按日减排不少于20%。",
        "Not less than 20 %.",
    ),
    (
        "tax",
        JIASHAN,
        "binding",
        "财税分享",
        "Tax sharing",
        "按三因素分享税收。",
        "Three factors count.",
    ),
    (
        "services",
        JIASHAN,
        "guiding",
        "服务共享",
        "Services",
        "宜共享公共服务。",
        "Should be shared.",
    ),
]


def wording(row: tuple[str, ...]) -> Wording:
    _key, _code, strength, title_zh, title_en, text_zh, text_en = row
    return Wording(
        title_zh=title_zh,
        title_en=title_en,
        text_zh=text_zh,
        text_en=text_en,
        strength=strength,
        lead=row[1],
        function="rule",
        demand=("neighbour",),
    )


@dataclass
class Cast:
    """The people of the journey. Contact points are there; they name the others themselves."""

    world: World

    def mandate(self, code: str, role: Role, *, name: str = "") -> Mandate:
        """A mandate as it comes about: the contact point grants it, an administrator confirms."""
        user = person(f"{name or role.value}@{code}.example", f"{code} {name or role.value}")
        mandate = grant_mandate(
            actor=self.world.actor(code, Role.CONTACT_POINT),
            user=user,
            role=role,
            document="授权书（演示）",
            jurisdiction=self.world.mandate(code, Role.CONTACT_POINT).jurisdiction,
        )
        if role is Role.SIGNATORY:
            confirm_mandate(actor=self.world.admin, mandate=mandate)
        return mandate

    def end(self, mandate: Mandate) -> None:
        end_mandate(actor=self.world.admin, mandate=mandate)


def speak(user: User, role: Role) -> Actor:
    """The Actor a request of this person would have now, as the middleware makes it."""
    found = mandates_of(user_id=user.pk, at=clock.now()).filter(role=role.value).first()
    return actor_of(found) if found else actor_without_mandate(user)


def said(error: Blocked, language: str) -> list[str]:
    """What a gate says, in one language."""
    with translation.override(language):
        return [str(blocker.text) for blocker in error.blockers]


def codes(error: Blocked) -> list[str]:
    return [blocker.code for blocker in error.blockers]
