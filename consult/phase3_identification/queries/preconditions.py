"""What has to hold before a sign-off can open: each with its state and the page that mends it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.queries import waiting_proposals, weights_named
from consult.matters import gate as matters
from consult.phase1_organization.enums import Competence, ItemClass
from consult.phase1_organization.models import Charter
from consult.phase1_organization.queries import ballots_of, class_of, named_weights
from consult.phase2_preparation import gate as preparation
from consult.phase3_identification.queries.life import CLOSE
from consult.phase3_identification.queries.sign_offs import signing_parties
from plans.register.enums import Phase
from plans.register.models import Party, Plan, RevisionItem
from plans.register.queries import entries_of
from stakeholders.jurisdictions.enums import Level
from stakeholders.people.models import Mandate
from stakeholders.people.queries import coordinators_of
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Blocker, Text

TAKING = "position.take"
# What of the gate of preparation stands here on a line of its own.
HARD_ELSEWHERE = frozenset({"matter.open", "revision.not_frozen"})
PAPERS = ("paper.", "neighbour.")
LATER = _("Seen once a revision is frozen and a charter is in force")
FEW = 5  # so many articles are named one by one
# Level of decision (事权) of an item -> the lowest level of a unit whose position counts in it.
RANKS: Mapping[str, int] = {
    "national": Level.COUNTRY.rank,
    "province": Level.PROVINCE.rank,
    "prefecture": Level.PREFECTURE.rank,
    "county": Level.COUNTY.rank,
}


@dataclass(frozen=True, kw_only=True)
class Precondition:
    """One precondition: met when `missing` is empty. A soft one warns and is put on record."""

    code: str
    title: Text
    said: Text = ""
    missing: Sequence[Blocker] = ()
    is_hard: bool = True
    is_seen: bool = True  # whether there was something to look at

    @property
    def is_met(self) -> bool:
        return not self.missing


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One party that will be asked: on how many items, and who may speak for it."""

    party: Party
    items: int
    signatories: Sequence[Mandate]


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """All preconditions of a plan, and who would be asked."""

    preconditions: Sequence[Precondition]
    asked: Sequence[Asked]
    undecided: int  # items no signing party is high enough to decide: they show support only

    @property
    def blockers(self) -> list[Blocker]:
        return [one for row in self.preconditions if row.is_hard for one in row.missing]

    @property
    def warnings(self) -> list[str]:
        return [row.code for row in self.preconditions if not (row.is_hard or row.is_met)]

    @property
    def is_ready(self) -> bool:
        return not self.blockers


def readiness(plan: Plan, *, charter: Charter | None, at: datetime) -> Readiness:
    """Every precondition at once, hard ones and soft ones. Unscoped. No writes."""
    entries = list(entries_of(plan.frozen)) if plan.frozen else []
    parties = list(signing_parties(plan))
    speakers = _signatories(plan, parties, entries, at)
    codes = {str(party.jurisdiction_id) for party in parties}
    rows = [
        _phase(plan),
        _frozen(plan),
        _charter(plan, charter),
        _rules(plan, charter, entries),
        _weights(plan, charter, entries, parties),
        _speakers(plan, parties, speakers),
        _electorate(plan, entries, codes),
        Precondition(
            code="matters",
            title=_("No matter is open above the working level"),
            missing=matters.blockers(plan=plan),
        ),
        _two_persons(plan),
        *_soft(plan, charter, at),
    ]
    asked = [
        Asked(
            party=party,
            items=sum(1 for e in entries if party.jurisdiction_id in e.version.concerned),
            signatories=speakers.get(str(party.jurisdiction_id), []),
        )
        for party in parties
    ]
    return Readiness(
        preconditions=rows, asked=asked, undecided=_undecided(charter, entries, parties)
    )


def _phase(plan: Plan) -> Precondition:
    url = reverse("workflow:gate", args=[plan.key])
    text = _("The plan is in the phase “{phase}”: the gate of joint preparation comes first.")
    if plan.phase > Phase.IDENTIFICATION:
        text = _("The plan is in the phase “{phase}”: its sign-off lies behind it.")
    off = Blocker(code="phase", text=format_lazy(text, phase=Phase(plan.phase).label), url=url)
    return Precondition(
        code="phase",
        title=_("The gate of joint preparation is passed"),
        missing=() if plan.phase == Phase.IDENTIFICATION else (off,),
    )


