"""The copy in implementation holds a year of it: a health check, money between parties, figures."""

from decimal import Decimal

from django.urls import reverse
from django.utils.timezone import localtime

from consult.balance.enums import AgreementState, YearState
from consult.balance.queries import compensations_of, quoted_in, transfers_of
from consult.balance.quotas import in_force
from consult.dashboard.counts import Carried
from consult.dashboard.queries import glance_of
from consult.demonstration.actions import COPY, MAIN, Loaded
from consult.demonstration.reading import by_key, pairs, table
from consult.health.duties import duties
from consult.health.enums import CheckStage, Comparison
from consult.health.models import HealthCheck
from consult.health.queries import Whole, asked_in, for_next_plan, whole_of
from consult.health.shown import border_lines
from consult.matters.models import Matter
from consult.phase4_implementation.enums import IndicatorState
from consult.phase4_implementation.models import Reading, ThresholdWarning
from plans.register.models import Plan
from stakeholders.people.models import User
from stakeholders.people.queries import actor_of, mandates_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role

PARTIES = ["310118", "320509", "330421"]


def copy() -> Plan:
    return Plan.objects.get(key=COPY)


def office() -> Actor:
    user = User.objects.get(email="coordinator@joint.example")
    mandates = mandates_of(user_id=user.pk, at=clock.now())
    return actor_of(mandates.get(role=Role.COORDINATOR, plan_key=COPY))


def check() -> Whole:
    return whole_of(HealthCheck.objects.get())


def test_the_check_is_agreed_by_the_three_parties_and_not_published(loaded: Loaded) -> None:
    whole = check()
    assert (whole.check.plan.key, whole.stage) == (COPY, CheckStage.SIGNED)
    assert list(asked_in(whole)) == PARTIES
    assert set(whole.missing.values()) == {0}
    assert whole.ballot is not None
    words = whole.ballot.positions.order_by("pk").values_list("jurisdiction_id", "value")
    assert list(words) == [(code, "agree") for code in PARTIES]


def test_one_reading_on_the_border_differs_as_the_story_says(loaded: Loaded) -> None:
    rows = table("health_check")
    lines = border_lines(check(), inside=None)
    for row, line in zip(rows, lines, strict=True):
        figures = (Decimal(line.owner.value), Decimal(line.reader.value))
        assert figures == (Decimal(row["own_figure"]), Decimal(row["counter_figure"]))
        assert line.result.value == row["result"].split(":")[0]
    assert [line.has_finding for line in lines] == [True, False, False, False]
    assert [line.gap for line in lines if line.result is Comparison.DIFFERS] == ["0.66"]


def test_the_finding_is_a_matter_of_the_two_it_concerns(loaded: Loaded) -> None:
    (finding,) = check().findings
    assert (str(finding), finding.jurisdictions) == ("HF1", ["320509", "330421"])
    assert list(for_next_plan(copy())) == []
    matter = Matter.objects.get(pk=finding.taken_up.matter_id)
    said = pairs("health_finding", key="field", zh="zh", en="en")["title"]
    assert (matter.plan.key, matter.title_zh) == (COPY, said["zh"])


def test_every_section_is_filled_by_those_the_story_names(loaded: Loaded) -> None:
    whole = check()
    numbers = {one.pk: one.number for one in whole.sections}
    texts = {(numbers[pk], code): row.text_zh for (pk, code), row in whole.texts.items()}
    sections = list(dict.fromkeys(row["section"] for row in table("health_sections")))
    assert texts == {
        (sections.index(row["section"]) + 1, row["party"]): row["text_zh"]
        for row in table("health_sections")
    }


def test_the_reservation_was_reviewed_and_kept_for_a_year(loaded: Loaded) -> None:
    (review,) = check().reviews.values()
    held = pairs("reservation", key="field", zh="zh", en="en")
    assert (review.decision, review.text_zh) == ("kept", held["followed_up_at_S4"]["zh"])
    assert review.reservation.jurisdiction_id == "330421"
    assert review.next_on is not None
    assert 360 <= (review.next_on - localtime(review.at).date()).days <= 380


def test_publication_is_the_next_duty_of_the_check(loaded: Loaded) -> None:
    found = duties(plans=[copy(), Plan.objects.get(key=MAIN)], now=clock.now())
    assert [(one.kind, one.plan_id) for one in found] == [("check.publish", copy().pk)]


def test_the_quota_was_transferred_and_the_total_stays(loaded: Loaded) -> None:
    (row,) = transfers_of(actor=None, plan=copy())
    assert (row.state, row.payer, row.payee) == (AgreementState.IN_FORCE, "320509", "330421")
    quoted = next(one for one in quoted_in(copy()) if one.item_id == row.row.item_id)
    after = in_force(quoted.quota.allotted, [row.move])
    assert after == {
        "310118": Decimal("270.40"),
        "320509": Decimal("383.00"),
        "330421": Decimal("150.20"),
    }
    assert sum(after.values()) == Decimal("803.60")
    assert [(one.state, one.received) for one in row.years] == [
        (YearState.SETTLED, Decimal("18000.00"))
    ]
    assert row.row.file is not None


def test_one_year_of_the_compensation_is_settled_and_one_open(loaded: Loaded) -> None:
    (row,) = compensations_of(actor=None, plan=copy())
    year = localtime(clock.now()).year
    assert (row.state, row.row.item.key) == (AgreementState.IN_FORCE, "eco-compensation")
    assert [(one.year, one.state) for one in row.years] == [
        (year - 1, YearState.SETTLED),
        (year, YearState.OPEN),
    ]


def test_the_corrected_reading_stands_beside_the_first_and_warns_once(loaded: Loaded) -> None:
    warning = ThresholdWarning.objects.get(reading__item__plan=copy())
    period = Reading.objects.filter(
        item=warning.reading.item,
        period=warning.reading.period,
        jurisdiction="320509",
    )
    readings = list(period.order_by("pk"))
    assert [one.plain_value for one in readings] == ["4.3", "4.4"]
    assert readings[0] == warning.reading
    others = Reading.objects.filter(item=warning.reading.item, period=warning.reading.period)
    assert others.count() == 4


def test_the_dashboard_counts_what_was_loaded(loaded: Loaded) -> None:
    glance = glance_of(actor=office(), plan=copy())
    assert (glance.reservations, glance.cases_open, glance.cases_late) == (1, 0, 0)
    states = [row["status_at_S4"].replace(" ", "_") for row in table("projects")]
    assert {word.value: count for word, count in glance.projects.items() if word} == {
        state: states.count(state) for state in states
    }
    assert sum(glance.indicators.values()) == len(by_key("indicators", "id"))
    assert {IndicatorState.WARNING, IndicatorState.LIMIT, IndicatorState.UNREAD}.isdisjoint(
        glance.indicators
    )
    assert sum(glance.provisions.values()) == 45
    assert glance.provisions[Carried.DONE] > 0
    report = reverse("health:check", args=[COPY, HealthCheck.objects.get().pk])
    assert [one.url for one in glance.dates].count(report) == 1
