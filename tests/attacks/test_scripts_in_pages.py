"""No text that people write changes what a page is made of: payloads in every column, every page.

Each page is fetched twice, with harmless words in every row and with payloads: but for words, both
are built of the same elements, attributes and addresses. Prose and word differences are held to
their own short list.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from django.template.autoreload import reset_loaders
from django.utils import translation
from django.utils.safestring import mark_safe
from lxml import html

from plans.templatetags import prose
from tests.attacks.ground import attacked  # noqa: F401 - a fixture
from tests.attacks.laid_hostile import Site, block_of, harmless, holds_blocks, hostile
from tests.attacks.payloads import ALL, BLOCKS, RUN, payloads
from tests.attacks.places import Place, places
from tests.attacks.skeleton import PROSE, Shape, first_difference, shape_of
from tests.saying import Say

MARK = re.compile(rb"q(\d+)z(\d+)q")
# Pages whose parts come and go with the words: texts that are alike are put side by side.
OF_LIKENESS = re.compile(r"/(dispositions/groups|jurisdictions/regions/R\d+)/$")
# Columns that no page shows whole, and why.
CUT: set[str] = set()
EVERY_SAMPLE = 61  # of the places, in `make test`


@dataclass
class Tried:
    """What was read and what was wrong with it."""

    pages: int = 0
    hits: list[str] = field(default_factory=list)
    shown: set[tuple[int, int]] = field(default_factory=set)  # column, block
    places: set[tuple[int, str]] = field(default_factory=set)  # column, route
    columns: dict[Place, set[int]] = field(default_factory=dict)  # whose beginning a page shows
    # Column -> page -> the rows whose text it has shown to the end.
    whole: dict[int, dict[Place, set[int]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    asked: set[tuple[Place, int]] = field(default_factory=set)  # page, turn


@pytest.fixture
def _told_prose(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the Markdown filter makes stands between marks, and is judged by its own list.

    A template keeps the filters it was compiled with, so those of before and after are forgotten.
    """
    old = prose.register.filters["prose"]

    def between(text: object) -> str:
        return mark_safe(f"<{PROSE}>{old(text)}</{PROSE}>")  # noqa: S308 - what stood there before

    monkeypatch.setitem(prose.register.filters, "prose", between)
    reset_loaders()
    yield
    reset_loaders()


def read(site: Site, place: Place, path: str = "", language: str = "zh-hans") -> HttpResponseBase:
    client, headers = site.ground.clients[place.role], {"accept-language": language}
    client.cookies.pop("messages", None)  # what the page before left to be said
    answer = client.get(path or place.path, headers=headers)
    translation.activate("zh-hans")
    return answer


def body_of(answer: HttpResponseBase) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content


def is_page(answer: HttpResponseBase) -> bool:
    return answer.headers.get("content-type", "").startswith("text/html")


def judge(answer: HttpResponseBase, where: str) -> Iterator[str]:
    """What is wrong with an answer whatever it holds: its policy, its kind."""
    if answer.headers.get("x-content-type-options") != "nosniff":
        yield f"{where}: no nosniff"
    policy = answer.headers.get("content-security-policy", "")
    if is_page(answer) and ("script-src 'self'" not in policy or "unsafe-" in policy):
        yield f"{where}: policy {policy}"
    kind = answer.headers.get("content-type", "")
    shown = "attachment" not in answer.headers.get("content-disposition", "")
    if shown and re.match(r"(image/svg|text/xml|application/x?html|application/xml)", kind):
        yield f"{where}: {kind} is shown"


def shapes(site: Site, chosen: Iterable[Place], tried: Tried) -> dict[Place, Shape]:
    """The skeletons of the pages as rows are now."""
    found = {}
    for place in chosen:
        answer = read(site, place)
        tried.pages += 1
        tried.hits += judge(answer, place.path)
        body = body_of(answer)
        if answer.status_code >= 500:
            tried.hits.append(f"{place.path} as {place.role}: {answer.status_code}")
        if is_page(answer):
            found[place] = shape_of(body)
            tried.columns[place] = {int(column) for column, _row in MARK.findall(body)}
    return found


def attack(site: Site, turn: int, before: Mapping[Place, Shape], tried: Tried) -> None:
    """Fill the rows with payloads, read the pages again and note where they are built otherwise."""
    site.fill(hostile(turn))
    for place, shape in before.items():
        answer = read(site, place)
        tried.pages += 1
        tried.asked.add((place, turn))
        body = body_of(answer)
        after = shape_of(body) if is_page(answer) else Shape()
        told = first_difference(shape, after)
        if told and OF_LIKENESS.search(place.path.partition("?")[0]):
            told = " | ".join(_hurt(body))
        if told or after.faults:
            tried.hits.append(f"{place.path} as {place.role}: {told} {after.faults[:3]}")
        for column, row in {(int(c), int(r)) for c, r in MARK.findall(body)}:
            if b"q%dz%de" % (column, row) in body:
                tried.shown.add((column, block_of(column, row, turn)))
                tried.places.add((column, place.route))
                tried.whole[column][place].add(row)