def _frozen(plan: Plan) -> Precondition:
    url = reverse("workflow:publish", args=[plan.key])
    off = Blocker(code="frozen", text=_("No revision is frozen."), url=url)
    return Precondition(
        code="frozen",
        title=_("A revision is frozen"),
        said=plan.frozen.label if plan.frozen else "",
        missing=() if plan.frozen else (off,),
    )


def _charter(plan: Plan, charter: Charter | None) -> Precondition:
    text = _("No charter has been adopted: its rules decide what passes.")
    off = Blocker(code="charter", text=text, url=_charter_page(plan))
    said = format_lazy(_("Charter no. {number}"), number=charter.number) if charter else ""
    return Precondition(
        code="charter",
        title=_("A charter is adopted"),
        said=said,
        missing=() if charter else (off,),
    )


def _charter_page(plan: Plan) -> str:
    return reverse("organization:home", args=[plan.key])


def _rules(plan: Plan, charter: Charter | None, entries: Sequence[RevisionItem]) -> Precondition:
    kinds = {(entry.version.strength, entry.item.kind) for entry in entries}
    classes = {(class_of(strength=s, kind=k), class_of(strength=s, kind="")) for s, k in kinds}
    known = set(charter.content.rules) if charter else set()
    without = sorted(
        {of_kind.value for of_kind, plain in classes if not {of_kind.value, plain.value} & known}
    )
    text = _("The charter has no rule for: {name}.")
    return Precondition(
        code="rules",
        title=_("Every class of items has its rule"),
        said="" if entries and charter else LATER,
        is_seen=bool(entries and charter),
        missing=[
            Blocker(
                code="rules",
                text=format_lazy(text, name=ItemClass(name).label),
                url=_charter_page(plan),
            )
            for name in without
            if charter
        ],
    )


def _weights(
    plan: Plan,
    charter: Charter | None,
    entries: Sequence[RevisionItem],
    parties: Sequence[Party],
) -> Precondition:
    """Every party has each weight by whose name a rule in use weighs."""
    named = named_weights(charter)
    rules = charter.content.rules if charter else {}
    kinds = {class_of(strength=e.version.strength, kind=e.item.kind).value for e in entries}
    wanted = {name for kind in kinds if kind in rules for name in weights_named(rules[kind])}
    text = _("The charter names no weight “{name}” for {party}.")
    return Precondition(
        code="weights",
        title=_("Every party has the weights the rules name"),
        said="" if entries and charter else LATER,
        is_seen=bool(entries and charter),
        missing=[
            Blocker(
                code="weights",
                text=format_lazy(text, name=name, party=party.jurisdiction),
                url=_charter_page(plan),
            )
            for name in sorted(wanted)
            for party in parties
            if name not in named.get(str(party.jurisdiction_id), {})
        ],
    )


def _signatories(
    plan: Plan, parties: Sequence[Party], entries: Sequence[RevisionItem], at: datetime
) -> dict[str, list[Mandate]]:
    """Code -> the mandates under which a position may be taken: they count now, are not limited
    to another plan, to other acts, or to fewer articles than concern the party. One query."""
    rows = (
        Mandate.objects.counted(at)
        .filter(
            role=Role.SIGNATORY.value,
            jurisdiction__in=[party.jurisdiction_id for party in parties],
            plan_key__in=["", plan.key],
        )
        .select_related("user")
        .order_by("pk")
    )
    found: dict[str, list[Mandate]] = {}
    for row in rows:
        code = str(row.jurisdiction_id)
        asked = {entry.item.key for entry in entries if code in entry.version.concerned}
        reaches = row.items is None or asked <= set(row.items)
        if reaches and (row.acts is None or TAKING in row.acts):
            found.setdefault(code, []).append(row)
    return found


