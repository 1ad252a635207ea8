"""The dossier at the same moment: of two filings both stand, of two orders one."""

from collections import Counter
from datetime import date

from consult.approval.actions.dossier import arrange_dossier, file_dossier_paper
from consult.approval.models import DossierArrangement, DossierPaper
from consult.approval.queries.arrangements import arranged_lines
from consult.approval.queries.dossier import dossier_state
from consult.phase2_preparation.steps.papers import Issue
from plans.register.steps import set_phase
from tests.journeys.test_races import own as own
from tests.journeys.test_races import race, sound
from tests.world import World


def test_of_filings_at_once_all_stand_and_the_newest_counts(own: World) -> None:
    plan = own.plan()
    set_phase(plan=plan, phase=3)
    office = own.coordinator(plan)

    def file(number: int) -> object:
        issue = Issue(number=f"〔2026〕{number}号", on=date(2026, 1, 5), issuer="联合办公室")
        return file_dossier_paper(actor=office, plan=plan, line="work-plan", issue=issue)

    said = race(*[lambda number=number: file(number) for number in range(4)])
    assert said == Counter({"done": 4})
    line = dossier_state(plan).line("work-plan")
    assert line is not None
    assert [one.paper for one in line.documents] == [DossierPaper.objects.latest("pk")]
    assert len(line.older) == 3
    assert sound()


def test_of_orders_at_once_one_wins(own: World) -> None:
    plan = own.plan()
    set_phase(plan=plan, phase=3)
    office, lines = own.coordinator(plan), arranged_lines(plan.kind, None)[::-1]
    said = race(
        *[lambda: arrange_dossier(actor=office, plan=plan, lines=lines, base=0) for _ in range(3)]
    )
    assert said == Counter({"Conflict": 2, "done": 1})
    assert DossierArrangement.objects.count() == 1
    assert sound()
