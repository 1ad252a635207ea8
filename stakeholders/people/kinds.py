"""Mandates from an uploaded table: checked row by row, each granted by its ordinary act."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stakeholders.jurisdictions.deliveries import Examined, Finding
from stakeholders.jurisdictions.enums import Outcome, TableName
from stakeholders.jurisdictions.kinds import Check, Entry
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.jurisdictions.queries import levels_by_code
from stakeholders.jurisdictions.reading import Line, RowError
from stakeholders.jurisdictions.reading.sheets import Sheet
from stakeholders.people.actions import enter_person, grant_mandate
from stakeholders.people.enums import RoleName
from stakeholders.people.models import Mandate, Organization, User
from stakeholders.people.rules import require_keeper
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid, Refused

LENGTHS = {"email": 254, "name_zh": 60, "name_en": 80, "title_zh": 80, "document": 120}
PLAN_KEY = 60


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row as a mandate."""

    line: Line
    email: str
    role: RoleName
    holder: str  # the jurisdiction's code, or the organization's key
    is_organization: bool
    document: str
    begin: datetime | None
    end: datetime | None
    plan_key: str

    @property
    def sort(self) -> tuple[str, str, bool, str, str]:
        """What two mandates must not share at the same time."""
        return self.email, self.holder, self.is_organization, self.role.value, self.plan_key


class MandatesTable:
    """Mandates. One that a signatory is to hold waits for a second person, as everywhere."""

    name: TableName = TableName.MANDATES
    required: Sequence[str] = ("email", "role", "document")
    optional: Sequence[str] = (
        "jurisdiction",
        "organization",
        "name_zh",
        "name_en",
        "title_zh",
        "valid_from",
        "valid_until",
        "plan_key",
    )
    examples: Sequence[Sequence[str]] = (
        (
            *("planner@qingpu.example", "planner", "青规划资源〔2026〕12号", "310118", ""),
            *("青浦区规划编制人员", "Qingpu planner", "规划科科长", "2026-01-01", "2027-12-31", ""),
        ),
    )
    at_once = 50

    def require(self, actor: Actor) -> None:
        require_keeper(actor=actor, act="mandates.import")

    def examine(self, sheet: Sheet, *, actor: Actor) -> Examined:
        known = _Known(sheet.lines, actor=actor)
        return {line.number: known.finding(line) for line in sheet.lines}

    def enter(self, sheet: Sheet, lines: Sequence[Line], *, actor: Actor) -> Mapping[int, Text]:
        stopped: dict[int, Text] = {}
        for line in lines:
            try:
                with transaction.atomic():
                    _grant(_read(line), actor=actor)
            except Refused as error:
                stopped[line.number] = error.text or _(
                    "Nobody grants or confirms a mandate for oneself."
                )
            except Invalid as error:
                stopped[line.number] = next(iter(error.errors.values()))
            except Conflict as error:
                stopped[line.number] = error.text
        return stopped


class MandatesCheck(Check):
    table = MandatesTable()
    permission = "stakeholders.add_mandate"


class MandatesEntry(Entry):
    table = MandatesTable()
    permission = "stakeholders.add_mandate"


def _grant(row: Row, *, actor: Actor) -> None:
    user = User.objects.filter(email__iexact=row.email).first()
    if user is None:
        names = {name: row.line.text(name) for name in ("name_zh", "name_en")}
        user = enter_person(actor=actor, email=row.email, **names)
    jurisdiction, organization = None, None
    if row.is_organization:
        organization = Organization.objects.get(key=row.holder)
    else:
        jurisdiction = Jurisdiction.objects.get(pk=row.holder)
    grant_mandate(
        actor=actor,
        user=user,
        role=Role(row.role.value),
        document=row.document,
        jurisdiction=jurisdiction,
        organization=organization,
        valid_from=row.begin,
        valid_until=row.end,
        plan_key=row.plan_key,
        title_zh=row.line.text("title_zh"),
    )


def _read(line: Line) -> Row:
    """One row, looked at alone. RowError."""
    email = line.filled("email").lower()
    try:
        validate_email(email)
    except ValidationError:
        said = gettext("“%(value)s” is not an e-mail address.")
        raise line.refuse("email", said % {"value": email}) from None
    for column, most in LENGTHS.items():
        if len(line.text(column)) > most:
            said = gettext("The cell holds more than %(count)s characters.")
            raise line.refuse(column, said % {"count": most})
    code, key = line.code_if_any("jurisdiction"), line.text("organization")
    if bool(code) == bool(key):
        raise line.refuse("jurisdiction", gettext("Name one jurisdiction or one organization."))
    begin, end = _instant(line, "valid_from", time.min), _instant(line, "valid_until", time.max)
    if end is not None and end <= (begin or clock.now()):
        raise line.refuse("valid_until", gettext("The end must lie after the beginning."))
    return Row(
        line=line,
        email=email,
        role=line.choice("role", RoleName),
        holder=code or key,
        is_organization=not code,
        document=line.filled("document"),
        begin=begin,
        end=end,
        plan_key=_plan_key(line),
    )


