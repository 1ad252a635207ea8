"""Papers of common identification: sign-offs with matrix, declarations, ballots; reservations."""

from collections.abc import Iterator
from datetime import UTC
from functools import partial
from typing import Any, BinaryIO

from django.db.models import Prefetch, QuerySet

from consult.archive.enums import PaperKind, Section
from consult.archive.pieces import (
    Piece,
    State,
    Table,
    day_of,
    instant,
    sealed_words,
    table_pieces,
    text_writer,
    upload_piece,
)
from consult.archive.queries.organization import position_content
from consult.phase3_identification.board import board
from consult.phase3_identification.consent_matrix.sheets import write_sheet
from consult.phase3_identification.consent_matrix.wanted import Wanted, chosen_parties, chosen_rows
from consult.phase3_identification.models import (
    Condition,
    Declaration,
    ReopeningRequest,
    Reservation,
    SignOff,
    SignOffBallot,
)
from consult.phase3_identification.queries import has_ended, revision_at, sees
from consult.phase3_identification.queries.former import numbered
from consult.phase3_identification.receipts import receipt_of
from stakeholders.terms import canonical
from stakeholders.terms.actor import PUBLIC
from stakeholders.terms.errors import Conflict

SECTION = Section.IDENTIFICATION
PAGE = 50  # ballots held at once, each with the positions of all parties


def identification(state: State) -> Iterator[Piece]:
    """Everything of the sign-offs that is not sealed from any of the parties."""
    found = list(numbered(state.plan).prefetch_related(Prefetch("declarations", _readable())))
    shut = [one.pk for one in found if is_shut(one, state=state)]
    if found:
        yield from _list(state, found)
    for one in found:
        yield from _sign_off(state, one, is_sealed=one.pk in shut)
    yield from _reservations(state, shut)
    yield from _conditions(state, shut)
    yield from _requests(state)


def _readable() -> QuerySet[Declaration]:
    rows = Declaration.objects.select_related("jurisdiction", "letter_file")
    return rows.defer("jurisdiction__boundary").order_by("pk")


def is_shut(one: SignOff, *, state: State) -> bool:
    """Whether what one party said is still kept from another."""
    return not sees(one, actor=PUBLIC, at=state.at)("")


def _list(state: State, found: list[Any]) -> Iterator[Piece]:
    def rows() -> Iterator[tuple[str, ...]]:
        for one in found:
            end = one.end if has_ended(one) else None
            yield (
                str(one.number),
                f"R{one.revision.number}",
                str(one.charter_number),
                instant(one.opened_at),
                instant(one.closes_at),
                "是" if one.is_sealed else "否",
                end.get_outcome_display() if end else "",
                end.reason if end else "",
                instant(end.at if end else None),
            )

    headings = (
        *("次序 number", "版本 revision", "章程 charter", "开始 opened", "截止 closes"),
        *("密封 sealed", "结果 outcome", "理由 reason", "结束 ended"),
    )
    yield from table_pieces(
        state=state,
        section=SECTION,
        stem="sign-offs",
        title=("共同认定一览表", "Sign-offs"),
        kind=PaperKind.POSITION,
        table=Table(headings=headings, rows=rows),
    )


def _sign_off(state: State, one: Any, *, is_sealed: bool) -> Iterator[Piece]:
    title = (f"第{one.number}次共同认定", f"sign-off {one.number}")
    day = day_of(one.end.at if has_ended(one) else one.opened_at)
    if is_sealed:
        yield Piece(
            section=SECTION,
            path="",
            title=(f"{title[0]}表态材料", f"Positions of {title[1]}"),
            kind=PaperKind.POSITION,
            day=day,
            sealed_until=sealed_words(one.closes_at),
        )
        return
    folder = f"{SECTION}/sign-off-{one.number}"
    for name, words, writer in (
        ("matrix.xlsx", ("条款认定情况一览表", "Consent matrix"), partial(_matrix, state, one)),
        ("ballots.jsonl", ("逐条表态记录", "Ballots item by item"), partial(_ballots, one)),
    ):
        yield Piece(
            section=SECTION,
            path=f"{folder}/{name}",
            title=(f"{title[0]}{words[0]}", f"{words[1]}, {title[1]}"),
            kind=PaperKind.POSITION,
            day=day,
            write=writer,
            stamp=state.head,
        )
    yield from _declarations(state, one, folder, title[0])


def _matrix(state: State, one: SignOff, target: BinaryIO) -> None:
    revision = revision_at(one, plan=state.plan)
    shown = board(sign_off=one, revision=revision)
    wanted = Wanted()
    sheet = write_sheet(
        chosen_rows(shown, wanted),
        parties=chosen_parties(shown, wanted),
        wanted=wanted,
        preface=[state.plan.title_zh, f"{revision.label}  {revision.hash}", ""],
        created=state.plan.created_at.astimezone(UTC).replace(tzinfo=None),
    )
    target.write(sheet.getvalue())


def _ballots(one: SignOff, target: BinaryIO) -> None:
    """A line for each ballot, those later replaced by one on a newer wording too."""
    rows = SignOffBallot.objects.filter(sign_off=one).select_related(
        "item", "version", "revision", "ballot__end"
    )
    rows = rows.defer("revision__manifest", "version__content").prefetch_related(
        "ballot__electors", "ballot__positions"
    )
    for row in rows.order_by("pk").iterator(chunk_size=PAGE):
        target.write(canonical.canonical(_ballot(row)).encode() + b"\n")