def _speakers(
    plan: Plan, parties: Sequence[Party], speakers: Mapping[str, Sequence[Mandate]]
) -> Precondition:
    url = f"{_charter_page(plan)}#parties"
    text = _("{party} has no signatory whose mandate counts and covers taking a position.")
    missing = [
        Blocker(code="signatory", text=format_lazy(text, party=party.jurisdiction), url=url)
        for party in parties
        if str(party.jurisdiction_id) not in speakers
    ]
    if not parties:
        missing = [Blocker(code="signatory", text=_("No party has to sign."), url=url)]
    return Precondition(
        code="signatories",
        title=_("Every party that must sign has a signatory who may"),
        missing=missing,
    )


def _electorate(plan: Plan, entries: Sequence[RevisionItem], codes: set[str]) -> Precondition:
    odd = [entry for entry in entries if not codes & set(entry.version.concerned)]
    said = _("Article {number} concerns no party that signs.")
    missing = [
        Blocker(
            code="electorate",
            text=format_lazy(said, number=entry.number),
            url=reverse("register:item", args=[plan.key, entry.item.key]),
        )
        for entry in odd[:FEW]
    ]
    if len(odd) > FEW:
        more = _("{count} more articles concern no party that signs.")
        text = format_lazy(more, count=len(odd) - FEW)
        url = reverse("register:detail", args=[plan.key])
        missing.append(Blocker(code="electorate", text=text, url=url))
    return Precondition(
        code="electorate",
        title=_("Every item concerns a party that signs"),
        said="" if entries else LATER,
        is_seen=bool(entries),
        missing=missing,
    )


def _two_persons(plan: Plan) -> Precondition:
    """What waits inside a party is that party's own: only the joint office's acts count here."""
    waiting = [row for row in waiting_proposals([plan]) if row.jurisdiction_id is None]
    text = _("An act of the joint office waits for its second person.")
    url = reverse("workflow:gate", args=[plan.key])
    return Precondition(
        code="two_persons",
        title=_("Nothing waits for a second person of the joint office"),
        missing=[Blocker(code="two_persons", text=text, url=url)] if waiting else (),
    )


def _soft(plan: Plan, charter: Charter | None, at: datetime) -> list[Precondition]:
    """What the gate of preparation has let through and has come up since; who could close."""
    since = [one for one in preparation.blockers(plan=plan) if one.code not in HARD_ELSEWHERE]
    papers = [one for one in since if one.code.startswith(PAPERS)]
    rows = [
        Precondition(
            code="checklist",
            title=_("The checklist of the plan’s kind is done"),
            missing=papers,
            is_hard=False,
        ),
        Precondition(
            code="gate",
            title=_("Nothing has come up in joint preparation since"),
            missing=[one for one in since if one not in papers],
            is_hard=False,
        ),
    ]
    rows.append(_charter_ballot(plan, charter))
    if charter and CLOSE in charter.content.two_person:
        url = f"{_charter_page(plan)}#parties"
        text = _("The charter asks two persons to close, and the joint office has one only.")
        alone = len(coordinators_of(plan_key=plan.key, at=at)) < 2
        rows.append(
            Precondition(
                code="second_closer",
                title=_("The joint office has the two persons who close"),
                missing=[Blocker(code="second_closer", text=text, url=url)] if alone else (),
                is_hard=False,
            )
        )
    return rows


def _charter_ballot(plan: Plan, charter: Charter | None) -> Precondition:
    """The sign-off keeps the charter in force at its opening, whatever an open ballot adopts."""
    running = ballots_of(plan).filter(end__isnull=True).exists() if charter else False
    text = _("A ballot on another charter is open: this sign-off would keep the present one.")
    return Precondition(
        code="charter_ballot",
        title=_("No other charter is being decided"),
        missing=[Blocker(code="charter_ballot", text=text, url=_charter_page(plan))]
        if running
        else (),
        is_hard=False,
    )


def _undecided(
    charter: Charter | None, entries: Sequence[RevisionItem], parties: Sequence[Party]
) -> int:
    """How many items no signing party is high enough to decide, where lower ones only support."""
    if charter is None or charter.content.competence != Competence.SUPPORT.value:
        return 0
    ranks = {str(p.jurisdiction_id): Level(p.jurisdiction.level).rank for p in parties}
    return sum(
        1
        for entry in entries
        if (codes := ranks.keys() & set(entry.version.concerned))
        and min(ranks[code] for code in codes) > RANKS.get(entry.version.competence, 0)
    )
