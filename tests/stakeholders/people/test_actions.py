from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from stakeholders.notices.models import OutboxMessage
from stakeholders.notices.steps import queue_mail
from stakeholders.people import actions
from stakeholders.people.models import ApiToken, Mandate, Organization, User
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import PUBLIC, SYSTEM, Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.world import JIASHAN, QINGPU, WUJIANG, World, in_days, person


def acts() -> list[str]:
    return list(RecordEntry.objects.order_by("pk").values_list("act", flat=True))


def appoint(actor: Actor, role: Role = Role.PLANNER, **fields: object) -> Mandate:
    values = {"email": "new@qingpu.example", "name_zh": "新人", "document": "青函〔2026〕1号"}
    return actions.appoint(actor=actor, role=role, **{**values, **fields})


def test_appoint_enters_an_unknown_person_and_mails_the_link(world: World) -> None:
    mandate = appoint(world.actor(QINGPU, Role.CONTACT_POINT))
    user = User.objects.get(email="new@qingpu.example")
    mail = OutboxMessage.objects.get()
    assert (mandate.user, mandate.jurisdiction_id) == (user, QINGPU)
    assert user.has_usable_password() is False
    assert (mail.recipient, mail.minter, mail.about) == (
        user.email,
        "account_invitation",
        str(user.account_invitations.get().pk),
    )
    assert acts() == ["mandate.grant"]


def test_appoint_takes_a_known_person_without_a_mail(world: World) -> None:
    known = person("known@qingpu.example", "known")
    mandate = appoint(world.actor(QINGPU, Role.CONTACT_POINT), email="KNOWN@qingpu.example")
    assert (mandate.user, OutboxMessage.objects.count()) == (known, 0)


def test_appoint_refused_by_role_and_leaves_no_person(world: World) -> None:
    for actor, role, reason in [
        (world.actor(QINGPU, Role.PLANNER), Role.PLANNER, Reason.WRONG_ROLE),
        (world.actor(QINGPU, Role.CONTACT_POINT), Role.CONTACT_POINT, Reason.WRONG_ROLE),
        (world.actor(QINGPU, Role.CONTACT_POINT, plan_key="QWJ"), Role.PLANNER, "limits"),
        (PUBLIC, Role.PLANNER, Reason.NO_MANDATE),
    ]:
        with pytest.raises(Refused) as refused:
            appoint(actor, role)
        expected = Reason.OUTSIDE_LIMITS if reason == "limits" else reason
        assert refused.value.verdict.reason is expected
    assert User.objects.filter(email="new@qingpu.example").exists() is False
    assert acts() == []


def test_a_mandate_limited_to_acts_grants_nothing(world: World) -> None:
    limited = world.mandate(QINGPU, Role.CONTACT_POINT)
    limited.acts = ["comment.submit"]
    limited.save()
    with pytest.raises(Refused) as refused:
        appoint(world.actor(QINGPU, Role.CONTACT_POINT))
    assert refused.value.verdict.reason is Reason.OUTSIDE_LIMITS


def test_nobody_appoints_oneself(world: World) -> None:
    actor = world.actor(QINGPU, Role.CONTACT_POINT)
    email = world.user(QINGPU, Role.CONTACT_POINT).email
    with pytest.raises(Refused) as refused:
        appoint(actor, Role.SIGNATORY, email=email)
    assert refused.value.verdict.reason is Reason.NOT_YOURS


def test_appoint_needs_a_letter_and_an_end_after_the_beginning(world: World) -> None:
    actor = world.actor(QINGPU, Role.CONTACT_POINT)
    for fields, named in [
        ({"document": "  "}, {"document"}),
        ({"valid_until": in_days(-1)}, {"valid_until"}),
    ]:
        with pytest.raises(Invalid) as invalid:
            appoint(actor, **fields)
        assert set(invalid.value.errors) == named


def test_an_administrator_who_names_no_holder_is_told(world: World) -> None:
    with pytest.raises(Invalid) as invalid:
        appoint(world.admin)
    assert set(invalid.value.errors) == {"organization"}


def test_contact_points_of_others_grant_nothing_in_a_body(world: World) -> None:
    """A contact point names people of a joint body only where its jurisdiction is a member."""
    body = Organization.objects.create(key="office", name_zh="联合办", kind="joint_body")
    body.jurisdictions.set([QINGPU, WUJIANG])
    user = person("office@joint.example", "office")
    values = {"user": user, "role": Role.DRAFTER, "document": "x", "organization": body}
    with pytest.raises(Refused) as refused:
        actions.grant_mandate(actor=world.actor(JIASHAN, Role.CONTACT_POINT), **values)
    assert refused.value.verdict.reason is Reason.NOT_YOURS
    mandate = actions.grant_mandate(actor=world.actor(WUJIANG, Role.CONTACT_POINT), **values)
    with pytest.raises(Refused):
        actions.end_mandate(actor=world.actor(JIASHAN, Role.CONTACT_POINT), mandate=mandate)
    assert acts() == ["mandate.grant"]