def _ballot(row: SignOffBallot) -> dict[str, object]:
    ballot = row.ballot
    end = getattr(ballot, "end", None)
    return {
        "item": row.item.key,
        "version": row.version.hash,
        "revision": row.revision.number,
        "rule": ballot.rule,
        "opened_at": ballot.opened_at,
        "electors": sorted(str(one.jurisdiction_id) for one in ballot.electors.all()),
        "positions": [
            position_content(one) for one in sorted(ballot.positions.all(), key=lambda one: one.pk)
        ],
        "end": end and {"outcome": end.outcome, "reason": end.reason, "at": end.at},
    }


def _declarations(state: State, one: SignOff, folder: str, title: str) -> Iterator[Piece]:
    """Each with its receipt, which verifies alone, and its stamped letter."""
    for row in one.declarations.all():
        unit = row.jurisdiction
        yield Piece(
            section=SECTION,
            path=f"{folder}/declarations/{unit.pk}-{row.pk}.json",
            title=(f"{unit.name_zh}{title}表态及回执", f"{unit.name_en}: position and receipt"),
            kind=PaperKind.POSITION,
            day=day_of(row.at),
            author=unit.name_zh,
            write=text_writer(partial(_receipt, state, row)),
            stamp=f"{state.head}{state.told}",
        )
        if row.letter_file:
            yield upload_piece(
                row.letter_file,
                section=SECTION,
                stem=f"{folder.partition('/')[2]}/letters/{unit.pk}-{row.pk}",
                title=(f"{unit.name_zh}{title}公函", f"{unit.name_en}: letter on the position"),
                kind=PaperKind.POSITION,
                day=day_of(row.at),
                author=unit.name_zh,
            )


def _receipt(state: State, row: Declaration) -> str:
    """What the party has in hand; of a position that the record does not hold, its text alone."""
    try:
        return receipt_of(state.plan, row).text
    except Conflict:
        said = {"algorithm": canonical.ALGORITHM, "content": row.content, "hash": row.hash}
        return canonical.canonical(said) + "\n"


def _reservations(state: State, shut: list[int]) -> Iterator[Piece]:
    found = Reservation.objects.filter(item__plan=state.plan)
    found = found.exclude(position__ballot__sign_off_ballot__sign_off__in=shut)

    def rows() -> Iterator[tuple[str, ...]]:
        for one in found.select_related("item", "jurisdiction", "position", "lift").order_by("pk"):
            lift = getattr(one, "lift", None)
            yield (
                one.item.key,
                str(one.jurisdiction_id),
                one.jurisdiction.name_zh,
                one.scope,
                one.text_zh,
                one.text_en,
                one.lifted_if_zh,
                one.lifted_if_en,
                day_of(one.review_on),
                instant(one.position.at),
                instant(lift.at if lift else None),
                lift.reason if lift else "",
            )

    if not found.exists():
        return
    headings = (
        *("条款标识 item", "代码 code", "单位 party", "范围 scope", "保留意见 reservation"),
        *("reservation (English)", "解除条件 lifted if", "lifted if (English)"),
        *("复核日期 review on", "提出 made", "解除 lifted", "解除理由 reason"),
    )
    yield from table_pieces(
        state=state,
        section=SECTION,
        stem="reservations",
        title=("保留意见台账", "Register of reservations"),
        kind=PaperKind.POSITION,
        table=Table(headings=headings, rows=rows),
    )


def _conditions(state: State, shut: list[int]) -> Iterator[Piece]:
    """Conditions of an agreement in principle, what was reported on them and confirmed."""
    found = Condition.objects.filter(declaration__sign_off__plan=state.plan)
    found = found.exclude(declaration__sign_off__in=shut)

    def rows() -> Iterator[tuple[str, ...]]:
        for one in found.select_related("item", "declaration").order_by("pk"):
            head = (
                one.item.key if one.item else "",
                str(one.declaration.jurisdiction_id),
                str(one.number),
                one.text,
                str(one.by_id or ""),
                day_of(one.due_on),
            )
            reports = one.reports.select_related("confirmation").order_by("pk")
            if not reports:
                yield (*head, "", "", "")
            for row in reports:
                word = getattr(row, "confirmation", None)
                met = "" if word is None else "已落实 met" if word.is_met else "未落实 not met"
                yield (*head, row.text, instant(row.at), met)

    if not found.exists():
        return
    headings = (
        *("条款标识 item", "提出单位 party", "序号 number", "条件 condition", "落实单位 by"),
        *("期限 due", "落实情况 report", "时间 at", "确认 confirmed"),
    )
    yield from table_pieces(
        state=state,
        section=SECTION,
        stem="conditions",
        title=("原则同意条件及落实情况", "Conditions of agreements in principle"),
        kind=PaperKind.POSITION,
        table=Table(headings=headings, rows=rows),
    )


def _requests(state: State) -> Iterator[Piece]:
    found = ReopeningRequest.objects.filter(sign_off__plan=state.plan)

    def rows() -> Iterator[tuple[str, ...]]:
        for one in found.select_related("jurisdiction", "answer").order_by("pk"):
            answer = getattr(one, "answer", None)
            keys = one.items.order_by("pk").values_list("item__key", flat=True)
            yield (
                str(one.jurisdiction_id),
                one.jurisdiction.name_zh,
                " ".join(keys),
                one.reason,
                instant(one.at),
                ""
                if answer is None
                else "同意 accepted"
                if answer.is_accepted
                else "不同意 refused",
                answer.reason if answer else "",
            )

    if not found.exists():
        return
    headings = (
        *("代码 code", "单位 party", "条款标识 items", "理由 reason", "时间 at"),
        *("答复 answer", "答复理由 reason of the answer"),
    )
    yield from table_pieces(
        state=state,
        section=SECTION,
        stem="reopening",
        title=("重新协商申请一览表", "Requests to reopen"),
        kind=PaperKind.POSITION,
        table=Table(headings=headings, rows=rows),
    )