def further(tried: Tried, turn: int) -> list[Place]:
    """Pages not asked in this pass that together show what the columns were not yet seen with."""
    chosen: dict[Place, None] = {}
    for column in tried.whole:
        new = [place for place in _new(tried, column, turn) if (place, turn) not in tried.asked]
        if new and chosen.keys().isdisjoint(new):
            chosen[new[0]] = None
    return list(chosen)


def _new(tried: Tried, column: int, turn: int) -> list[Place]:
    """Pages that should show the column with payloads it was not yet seen with."""
    return [
        place
        for place, rows in tried.whole[column].items()
        if any((column, block_of(column, row, turn)) not in tried.shown for row in rows)
    ]


def lacking(tried: Tried) -> dict[int, list[int]]:
    """Of each column that any page shows whole: the blocks of payloads it was not seen with."""
    every = range(len(BLOCKS))
    found = {c: [one for one in every if (c, one) not in tried.shown] for c in tried.whole}
    return {column: left for column, left in found.items() if left}


def cut(site: Site, tried: Tried) -> set[str]:
    """Columns that hold any text and stand on pages, but on none of them whole."""
    begun = set().union(*tried.columns.values())
    return {
        one.label
        for one in site.columns
        if one.number in begun - tried.whole.keys() and holds_blocks(one)
    }


def test_payloads_are_many_and_call_the_canary() -> None:
    assert len(ALL) >= 500
    assert [one for one in ALL if RUN not in one and "canary" not in one.lower()] == []
    assert len(set(payloads().values())) >= 20
    assert set("".join(ALL)) & {"\0"} == set()


@pytest.mark.usefixtures("_told_prose")
def test_a_sample_of_pages_is_built_the_same_whatever_rows_hold(
    attacked: Site,  # noqa: F811
    say: Say,
) -> None:
    every = places(attacked.ground)
    few = [one for one in every[::EVERY_SAMPLE] if not one.path.startswith("/api/")]
    _prove(attacked, few, 1, "script payloads, sample of pages", say)


@pytest.mark.prove(minutes=8)
@pytest.mark.usefixtures("_told_prose")
def test_every_page_is_built_the_same_whatever_rows_hold(
    attacked: Site,  # noqa: F811
    say: Say,
) -> None:
    every = places(attacked.ground, readers=1)
    tried = _prove(attacked, every, len(BLOCKS), "script payloads, every page", say)
    labels = {one.number: one.label for one in attacked.columns}
    assert {labels[column]: left for column, left in lacking(tried).items()} == {}
    assert cut(attacked, tried) == CUT
    assert len(tried.whole) > 300


def _prove(site: Site, chosen: list[Place], turns: int, title: str, say: Say) -> Tried:
    tried = Tried()
    for role in {place.role for place in chosen}:  # what was said at signing in is read once
        site.ground.clients[role].get("/admin/" if role == "administrator" else "/plans/")
    site.fill(harmless)
    before = shapes(site, chosen, tried)
    for turn in range(turns):  # each page once, under one pass of payloads or the other
        attack(site, turn, dict(list(before.items())[turn::turns]), tried)
    if turns == len(BLOCKS):
        _catch_up(site, before, tried)
    say(
        title,
        {
            "payloads": len(ALL),
            "fields": len(site.columns),
            "fields shown": len(tried.whole),
            "fields cut": len(cut(site, tried)),
            "places": len(tried.places),
            "routes": len({place.route for place in chosen}),
            "pages": tried.pages,
            "hits": len(tried.hits),
        },
    )
    assert tried.hits == [], "\n".join(tried.hits)
    assert tried.shown
    return tried


def _catch_up(site: Site, before: Mapping[Place, Shape], tried: Tried) -> None:
    """Every column with every payload, as far as any page shows it whole.

    What a page shows follows the words it sorts by: ask on, until nothing lacks or is left.
    """
    for turn in range(len(BLOCKS)):
        while again := further(tried, turn):
            attack(site, turn, {place: before[place] for place in again}, tried)


def _asking(page: bytes, path: str) -> Iterator[str]:
    """The page's own filters, each with another payload, and its pages of lists."""
    names = set()
    for form in html.document_fromstring(page).iterfind('.//main//form[@method="get"]'):
        names |= {one.get("name") for one in form.iter("input", "select", "textarea")}
    known = sorted(name for name in names if name) or ["q"]
    place = sum(path.encode())
    for number, names_here in enumerate((known, ["q", "sort", "page", "next", "open", *known])):
        told = "&".join(
            f"{name}={quote(ALL[(place + 7 * number + at) % len(ALL)])}"
            for at, name in enumerate(dict.fromkeys(names_here))
        )
        yield f"{path.partition('?')[0]}?{told}"


