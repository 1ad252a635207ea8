"""Limits, overlaps, substitution, claims, the joint team, and the end of a mandate."""

import json
from datetime import timedelta
from typing import Any

import pytest

from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people import actions
from stakeholders.people.models import Mandate, Organization, User
from stakeholders.people.queries import (
    actor_of,
    get_mandate,
    pending_mandates,
    visible_mandates,
)
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import PUBLIC, Actor, ActorKind, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.world import JIANGSU, JIASHAN, KUNSHAN, QINGPU, WUJIANG, World, in_days, person


def acts() -> list[str]:
    return list(RecordEntry.objects.order_by("pk").values_list("act", flat=True))


def contact(world: World, code: str = QINGPU) -> Actor:
    return world.actor(code, Role.CONTACT_POINT)


def granted(world: World, user: User, role: Role = Role.PLANNER, **more: object) -> Mandate:
    values = {"document": "青函1号", "jurisdiction": Jurisdiction.objects.get(pk=QINGPU), **more}
    return actions.grant_mandate(actor=contact(world), user=user, role=role, **values)


def counts(mandate: Mandate) -> bool:
    return Mandate.objects.counted(clock.now()).filter(pk=mandate.pk).exists()


def refused_fields(**given: object) -> set[str]:
    with pytest.raises(Invalid) as invalid:
        actions.grant_mandate(**given)
    return set(invalid.value.errors)


def test_bad_input_is_said_at_its_field(world: World) -> None:
    unit = Jurisdiction.objects.get(pk=QINGPU)
    user, closed = person("a@q.example", "a"), person("c@q.example", "c")
    closed.is_active = False
    closed.save()
    good = {
        "actor": contact(world),
        "user": user,
        "role": Role.PLANNER,
        "document": "d",
        "jurisdiction": unit,
    }
    assert refused_fields(**{**good, "user": None}) == {"user"}
    assert refused_fields(**{**good, "user": closed}) == {"user"}
    assert refused_fields(**{**good, "document": " "}) == {"document"}
    assert refused_fields(**{**good, "valid_until": in_days(-1)}) == {"valid_until"}
    slip = clock.now().replace(year=119)
    assert refused_fields(**{**good, "valid_from": slip}) == {"valid_from"}
    assert refused_fields(**{**good, "valid_until": in_days(10).replace(year=9999)}) == {
        "valid_until"
    }
    assert refused_fields(**{**good, "acts": ["fly.away"]}) == {"acts"}
    assert refused_fields(**{**good, "jurisdiction": None}) == {"jurisdiction"}
    assert acts() == []


def test_an_overlapping_mandate_is_refused_and_names_the_other(world: World) -> None:
    user = person("a@q.example", "a")
    first = granted(world, user, valid_until=in_days(30))
    with pytest.raises(Invalid) as invalid:
        granted(world, user, document="青函2号")
    text = str(invalid.value.errors["role"])
    assert (f"{first.pk}" in text, "青函1号" in text) == (True, True)
    granted(world, user, valid_from=in_days(31))
    granted(world, user, plan_key="QWJ")
    granted(world, user, acts=["comment.draft"])
    assert acts() == ["mandate.grant"] * 4


def test_a_mandate_limited_to_acts_is_kept_in_order(world: World) -> None:
    made = granted(world, person("a@q.example", "a"), acts=["comment.edit", "comment.draft"])
    assert made.acts == ["comment.draft", "comment.edit"]


def test_a_joint_teams_drafter_is_mandated_by_all(world: World) -> None:
    team = Organization.objects.create(key="team", name_zh="技术组", kind="drafting_team")
    team.jurisdictions.set([QINGPU, WUJIANG, JIASHAN])
    user = person("draft@team.example", "drafter")
    mandate = actions.grant_mandate(
        actor=contact(world), user=user, role=Role.DRAFTER, document="d", organization=team
    )
    actions.confirm_mandate(actor=contact(world, WUJIANG), mandate=mandate)
    assert counts(mandate) is False
    second = Mandate.objects.get(pk=world.mandate(WUJIANG, Role.PLANNER).pk)
    Mandate.objects.filter(pk=second.pk).update(role=Role.CONTACT_POINT.value)
    actions.confirm_mandate(actor=contact(world, JIASHAN), mandate=mandate)
    assert counts(mandate) is True
    assert acts() == ["mandate.grant", "mandate.confirm", "mandate.confirm"]


