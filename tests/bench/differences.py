"""Differences of two revisions, from the database to HTML: the first page, and all that changed.

The baseline compares every item of both revisions with difflib, as a plain page would.
"""

import json
import tracemalloc
from collections.abc import Callable
from difflib import SequenceMatcher

from django.template.loader import render_to_string
from django.utils import translation

from plans.register.enums import ItemKind
from plans.register.models import Item, Plan, Revision
from plans.register.queries import entries_of
from plans.register.steps import Place, create_item, publish_revision
from plans.text.comparing import compare
from plans.text.shown import differences_of
from stakeholders.terms.actor import Actor, ActorKind
from tests.bench.harness import Result
from tests.bench.harness import compare as race

SIZES = ((200, 20), (2_000, 200))  # provisions, and how many of them changed
TEXT = (
    "第{number}项共同事项由三地主管部门按各自职责办理，联合执法队每季度开展一次联合检查，"
    "检查结果在十个工作日内通报两区一县人民政府。涉及跨界河湖的，应当在同一水系内先补后占，"
    "水面率不低于{share}%，任何一方不得低于2025年现状水平；确需调整的，须经三方书面同意。\n\n"
    "联合办公室汇总实施情况，每年向三级人民政府报告一次，并向社会公布。"
)
SYSTEM = Actor(kind=ActorKind.SYSTEM)


def run() -> list[Result]:
    return [_case(size, changed) for size, changed in SIZES]


def _case(size: int, changed: int) -> Result:
    old, new = _revisions(size, changed)

    def page() -> int:
        found = compare(old=old, new=new)
        shown = differences_of(found.changes[:50])
        assert _html(shown)
        return sum(found.counts[kind] for kind in found.counts if kind != "unchanged")

    def everything() -> int:
        found = compare(old=old, new=new)
        for start in range(0, len(found.changes), 50):
            assert _html(differences_of(found.changes[start : start + 50]))
        return len(found.changes)

    def plain() -> int:
        return _with_difflib(old, new)

    ways: dict[str, Callable[[], object]] = {
        "first page": page,
        "all changes": everything,
        "difflib": plain,
    }
    name = f"differences, {changed} changed, {_memory(everything):.1f} MB"
    return race(case=name, size=size, ways=ways, rounds=3)


def _memory(way: Callable[[], object]) -> float:
    """The most that is held at once while `way` runs, in MB."""
    tracemalloc.start()
    way()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1_000_000


def _html(shown: object) -> str:
    with translation.override("en"):
        return "".join(
            render_to_string(
                "plans/text/item_difference.html",
                {"one": one, "before_label": "R1", "after_label": "R2"},
            )
            for one in shown  # type: ignore[attr-defined]
        )


def _with_difflib(old: Revision, new: Revision) -> int:
    before = {one.item_id: json.loads(one.version.content) for one in entries_of(old)}
    count = 0
    for entry in entries_of(new):
        wording = json.loads(entry.version.content)
        is_changed = False
        for language in ("zh", "en"):
            one, other = (w["content"]["text"][language] for w in (before[entry.item_id], wording))
            codes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
            html = "".join(_marked(one[a:b], other[c:d], tag) for tag, a, b, c, d in codes)
            is_changed = is_changed or "<ins>" in html or "<del>" in html
        count += is_changed
    return count


def _marked(went: str, came: str, tag: str) -> str:
    return went if tag == "equal" else f"<del>{went}</del><ins>{came}</ins>"


def _revisions(size: int, changed: int) -> tuple[Revision, Revision]:
    plan = Plan.objects.create(
        key=f"bench-{size}-{changed}",
        title_zh="规划",
        short_zh="规划",
        kind="overall",
        horizon_from=2026,
        horizon_until=2035,
        created_at="2026-01-01T00:00Z",
    )
    items = [_item(plan, number) for number in range(size)]
    places = [Place(item=one, number=str(at)) for at, one in enumerate(items, start=1)]
    old = _publish(plan, places)
    step = size // changed
    for number in range(0, size, step):
        draft = items[number].draft
        draft.content = _content(number, share="22.4", verb="统筹")
        draft.save(update_fields=["content"])
    return old, _publish(plan, places)


def _item(plan: Plan, number: int) -> Item:
    return create_item(
        plan=plan,
        key=f"p{number}",
        kind=ItemKind.PROVISION,
        content=_content(number, share="20.6", verb="汇总"),
        strength="binding",
        concerned=[],
        actor=SYSTEM,
    )


def _content(number: int, *, share: str, verb: str) -> dict[str, object]:
    text = TEXT.format(number=number, share=share).replace("汇总", verb)
    return {"title": {"zh": f"条{number}", "en": ""}, "text": {"zh": text, "en": ""}}


def _publish(plan: Plan, places: list[Place]) -> Revision:
    return publish_revision(
        plan=plan,
        actor=SYSTEM,
        stage="consultation",
        headings=[],
        places=places,
        changes={},
        charter_version="",
    )
