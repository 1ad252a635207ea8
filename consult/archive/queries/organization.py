"""Papers of joint organization: parties, invitations, base set, demands, charters with ballots."""

from collections.abc import Iterator
from functools import partial

from consult.archive.enums import PaperKind, Section
from consult.archive.pieces import (
    Piece,
    State,
    Table,
    day_of,
    instant,
    json_writer,
    sealed_words,
    table_pieces,
    text_writer,
    upload_piece,
)
from consult.ballots.models import Ballot, Elector, Position
from consult.ballots.queries import is_past
from consult.demands.models import DemandSorting, ListedDemand
from consult.phase1_organization.base_set import PURPOSES
from consult.phase1_organization.models import Charter, Invitation, InvitationAnswer, Withdrawal
from plans.register.models import Attachment, Party
from stakeholders.terms import canonical

SECTION = Section.ORGANIZATION
FORMAT = "jointplan-ballot-1"


def organization(state: State) -> Iterator[Piece]:
    """Everything of phase 1 that all parties see."""
    yield from _parties(state)
    yield from _invitations(state)
    yield from _charters(state)
    yield from _ballots(state)
    yield from _base_set(state)
    yield from _demands(state)
    yield from _withdrawals(state)


def _parties(state: State) -> Iterator[Piece]:
    def rows() -> Iterator[tuple[str, ...]]:
        for one in (
            Party.objects.filter(plan=state.plan)
            .select_related("jurisdiction")
            .order_by("jurisdiction_id")
        ):
            unit = one.jurisdiction
            yield (
                str(one.jurisdiction_id),
                unit.name_zh,
                unit.name_en,
                one.get_role_display(),
                "是" if one.must_sign else "否",
                str(one.weight),
                instant(one.joined_at),
                instant(one.left_at),
            )

    headings = (
        *("代码 code", "单位 party", "party (English)", "参与方式 role"),
        *("须认定 must sign", "权重 weight", "加入 joined", "退出 left"),
    )
    yield from table_pieces(
        state=state,
        section=SECTION,
        stem="parties",
        title=("参与单位名录", "Parties"),
        kind=PaperKind.INVITATION,
        table=Table(headings=headings, rows=rows),
    )


def _invitations(state: State) -> Iterator[Piece]:
    def rows() -> Iterator[tuple[str, ...]]:
        for one in Invitation.objects.filter(plan=state.plan).select_related("jurisdiction"):
            unit = (str(one.jurisdiction_id), one.jurisdiction.name_zh)
            yield (*unit, instant(one.invited_at), "邀请 invited", one.message, "", "", "")
            for said in one.answers.order_by("pk"):
                yield (
                    *unit,
                    instant(said.at),
                    said.get_answer_display(),
                    said.text,
                    said.letter_number,
                    day_of(said.letter_on),
                    said.issuer,
                )

    headings = (
        *("代码 code", "单位 party", "时间 at", "答复 answer", "内容 text"),
        *("文号 letter", "成文日期 dated", "发文机关 issuer"),
    )
    yield from table_pieces(
        state=state,
        section=SECTION,
        stem="invitations",
        title=("邀请与答复一览表", "Invitations and answers"),
        kind=PaperKind.INVITATION,
        table=Table(headings=headings, rows=rows),
    )
    answers = InvitationAnswer.objects.filter(invitation__plan=state.plan)
    for said in answers.select_related("invitation__jurisdiction", "letter_file").order_by("pk"):
        if said.letter_number or said.letter_file:
            unit = said.invitation.jurisdiction
            yield upload_piece(
                said.letter_file,
                section=SECTION,
                stem=f"invitations/{unit.pk}-{said.pk}",
                title=(f"{unit.name_zh}对邀请的复函", f"{unit.name_en}: letter on the invitation"),
                kind=PaperKind.INVITATION,
                day=day_of(said.letter_on) or day_of(said.at),
                number=said.letter_number,
                author=said.issuer or unit.name_zh,
            )


def _charters(state: State) -> Iterator[Piece]:
    for one in Charter.objects.filter(plan=state.plan).order_by("number"):
        yield Piece(
            section=SECTION,
            path=f"{SECTION}/charters/charter-{one.number}.json",
            title=(f"工作章程第{one.number}稿", f"Charter no. {one.number}"),
            kind=PaperKind.CHARTER,
            day=day_of(one.proposed_at),
            write=text_writer(partial(str, one.text)),
            stamp=one.hash,
        )


def _ballots(state: State) -> Iterator[Piece]:
    """Ballots on the charter, the base set, accessions: electors, positions, result."""
    ballots = Ballot.objects.filter(plan=state.plan).exclude(subject_kind="item")
    for one in ballots.select_related("end").order_by("pk"):
        label = one.get_subject_kind_display()
        is_over = hasattr(one, "end") or is_past(one, at=state.at)
        is_sealed = one.is_sealed and not is_over
        yield Piece(
            section=SECTION,
            path=f"{SECTION}/ballots/{one.subject_kind}-{one.pk}.json",
            title=(f"{label}表态记录 {one.pk}", f"Ballot {one.pk} ({one.subject_kind})"),
            kind=PaperKind.CHARTER,
            day=day_of(one.end.at if hasattr(one, "end") else one.opened_at),
            sealed_until=sealed_words(one.closes_at) if is_sealed else "",
            write=None if is_sealed else json_writer(partial(ballot_content, one)),
            stamp=state.head,
        )