def substituted(world: World, mandate: Mandate, actor: Actor, **more: object) -> Mandate:
    values = {
        "email": "sub@q.example",
        "name_zh": "替",
        "document": "青函3号",
        "valid_from": clock.now(),
        "valid_until": in_days(10),
        **more,
    }
    return actions.substitute(actor=actor, mandate=mandate, **values)


def test_the_holder_names_who_stands_in_and_both_count(world: World) -> None:
    mandate = world.mandate(QINGPU, Role.CONTACT_POINT)
    made = substituted(world, mandate, contact(world))
    assert (made.role, made.jurisdiction_id, made.stands_in_for_id) == (
        "contact_point",
        QINGPU,
        mandate.pk,
    )
    assert (counts(made), counts(mandate)) == (True, True)
    assert [e.act for e in made.events.all()] == ["mandate.substitute"]
    assert acts() == ["mandate.substitute"]


def test_a_substitution_ends_with_the_mandate(world: World) -> None:
    mandate = world.mandate(QINGPU, Role.PLANNER)
    made = substituted(world, mandate, contact(world))
    actions.end_mandate(actor=contact(world), mandate=mandate)
    assert counts(made) is False


def test_nobody_stands_in_for_a_closed_account(world: World) -> None:
    mandate = world.mandate(QINGPU, Role.PLANNER)
    made = substituted(world, mandate, contact(world))
    User.objects.filter(pk=mandate.user_id).update(is_active=False)
    standing = Mandate.objects.with_standing(clock.now()).get(pk=made.pk).standing
    assert (counts(made), counts(mandate), standing) == (False, False, "ended")


def test_a_signatorys_substitute_needs_a_second_person(world: World) -> None:
    mandate = world.mandate(QINGPU, Role.SIGNATORY)
    made = substituted(world, mandate, world.actor(QINGPU, Role.SIGNATORY))
    assert counts(made) is False
    actions.confirm_mandate(actor=contact(world), mandate=made)
    assert counts(made) is True


def test_substitutions_that_are_refused(world: World) -> None:
    mandate = world.mandate(QINGPU, Role.PLANNER)
    own = world.user(QINGPU, Role.CONTACT_POINT)
    with pytest.raises(Refused) as refused:
        substituted(world, mandate, contact(world), email=own.email)
    assert refused.value.verdict.reason is Reason.NOT_YOURS
    with pytest.raises(Refused):
        substituted(world, mandate, contact(world, WUJIANG))
    with pytest.raises(Refused) as refused:
        substituted(world, world.mandate(QINGPU, Role.EXPERT), contact(world))
    assert refused.value.verdict.reason is Reason.WRONG_ROLE
    with pytest.raises(Invalid) as invalid:
        substituted(world, mandate, contact(world), email=mandate.user.email)
    assert set(invalid.value.errors) == {"email"}
    with pytest.raises(Invalid) as invalid:
        substituted(world, mandate, contact(world), valid_until=in_days(-1))
    assert set(invalid.value.errors) == {"valid_until"}
    with pytest.raises(Invalid) as invalid:
        substituted(world, mandate, contact(world), valid_from=in_days(-3), valid_until=in_days(-1))
    assert set(invalid.value.errors) == {"valid_until"}
    with pytest.raises(Invalid) as invalid:
        substituted(
            world, mandate, contact(world), valid_from=mandate.valid_from - timedelta(days=1)
        )
    assert set(invalid.value.errors) == {"valid_from"}
    made = substituted(world, mandate, contact(world))
    with pytest.raises(Conflict):
        substituted(world, made, contact(world), email="more@q.example")
    assert acts() == ["mandate.substitute"]


def test_nobody_becomes_signatory_by_one_person(world: World) -> None:
    """Neither by confirming what one granted, nor one's own, nor by the substitute one named."""
    user = world.user(QINGPU, Role.CONTACT_POINT)
    stand_in = substituted(world, world.mandate(QINGPU, Role.CONTACT_POINT), contact(world))
    other = Actor(
        kind=ActorKind.MANDATED,
        user_id=stand_in.user_id,
        mandate_id=stand_in.pk,
        role=Role.CONTACT_POINT,
        jurisdiction_code=QINGPU,
    )
    mandate = actions.grant_mandate(
        actor=other,
        user=user,
        role=Role.SIGNATORY,
        document="d",
        jurisdiction=Jurisdiction.objects.get(pk=QINGPU),
        valid_until=stand_in.valid_until,
    )
    with pytest.raises(Conflict):
        actions.confirm_mandate(actor=other, mandate=mandate)
    with pytest.raises(Refused) as refused:
        actions.confirm_mandate(actor=contact(world), mandate=mandate)
    assert refused.value.verdict.reason is Reason.NOT_YOURS