def _posted(page: bytes, path: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each form of the main part with a payload in every field of words."""
    for place, form in enumerate(html.document_fromstring(page).iterfind(".//main//form")):
        if (form.get("method") or "").lower() != "post":
            continue
        values = {}
        for number, one in enumerate(form.iter("input", "select", "textarea")):
            if one.get("name") and one.get("type") not in ("file", "submit", "password"):
                kept = one.get("type") == "hidden" or one.tag == "select"
                chosen = ALL[(sum(path.encode()) + 11 * place + number) % len(ALL)]
                values[one.get("name")] = (one.get("value") or "") if kept else chosen
        yield form.get("action") or path, values


def _hurt(page: bytes) -> list[str]:
    """What a page holds of payloads other than as words; for pages without a twin."""
    shape = shape_of(page)
    live = [one for one in shape.parts if "canary" in one or RUN in one]
    live = [one for one in live if not re.match(r"\d+ (a|form|option|input|link|button) ", one)]
    named = [one for one in shape.parts if re.search(r"(?i)(java|vb|live)script:|data:text", one)]
    return [*shape.faults, *live, *named]


def _asked_and_posted(site: Site, chosen: list[Place], title: str, say: Say) -> None:
    """Pages whose address or form holds the payload: filters, refusals and forms shown again."""
    hits: list[str] = []
    count = {"asked": 0, "posted": 0}
    site.fill(harmless)
    for place in chosen:
        answer = read(site, place)
        body = body_of(answer)
        if not is_page(answer) or not body:  # a redirect has none
            continue
        for path in _asking(body, place.path):
            count["asked"] += 1
            hits += _wrong(read(site, place, path), path)
        for path, values in _posted(body, place.path):
            if not path.startswith("/plans/") or count["posted"] > 40 * len(chosen):
                continue
            count["posted"] += 1
            hits += _wrong(_undone(site, place, path, values), f"POST {path}")
    say(title, {"payloads": len(ALL), "pages": len(chosen), **count, "hits": len(hits)})
    assert hits == [], "\n".join(hits)
    assert min(count.values()) > 0


def _undone(site: Site, place: Place, path: str, values: dict[str, str]) -> HttpResponseBase:
    """A form that is sent, without anything that would come of it."""
    with transaction.atomic():
        answer = site.ground.clients[place.role].post(path, values)
        transaction.set_rollback(True)
    translation.activate("zh-hans")
    return answer


def _wrong(answer: HttpResponseBase, where: str) -> list[str]:
    found = list(judge(answer, where)) if answer.status_code != 302 else []
    if answer.status_code >= 500:
        found.append(f"{where}: {answer.status_code}")
    to = answer.headers.get("location", "")
    if to and not re.match(r"/(?![/\\])|\?", to):
        found.append(f"{where}: leads to {to}")
    if is_page(answer):
        found += [f"{where}: {one}" for one in _hurt(body_of(answer))]
    return found


def test_a_sample_of_filters_and_forms_shows_payloads_as_words(attacked: Site, say: Say) -> None:  # noqa: F811
    every = [one for one in places(attacked.ground) if one.path.startswith("/plans/")]
    _asked_and_posted(attacked, every[::131], "script payloads, sample of filters and forms", say)


@pytest.mark.prove(minutes=1)
def test_filters_and_forms_show_payloads_as_words(attacked: Site, say: Say) -> None:  # noqa: F811
    every = [one for one in places(attacked.ground) if not one.path.startswith("/api/")]
    _asked_and_posted(attacked, every[::8], "script payloads in filters and forms", say)


def test_a_payload_in_the_address_of_a_page_is_no_part_of_it(attacked: Site, say: Say) -> None:  # noqa: F811
    """What is not found and what is refused says so without the address's words as markup."""
    _addressed(attacked, ALL[::97], "script payloads in addresses, sample", say)


@pytest.mark.prove(minutes=1)
def test_no_payload_in_the_address_of_a_page_is_part_of_it(attacked: Site, say: Say) -> None:  # noqa: F811
    _addressed(attacked, ALL, "script payloads in addresses", say)


def _addressed(site: Site, texts: Sequence[str], title: str, say: Say) -> None:
    hits: list[str] = []
    client = site.ground.clients["coordinator"]
    stems = ("/plans/{}/", "/jurisdictions/{}/", "/plans/prepared/matters/{}/", "/{}", "/admin/{}/")
    tried = [
        stems[(number + shift) % len(stems)].format(quote(one, safe=""))
        for number, one in enumerate(texts)
        for shift in (0, 2)
    ]
    for path in tried:
        hits += _wrong(client.get(path), path)
    say(title, {"asked": len(tried), "hits": len(hits)})
    assert hits == [], "\n".join(hits)