def ballot_content(ballot: Ballot) -> dict[str, object]:
    """A ballot as it was opened, all that was said in it in order, and how it ended."""
    end = getattr(ballot, "end", None)
    electors = Elector.objects.filter(ballot=ballot).select_related("end")
    return {
        "format": FORMAT,
        "algorithm": canonical.ALGORITHM,
        "subject": [ballot.subject_kind, str(ballot.subject_id), ballot.subject_hash],
        "rule": ballot.rule,
        "charter": ballot.charter_version,
        "opened_at": ballot.opened_at,
        "closes_at": ballot.closes_at,
        "sealed": ballot.is_sealed,
        "electors": [
            [str(row.jurisdiction_id), str(row.weight), row.is_supporting]
            for row in electors.order_by("jurisdiction_id")
        ],
        "positions": [position_content(row) for row in _positions(ballot)],
        "end": end and {"outcome": end.outcome, "reason": end.reason, "at": end.at},
    }


def _positions(ballot: Ballot) -> Iterator[Position]:
    return Position.objects.filter(ballot=ballot).order_by("pk").iterator()


def position_content(row: Position) -> dict[str, object]:
    """One position as it was taken; the newest of a party counts."""
    return {
        "party": str(row.jurisdiction_id),
        "mandate": row.mandate_id,
        "value": row.value,
        "text": row.text,
        "wording": row.wording,
        "letter": [row.letter_number, row.letter_on, row.issuer],
        "declaration": row.declaration,
        "at": row.at,
    }


def _base_set(state: State) -> Iterator[Piece]:
    files = Attachment.objects.filter(plan=state.plan, purpose__in=PURPOSES)
    for one in files.select_related("file").order_by("pk"):
        yield upload_piece(
            one.file,
            section=SECTION,
            stem=f"base-set/{one.purpose}-{one.pk}",
            title=(one.title_zh, one.title_en),
            kind=PaperKind.ATTACHMENT,
            day=day_of(one.added_at),
            openness=one.classification,
        )


def _demands(state: State) -> Iterator[Piece]:
    """The lists that were handed in, and what each entry was sorted as."""
    handed = ListedDemand.objects.filter(plan=state.plan, hand_in__isnull=False)

    def rows() -> Iterator[tuple[str, ...]]:
        for one in handed.select_related("jurisdiction", "hand_in"):
            sorted_as = DemandSorting.objects.filter(demand=one).order_by("-pk").first()
            yield (
                str(one.jurisdiction_id),
                one.jurisdiction.name_zh,
                str(one.number),
                one.title_zh,
                one.title_en,
                one.text_zh,
                one.text_en,
                one.get_kind_display(),
                instant(one.hand_in.at if one.hand_in else None),
                sorted_as.sorted_as if sorted_as else "",
                sorted_as.reason if sorted_as else "",
            )

    if not handed.exists():
        return
    headings = (
        *("代码 code", "单位 party", "序号 number", "诉求 demand", "demand (English)"),
        *("内容 text", "text (English)", "类别 kind", "提交 handed in", "归类 sorted as"),
        "理由 reason",
    )
    yield from table_pieces(
        state=state,
        section=SECTION,
        stem="demands",
        title=("诉求清单", "Lists of demands"),
        kind=PaperKind.DEMAND,
        table=Table(headings=headings, rows=rows),
    )
    for one in handed.filter(evidence__isnull=False).select_related("evidence"):
        yield upload_piece(
            one.evidence,
            section=SECTION,
            stem=f"demands/{one.jurisdiction_id}-{one.number}",
            title=(f"诉求依据：{one.title_zh}", f"Evidence of a demand: {one.title_en}"),
            kind=PaperKind.DEMAND,
            day=day_of(one.hand_in.at if one.hand_in else None),
        )


def _withdrawals(state: State) -> Iterator[Piece]:
    found = Withdrawal.objects.filter(plan=state.plan).select_related("jurisdiction", "end")

    def rows() -> Iterator[tuple[str, ...]]:
        for one in found.order_by("pk"):
            end = getattr(one, "end", None)
            yield (
                str(one.jurisdiction_id),
                one.jurisdiction.name_zh,
                instant(one.at),
                one.reason,
                one.letter_number,
                day_of(one.letter_on),
                instant(one.takes_effect_at),
                "" if end is None else "已退出 left" if end.has_left else "撤回 recalled",
            )

    if not found.exists():
        return
    headings = (
        *("代码 code", "单位 party", "时间 at", "理由 reason", "文号 letter"),
        *("成文日期 dated", "生效 takes effect", "结果 end"),
    )
    yield from table_pieces(
        state=state,
        section=SECTION,
        stem="withdrawals",
        title=("退出告知一览表", "Notices of parties that leave"),
        kind=PaperKind.INVITATION,
        table=Table(headings=headings, rows=rows),
    )