def test_what_a_substitute_grants_ends_with_the_leave(world: World) -> None:
    stand_in = substituted(world, world.mandate(QINGPU, Role.CONTACT_POINT), contact(world))
    other = actor_of(stand_in)
    given: dict[str, Any] = {
        "actor": other,
        "user": person("new@q.example", "new"),
        "role": Role.PLANNER,
        "document": "d",
        "jurisdiction": Jurisdiction.objects.get(pk=QINGPU),
    }
    assert refused_fields(**given) == {"valid_until"}
    late = stand_in.valid_until + timedelta(minutes=1)
    assert refused_fields(**given, valid_until=late) == {"valid_until"}
    made = actions.grant_mandate(**given, valid_until=stand_in.valid_until)
    assert made.valid_until == stand_in.valid_until


def claim(user: User, code: str = KUNSHAN) -> Mandate:
    return actions.claim_contact_point(
        actor=Actor(kind=ActorKind.PUBLIC, user_id=user.pk),
        jurisdiction=Jurisdiction.objects.get(pk=code),
        document="昆授1号",
    )


def test_a_claim_counts_when_the_superior_confirms(world: World) -> None:
    mandate = claim(person("k@k.example", "k"))
    above, beside = contact(world, JIANGSU), contact(world, WUJIANG)
    assert counts(mandate) is False
    assert list(pending_mandates(actor=above, at=clock.now())) == [mandate]
    assert list(pending_mandates(actor=beside, at=clock.now())) == []
    assert list(pending_mandates(actor=world.admin, at=clock.now())) == [mandate]
    with pytest.raises(NotVisible):
        get_mandate(actor=beside, pk=mandate.pk)
    with pytest.raises(Refused):
        actions.confirm_mandate(actor=beside, mandate=mandate)
    actions.confirm_mandate(actor=above, mandate=mandate)
    assert (counts(mandate), acts()) == (True, ["mandate.claim", "mandate.confirm"])
    with pytest.raises(Conflict):
        claim(person("l@k.example", "l"))


def test_nobody_confirms_the_own_claim(world: World) -> None:
    mandate = claim(world.user(JIANGSU, Role.CONTACT_POINT))
    with pytest.raises(Refused) as refused:
        actions.confirm_mandate(actor=contact(world, JIANGSU), mandate=mandate)
    assert refused.value.verdict.reason is Reason.NOT_YOURS
    assert list(pending_mandates(actor=contact(world, JIANGSU), at=clock.now())) == []


def test_a_refused_claim_never_counts(world: World) -> None:
    user = person("k@k.example", "k")
    mandate = claim(user)
    with pytest.raises(Invalid):
        actions.refuse_mandate(actor=world.admin, mandate=mandate, reason=" ")
    actions.refuse_mandate(actor=world.admin, mandate=mandate, reason="no letter")
    with pytest.raises(Conflict):
        actions.confirm_mandate(actor=world.admin, mandate=mandate)
    assert acts() == ["mandate.claim", "mandate.refuse"]
    claim(user)  # may be claimed anew, by another letter


def test_a_claim_needs_a_person_and_a_jurisdiction(world: World) -> None:
    with pytest.raises(NotVisible):
        actions.claim_contact_point(actor=PUBLIC, jurisdiction=None, document="d")
    actor = Actor(kind=ActorKind.PUBLIC, user_id=person("k@k.example", "k").pk)
    for unit, document, field in [
        (None, "d", "jurisdiction"),
        (Jurisdiction.objects.get(pk=KUNSHAN), " ", "document"),
    ]:
        with pytest.raises(Invalid) as invalid:
            actions.claim_contact_point(actor=actor, jurisdiction=unit, document=document)
        assert set(invalid.value.errors) == {field}


def test_who_sees_a_mandate(world: World) -> None:
    mandate = world.mandate(QINGPU, Role.PLANNER)
    seers = {
        name: visible_mandates(actor=actor).filter(pk=mandate.pk).exists()
        for name, actor in {
            "itself": world.actor(QINGPU, Role.PLANNER),
            "contact": contact(world),
            "signatory": world.actor(QINGPU, Role.SIGNATORY),
            "other": contact(world, WUJIANG),
            "admin": world.admin,
            "public": PUBLIC,
        }.items()
    }
    assert seers == {
        "itself": True,
        "contact": True,
        "signatory": False,
        "other": False,
        "admin": True,
        "public": False,
    }


