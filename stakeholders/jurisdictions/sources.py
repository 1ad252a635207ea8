"""Where the membership of a region was read, as people cite it: tables hold keys of papers."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

# The papers that the tables cite by a key, as data/SOURCES.csv names them.
WORKS = {
    "SuLiu2023": (
        "Su, D. and Liu, J. (2023). Practice of Planning Coordination for Cross-border Spatial"
        " Governance in the Yangtze River Delta Region: A Transformative Analysis in"
        " Meta-Governance. 15th Conference IFoU 2022, pp. 49-58"
    ),
    "UPF2024": (
        "Tang Zilai, Duan Jin, Wang Kai and others (2024). High-quality integration in the Yangtze"
        " River Delta: What can planning do. Expert talk of an urban planning journal"
    ),
}
# What the tables say besides, so that it is translated: of a paper, or of a page of the web.
SAID = (
    gettext_noop("table 1"),
    gettext_noop("table 1 (year)"),
    gettext_noop("table 1 (2017, 2019, 2020 rows)"),
    gettext_noop("(named)"),
    gettext_noop("(named only)"),
    gettext_noop("(scheme named)"),
    gettext_noop("(full list)"),
    gettext_noop("(2010 regional plan)"),
    gettext_noop("(Shanghai plus 25 prefecture-level cities, May 2016)"),
    gettext_noop("(three provinces and one city named)"),
    gettext_noop("members from the name"),
    gettext_noop("derived: the seven cities not among the 34 of 2018 complete the 41"),
    gettext_noop("abstract of the 2019 outline"),
    gettext_noop("published summary of the plan"),
    gettext_noop("general page"),
    gettext_noop("general page on the 2010 plan"),
    gettext_noop("Shanghai Observer report on the plan team"),
    gettext_noop("Jiangsu press report April 2021"),
    gettext_noop("The Paper 2018"),
    gettext_noop("The Paper 2018 (full list of 30)"),
    gettext_noop("Xinhua press archive copy 2010"),
    gettext_noop("Xinhua press archive copy 2010 (14 cities)"),
    gettext_noop("SCMP 2016 (full list)"),
    gettext_noop("People's Daily Online and Yangtze Evening News, 8 December 2021"),
    gettext_noop(
        "Shanghai metropolitan area blue book chapter (Shanghai 2035 cross-border town circles)"
    ),
)
_WEB = "public web"
_WORK = re.compile(rf"({'|'.join(WORKS)})\b ?(.*)")


@dataclass(frozen=True, kw_only=True)
class Cited:
    """One source: a paper in the words of its own language, and what is said of it."""

    work: str = ""
    said: str = ""


def cited(source: str) -> list[Cited]:
    """The sources of one row, in the active language as far as they are known; the rest as it is."""
    both = re.sub(rf"({'|'.join(WORKS)}) and (?={'|'.join(WORKS)})", r"\1; ", source)
    found, is_web = [], False
    for piece in both.split("; "):
        place, _colon, rest = piece.partition(": ")
        if place.startswith(_WEB):
            is_web, piece = True, rest
        if work := _WORK.fullmatch(piece):
            found.append(Cited(work=WORKS[work[1]], said=gettext(work[2]) if work[2] else ""))
        elif piece:
            said = gettext(piece)
            found.append(
                Cited(said=gettext("Web page: %(name)s") % {"name": said} if is_web else said)
            )
    return found


def in_words(source: str) -> str:
    """As `cited`, in one cell of a table."""
    return "; ".join(f"{one.work} {one.said}".strip() for one in cited(source))
