"""A small true world for tests: the parties of the Demonstration Zone and their people.

Persons are roles ("Qingpu contact point"). Everything is made by the ordinary actions, so that a
test's plan has the same rows as a real one.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import Permission

from plans.register.actions import create_plan
from plans.register.enums import PartyRole
from plans.register.models import Plan
from plans.register.steps import add_party
from stakeholders.access.steps import role_groups
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.notices.models import Notice, OutboxMessage
from stakeholders.people.models import Mandate, User
from stakeholders.people.queries import actor_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, ActorKind, Role
from tests.laying import laid_once

QINGPU, WUJIANG, JIASHAN, KUNSHAN = "310118", "320509", "330421", "320583"
SHANGHAI, JIANGSU, ZHEJIANG = "310000", "320000", "330000"
PASSWORD = "a long test passphrase"

UNITS = [
    ("100000", "", "country", "中华人民共和国", "People's Republic of China"),
    (SHANGHAI, "100000", "province", "上海市", "Shanghai Municipality"),
    (JIANGSU, "100000", "province", "江苏省", "Jiangsu Province"),
    (ZHEJIANG, "100000", "province", "浙江省", "Zhejiang Province"),
    ("320500", JIANGSU, "prefecture", "苏州市", "Suzhou City (Jiangsu)"),
    ("330400", ZHEJIANG, "prefecture", "嘉兴市", "Jiaxing City"),
    (QINGPU, SHANGHAI, "county", "青浦区", "Qingpu District"),
    (WUJIANG, "320500", "county", "吴江区", "Wujiang District"),
    (KUNSHAN, "320500", "county", "昆山市", "Kunshan City"),
    (JIASHAN, "330400", "county", "嘉善县", "Jiashan County"),
]


SINCE = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass
class World:
    """Units by code, and people and actors made on demand: `world.actor(QINGPU, Role.PLANNER)`."""

    administrator: User
    mandates: dict[tuple[str, str, str], Mandate] = field(default_factory=dict)

    @property
    def admin(self) -> Actor:
        return Actor(kind=ActorKind.ADMINISTRATOR, user_id=self.administrator.pk)

    def mandate(self, code: str, role: Role, *, plan_key: str = "") -> Mandate:
        """The mandate of `<code> <role>`, granted and confirmed, with its person."""
        known = self.mandates.get((code, role.value, plan_key))
        if known:
            return known
        user = person(f"{role.value}@{code}.example", f"{code} {role.value}")
        mandate = Mandate.objects.create(
            user=user,
            jurisdiction_id=code,
            role=role.value,
            document="test",
            plan_key=plan_key,
            valid_from=SINCE,
            granted_by=self.administrator,
            second_by=person("second@site.example", "second administrator")
            if role is Role.SIGNATORY
            else None,
        )
        role_groups(holder=code, roles=[role.value])
        self.mandates[code, role.value, plan_key] = mandate
        return mandate

    def actor(self, code: str, role: Role, *, plan_key: str = "") -> Actor:
        return actor_of(self.mandate(code, role, plan_key=plan_key))

    def user(self, code: str, role: Role) -> User:
        return self.mandate(code, role).user

    def staff(self, *codenames: str) -> User:
        """Staff that is no administrator of the site, with these permissions on tables, or none."""
        user = person(f"{'-'.join(codenames) or 'helper'}@site.example", "site staff")
        User.objects.filter(pk=user.pk).update(is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        return User.objects.get(pk=user.pk)

    @laid_once
    def plan(self, key: str = "QWJ", *, parties: tuple[str, ...] = (WUJIANG, JIASHAN)) -> Plan:
        """A plan convened by Qingpu with `parties` as co-makers, in phase 1 (parties joined)."""
        coordinator = person("coordinator@joint.example", "joint office director")
        plan = create_plan(
            actor=self.actor(QINGPU, Role.CONTACT_POINT),
            key=key,
            title_zh="青吴嘉协同规划",
            title_en="Joint plan of Qingpu, Wujiang and Jiashan",
            short_zh="青吴嘉规划",
            short_en="QWJ plan",
            kind="special_topic",
            horizon_from=2026,
            horizon_until=2035,
            coordinator=coordinator,
            coordinator_document="test",
        )
        for code in parties:
            add_party(plan=plan, code=code, role=PartyRole.CO_MAKER, must_sign=True)
        for code in (QINGPU, *parties):
            for role in (Role.CONTACT_POINT, Role.PLANNER, Role.SIGNATORY):
                self.mandate(code, role)
        # Counted from when the others are: a test that states a day of its own may lie before today.
        coordinator.mandates.filter(plan_key=key).update(valid_from=SINCE)
        self.mandates[QINGPU, Role.COORDINATOR.value, key] = coordinator.mandates.get(plan_key=key)
        # Tests of notices and mails count theirs.
        Notice.objects.filter(kind="plan.coordinator", plan_key=key).delete()
        OutboxMessage.objects.filter(dedupe_key__contains="plan.coordinator").delete()
        return plan

    def coordinator(self, plan: Plan) -> Actor:
        return self.actor(QINGPU, Role.COORDINATOR, plan_key=plan.key)


def person(email: str, name: str) -> User:
    user = User.objects.filter(email=email).first()
    return user or User.objects.create_user(email, PASSWORD, name_zh=name, name_en=name)


def _path(code: str) -> str:
    parents = {unit[0]: unit[1] for unit in UNITS}
    chain = [code]
    while parents[chain[0]]:
        chain.insert(0, parents[chain[0]])
    return "".join(f"{part}/" for part in chain)


@laid_once
def build_world() -> World:
    Jurisdiction.objects.bulk_create(
        [
            Jurisdiction(
                code=code,
                parent_id=parent or None,
                level=level,
                name_zh=zh,
                name_en=en,
                name_en_unique=en,
                short_zh=zh[:-1],
                short_en=en.split()[0],
                type_zh=level,
                type_en=level,
                path=_path(code),
            )
            for code, parent, level, zh, en in UNITS
        ],
        ignore_conflicts=True,  # where a test has already loaded the real table
    )
    administrator = person("admin@site.example", "site administrator")
    administrator.is_staff = administrator.is_superuser = True
    administrator.save()
    return World(administrator=administrator)


def in_days(days: float) -> datetime:
    return clock.now() + timedelta(days=days)