def test_signatory_counts_after_a_second_person(world: World) -> None:
    first = world.actor(QINGPU, Role.CONTACT_POINT)
    mandate = appoint(first, Role.SIGNATORY)
    assert Mandate.objects.counted(clock.now()).filter(pk=mandate.pk).exists() is False
    with pytest.raises(Conflict):
        actions.confirm_mandate(actor=first, mandate=mandate)
    with pytest.raises(Refused):
        actions.confirm_mandate(actor=world.actor(WUJIANG, Role.CONTACT_POINT), mandate=mandate)
    actions.confirm_mandate(actor=world.admin, mandate=mandate)
    assert Mandate.objects.counted(clock.now()).filter(pk=mandate.pk).exists() is True
    with pytest.raises(Conflict):
        actions.confirm_mandate(actor=world.admin, mandate=mandate)
    assert acts() == ["mandate.grant", "mandate.confirm"]


def test_an_ended_mandate_is_not_revived(world: World) -> None:
    actor = world.actor(QINGPU, Role.CONTACT_POINT)
    mandate = appoint(actor)
    actions.end_mandate(actor=actor, mandate=mandate)
    assert Mandate.objects.counted(clock.now()).filter(pk=mandate.pk).exists() is False
    with pytest.raises(Conflict):
        actions.end_mandate(actor=actor, mandate=mandate, at=in_days(30))
    assert acts() == ["mandate.grant", "mandate.end"]


def test_token_is_made_for_the_mandate_and_revoked_by_its_person(world: World) -> None:
    actor = world.actor(QINGPU, Role.PLANNER)
    user = world.user(QINGPU, Role.PLANNER)
    row, token = actions.make_token(actor=actor, user=user, name=" GIS ", days=5)
    assert (row.mandate_id, row.name, token in str(vars(row))) == (actor.mandate_id, "GIS", False)
    assert abs(row.expiry - timezone.now() - timedelta(days=5)) < timedelta(minutes=1)
    with pytest.raises(NotVisible):
        actions.revoke_token(actor=world.actor(WUJIANG, Role.PLANNER), digest=row.pk)
    with pytest.raises(Refused):
        actions.make_token(actor=world.admin, user=user, name="x", days=1)
    actions.revoke_token(actor=actor, digest=row.pk)
    assert (ApiToken.objects.count(), acts()) == (0, ["token.make", "token.revoke"])


def test_a_person_has_so_many_tokens_and_no_more(world: World, settings) -> None:
    settings.REST_KNOX = {**settings.REST_KNOX, "TOKEN_LIMIT_PER_USER": 1}
    actor, user = world.actor(QINGPU, Role.PLANNER), world.user(QINGPU, Role.PLANNER)
    actions.make_token(actor=actor, user=user, name="one", days=5)
    with pytest.raises(Conflict):
        actions.make_token(actor=actor, user=user, name="two", days=5)


def test_language_is_ones_own_and_one_that_is_offered(world: World) -> None:
    actor, user = world.actor(QINGPU, Role.PLANNER), world.user(QINGPU, Role.PLANNER)
    actions.choose_language(actor=actor, user=user, language="en")
    user.refresh_from_db()
    assert user.language == "en"
    with pytest.raises(Invalid):
        actions.choose_language(actor=actor, user=user, language="xx")
    with pytest.raises(Refused):
        actions.choose_language(actor=world.admin, user=user, language="en")


def test_after_a_restore_every_door_is_shut(world: World) -> None:
    actor, user = world.actor(QINGPU, Role.PLANNER), world.user(QINGPU, Role.PLANNER)
    actions.make_token(actor=actor, user=user, name="one", days=5)
    Session.objects.create(session_key="k", session_data="x", expire_date=in_days(1))
    queue_mail(to="a@b.example", subject="S", body="link", secret=True)
    with pytest.raises(Refused):
        actions.close_after_restore(actor=actor)
    counts = actions.close_after_restore(actor=SYSTEM)
    assert counts == {"tokens": 1, "sessions": 1, "feeds": 0, "expert_links": 0, "held_mails": 1}
    assert (ApiToken.objects.count(), Session.objects.count()) == (0, 0)
    assert OutboxMessage.objects.get().body == ""
    assert acts() == ["token.make", "site.after_restore"]