def _instant(line: Line, column: str, hour: time) -> datetime | None:
    """The beginning of a first day, or the end of a last one, in the site's time zone."""
    day = line.day(column)
    return timezone.make_aware(datetime.combine(day, hour)) if day else None


def _plan_key(line: Line) -> str:
    key = line.text("plan_key")
    try:
        if key:
            validate_slug(key)
    except ValidationError:
        key = "x" * (PLAN_KEY + 1)
    if len(key) > PLAN_KEY:
        said = gettext("“%(value)s” is not the key of a plan.")
        raise line.refuse("plan_key", said % {"value": line.text("plan_key")})
    return key


class _Known:
    """People, units, bodies and mandates that the rows name, read at once."""

    def __init__(self, lines: Sequence[Line], *, actor: Actor) -> None:
        self.actor = actor
        self.codes = levels_by_code()
        emails = {line.text("email").lower() for line in lines}
        self.people = {u.email.lower(): u for u in User.objects.filter(email__in=emails)}
        keys = {line.text("organization") for line in lines}
        bodies = Organization.objects.filter(key__in=keys - {""})
        self.bodies = {body.key: body.pk for body in bodies}
        self.names = {pk: key for key, pk in self.bodies.items()}
        self.held = self._held_by(self.people.values())
        self.seen: dict[tuple[str, str, bool, str, str], list[Row]] = defaultdict(list)

    def _held_by(self, people: Iterable[User]) -> dict[object, list[Mandate]]:
        held: dict[object, list[Mandate]] = defaultdict(list)
        emails = {user.pk: email for email, user in self.people.items()}
        for mandate in Mandate.objects.filter(user__in=[user.pk for user in people]):
            code, body = mandate.jurisdiction_id, self.names.get(mandate.organization_id or 0, "")
            sort = (emails[mandate.user_id], code or body, not code, mandate.role, mandate.plan_key)
            held[sort].append(mandate)
        return held

    def finding(self, line: Line) -> Finding | RowError:
        try:
            row = _read(line)
            self._check(row)
            outcome = self._outcome(row)
        except RowError as fault:
            return fault
        self.seen[row.sort].append(row)
        return Finding(
            number=line.number,
            outcome=outcome,
            label=f"{row.email} · {row.holder} · {row.role.value}"[:300],
        )

    def _check(self, row: Row) -> None:
        line, user = row.line, self.people.get(row.email)
        if row.is_organization and row.holder not in self.bodies:
            said = gettext("There is no organization with the key %(key)s.")
            raise line.refuse("organization", said % {"key": row.holder})
        if not row.is_organization and row.holder not in self.codes:
            said = gettext("There is no unit with the code %(code)s.")
            raise line.refuse("jurisdiction", said % {"code": row.holder})
        if user is None:
            line.filled("name_zh")
        elif user.pk == self.actor.user_id:
            said = gettext("Nobody grants or confirms a mandate for oneself.")
            raise line.refuse("email", said)
        elif not user.is_active:
            raise line.refuse("email", gettext("This person's account is closed."))
        self._check_above(row)

    def _check_above(self, row: Row) -> None:
        """Against the rows further up."""
        for other in self.seen[row.sort]:
            if _meet(row.begin, row.end, other.begin, other.end):
                same = (row.begin, row.end, row.document) == (
                    other.begin,
                    other.end,
                    other.document,
                )
                said = (
                    gettext("The same mandate stands already in line %(line)s.")
                    if same
                    else gettext("The period overlaps that of the same mandate in line %(line)s.")
                )
                raise row.line.refuse("valid_from", said % {"line": other.line.number})

    def _outcome(self, row: Row) -> Outcome:
        for mandate in self.held[row.sort]:
            if mandate.valid_until is not None and mandate.valid_until <= mandate.valid_from:
                continue  # ended before it began: it never counted
            if not _meet(row.begin, row.end, mandate.valid_from, mandate.valid_until):
                continue
            begin = row.begin or mandate.valid_from
            if (begin, row.end, row.document) == (
                mandate.valid_from,
                mandate.valid_until,
                mandate.document,
            ):
                return Outcome.SAME
            said = gettext(
                "The person holds this mandate already since %(begin)s (%(document)s). End it first."
            )
            given = {
                "begin": timezone.localdate(mandate.valid_from).isoformat(),
                "document": mandate.document,
            }
            raise row.line.refuse("valid_from", said % given)
        return Outcome.PENDING if row.role is RoleName.SIGNATORY else Outcome.NEW


def _meet(
    begin: datetime | None, end: datetime | None, since: datetime | None, until: datetime | None
) -> bool:
    """Whether two periods share an instant; one without a beginning begins now."""
    now = clock.now()
    one, other = begin or now, since or now
    return (until is None or one < until) and (end is None or other < end)
