"""Fixed words of the administrative map: levels, kinds of adjacency, kinds of region."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(TextChoices):
    """The administrative level of a unit, from the top down."""

    COUNTRY = "country", _("Country")
    PROVINCE = "province", _("Province level")
    PREFECTURE = "prefecture", _("Prefecture level")
    COUNTY = "county", _("County level")

    @property
    def rank(self) -> int:
        """0 for the country, growing downwards: a parent's rank is smaller than its child's."""
        return list(Level).index(self)


class Relation(TextChoices):
    """How two units of one level touch."""

    BORDER = "border", _("Common border")
    POINT = "point", _("Meet in one point")
    NEAR = "near", _("Borders a short distance apart")
    BRIDGE = "bridge", _("Joined by a bridge or tunnel across water")
    WATER = "water", _("Face each other across water")


# What no map of borders shows; kept by hand.
ACROSS_WATER = frozenset({Relation.BRIDGE, Relation.WATER})


class RegionKind(TextChoices):
    """What a coordination region is. The values are those of the source table."""

    ECONOMIC_ZONE = "economic zone", _("Economic zone")
    MEETING_SYSTEM = "meeting system", _("Meeting system")
    MAYORS_CONFERENCE = "mayors conference", _("Mayors' conference")
    LEADERS_MEETING = "leaders meeting", _("Leaders' meeting")
    REGIONAL_PLAN = "regional plan", _("Regional plan")
    REGIONAL_PLAN_CORE = "regional plan core", _("Core area of a regional plan")
    DEVELOPMENT_PLAN = "development plan", _("Development plan")
    TOWN_CIRCLE = "town circle", _("Cross-border town circle")
    INNOVATION_CORRIDOR = "innovation corridor", _("Innovation corridor")
    METROPOLITAN_AREA = "metropolitan area", _("Metropolitan area")
    STANDING_OFFICE = "standing office", _("Standing office")
    PLAN_AREA = "plan area", _("Plan area")
    PLAN_CORE_AREA = "plan core area", _("Central area of a plan")
    DEMONSTRATION_ZONE = "demonstration zone", _("Demonstration zone")
    PAIRING = "pairing", _("Paired support")
    RIVER_BASIN = "river basin", _("River basin")


class MembersStatus(TextChoices):
    """How well the list of a region's members is founded."""

    TWO_PUBLIC = "verified-two-public-sources", _("Verified in two public sources")
    ONE_PUBLIC = "verified-one-public-source", _("Verified in one public source")
    TWO = "verified-two-sources", _("Verified in two sources")
    ONE = "one-source", _("One source")
    CONFLICTING = "verified-conflicting-count", _("Sources differ on the number of members")
    SCANNED = "scanned-table", _("Read from a scanned table")
    WEAK = "weak-source", _("Weak source")
    BY_NAME = "by-name", _("Members taken from the name")
    DERIVED = "derived-not-verified", _("Derived, not verified")
    NOT_VERIFIED = "members-not-verified", _("Members not verified")
    OFFICIAL = "official", _("Official list")


class MemberRole(TextChoices):
    """The part a member plays in a region."""

    MEMBER = "member", _("Member")
    FOUNDER = "founder", _("Founder")
    HELPER = "helper", _("Helping side")
    HELPED = "helped", _("Helped side")


class DayBasis(TextChoices):
    """What says that a day is worked or rested against the ordinary week."""

    NOTICE = "notice", _("Yearly notice of the State Council")
    LAW = "law", _("Expected by law; the notice is not out or was not found")
    OWN = "own", _("Entered by this site")

    @classmethod
    def entered(cls) -> list[tuple[str, Any]]:
        """What an administrator may enter: the law is data of the product."""
        return [(one.value, one.label) for one in (cls.NOTICE, cls.OWN)]


class SuccessionKind(TextChoices):
    """How one unit followed another."""

    RENAMED = "renamed", _("Renamed under a new code")
    UPGRADED = "upgraded", _("Changed in kind under a new code")
    MERGED = "merged", _("Merged")
    SPLIT = "split", _("Split")
    BOUNDARY = "boundary", _("Part of the area passed over")


# The predecessor goes on existing.
CONTINUING = frozenset({SuccessionKind.BOUNDARY})


class TableName(TextChoices):
    """Tables that administrators may upload."""

    JURISDICTIONS = "jurisdictions", _("Jurisdictions")
    MANDATES = "mandates", _("Mandates")


class Outcome(TextChoices):
    """What a row of an uploaded table does."""

    NEW = "new", pgettext_lazy("row", "To be entered")
    PENDING = "pending", pgettext_lazy("row", "To be entered; a second person confirms it")
    CHANGED = "changed", pgettext_lazy("row", "To be changed")
    SAME = "same", pgettext_lazy("row", "Unchanged")
    FAULT = "fault", pgettext_lazy("row", "Error")


WRITES = frozenset({Outcome.NEW, Outcome.PENDING, Outcome.CHANGED})