def test_standing_of_each_mandate(world: World) -> None:
    user = person("a@q.example", "a")
    now = clock.now()
    rows = {
        "counts": granted(world, user),
        "not_begun": granted(world, user, plan_key="A", valid_from=in_days(2)),
        "pending": granted(world, user, Role.SIGNATORY),
        "ended": granted(world, user, plan_key="B", valid_until=now + timedelta(seconds=60)),
    }
    later = now + timedelta(seconds=90)
    found = {m.pk: m.standing for m in Mandate.objects.with_standing(later).filter(user=user)}
    assert {name: found[row.pk] for name, row in rows.items()} == {n: n for n in rows}


def test_who_is_limited_to_acts_gives_no_more_than_it_has(world: World) -> None:
    limits = ["comment.draft", "mandate.confirm", "mandate.grant", "mandate.substitute"]
    mandate = world.mandate(QINGPU, Role.CONTACT_POINT)
    planner = world.mandate(QINGPU, Role.PLANNER)
    Mandate.objects.filter(pk=mandate.pk).update(acts=limits)
    user = person("limited@q.example", "limited")
    actor = actor_of(Mandate.objects.get(pk=mandate.pk))
    unit = Jurisdiction.objects.get(pk=QINGPU)
    for acts_given in (None, ["comment.clear"]):
        with pytest.raises(Refused) as refused:
            actions.grant_mandate(
                actor=actor,
                user=user,
                role=Role.DEPUTY,
                document="d",
                jurisdiction=unit,
                acts=acts_given,
            )
        assert refused.value.verdict.reason is Reason.OUTSIDE_LIMITS
    with pytest.raises(Refused):
        substituted(world, planner, actor)
    made = actions.grant_mandate(
        actor=actor,
        user=user,
        role=Role.DEPUTY,
        document="d",
        jurisdiction=unit,
        acts=["comment.draft"],
    )
    assert counts(made) is True
    assert acts() == ["mandate.grant"]


def test_a_joint_bodys_coordinator_is_agreed_by_all_its_jurisdictions(world: World) -> None:
    office = Organization.objects.create(key="joint", name_zh="执委会", kind="joint_body")
    office.jurisdictions.set([QINGPU, WUJIANG])
    given = {"role": Role.COORDINATOR, "document": "d", "organization": office}
    user = person("new@joint.example", "coordinator")
    mandate = actions.grant_mandate(actor=contact(world), user=user, **given)
    assert counts(mandate) is False
    with pytest.raises(Conflict):
        actions.confirm_mandate(actor=contact(world), mandate=mandate)
    actions.confirm_mandate(actor=contact(world, WUJIANG), mandate=mandate)
    assert counts(mandate) is True
    named = person("named@joint.example", "named by an administrator")
    assert counts(actions.grant_mandate(actor=world.admin, user=named, **given)) is True
    assert acts() == ["mandate.grant", "mandate.confirm", "mandate.grant"]


def limited(world: World, **more: object) -> dict[str, object]:
    return {
        "actor": contact(world),
        "user": person("sign@q.example", "签"),
        "role": Role.SIGNATORY,
        "document": "青函9号",
        "jurisdiction": Jurisdiction.objects.get(pk=QINGPU),
        "plan_key": "QWJ",
        "items": ["flood", "article-6", "flood"],
        **more,
    }


def test_a_signatory_is_limited_to_articles_of_one_plan_and_so_is_its_substitute(
    world: World,
) -> None:
    mandate = actions.grant_mandate(**limited(world))
    assert mandate.items == ["article-6", "flood"]
    entry = RecordEntry.objects.order_by("-pk").first()
    assert json.loads(entry.payload)["effects"]["items"] == ["article-6", "flood"]
    Mandate.objects.filter(pk=mandate.pk).update(second_by=contact(world, JIASHAN).user_id)
    made = substituted(world, mandate, contact(world))
    assert made.items == ["article-6", "flood"]


@pytest.mark.parametrize("more", [{"plan_key": ""}, {"role": Role.PLANNER}, {"items": ["第六条 "]}])
def test_articles_without_their_plan_or_for_another_role_or_unknown_are_refused(
    world: World, more: dict[str, object]
) -> None:
    assert refused_fields(**limited(world, **more)) == {"items"}
