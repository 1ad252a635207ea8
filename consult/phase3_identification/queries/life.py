"""Where a sign-off stands in its life: what can be done with it now, and why not.

The one definition behind the buttons of the pages and the refusals of the acts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.ballots.models import TwoPersonProposal
from consult.ballots.queries import waiting_proposal
from consult.phase1_organization.content import CharterContent
from consult.phase1_organization.enums import Override, TwoPersonAct
from consult.phase3_identification.models import SignOff
from consult.phase3_identification.queries.charters import charter_of
from consult.phase3_identification.queries.positions import newest_answers
from consult.phase3_identification.queries.sign_offs import electorate
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.duty import Text

CLOSE = TwoPersonAct.CLOSE.value
BETWEEN = pgettext_lazy("between names", ", ")


def subject_of_close(sign_off: SignOff) -> str:
    return f"sign_off:{sign_off.pk}"


@dataclass(frozen=True, kw_only=True)
class Life:
    """One open sign-off at one instant. `missing`: the parties that have not spoken."""

    sign_off: SignOff
    charter: CharterContent
    at: datetime
    parties: Sequence[Jurisdiction]
    spoken: frozenset[str]
    waiting_close: TwoPersonProposal | None = None

    @property
    def missing(self) -> list[Jurisdiction]:
        return [unit for unit in self.parties if unit.code not in self.spoken]

    @property
    def is_due(self) -> bool:
        """Whether its hour has come: from this instant on nothing more is taken."""
        return self.sign_off.closes_at is not None and self.at >= self.sign_off.closes_at

    @property
    def is_early(self) -> bool:
        """Whether a close now comes before the hour that was given."""
        return self.sign_off.closes_at is not None and not self.is_due

    @property
    def asks_two(self) -> bool:
        """Whether the charter asks for a second person where a person closes it."""
        return CLOSE in self.charter.two_person

    @property
    def way_to_close(self) -> str:
        """The one way in which a person can close it now: the name of its page."""
        if self.waiting_close is not None:
            return "confirm_close"
        if self.asks_two:
            return "prepare_close"
        return "close_early" if self.is_early else "close"

    @property
    def why_not_recall(self) -> Text | None:
        if self.is_due:
            return _("The closing hour has come.")
        if self.spoken:
            said = [str(unit) for unit in self.parties if unit.code in self.spoken]
            text = _("Positions have been taken already: {parties}. End it without result instead.")
            return format_lazy(text, parties=str(BETWEEN).join(said))
        return None

    @property
    def why_not_close(self) -> Text | None:
        """Why a person cannot close it now; the hour makes no difference once all have spoken."""
        if self.is_due or not self.missing:
            return None
        names = str(BETWEEN).join(str(unit) for unit in self.missing)
        return format_lazy(
            _("All have to speak first. No position has been taken by: {parties}."), parties=names
        )

    @property
    def why_not_adopt(self) -> Text | None:
        """Why nothing can be adopted first now; whether one item can is said by the item."""
        if not self.charter.partial_adoption:
            return _("The charter knows no partial adoption.")
        if self.sign_off.is_sealed and not self.is_due:
            return _("Sealed: nobody can know before the hour which items pass.")
        return None

    @property
    def why_not_override(self) -> Text | None:
        """Why no item can be overridden now; whether one item may be is said by the item."""
        if self.charter.override != Override.GUIDING.value:
            return _("The charter knows no override.")
        if self.is_due:
            return None
        if self.missing:
            return _("An override can be prepared when all have spoken or the hour has come.")
        if self.sign_off.is_sealed:
            return _("Sealed: nobody can know before the hour which items do not pass.")
        return None


def life_of(sign_off: SignOff, *, at: datetime) -> Life:
    """The life of an open sign-off. Five queries."""
    return Life(
        sign_off=sign_off,
        charter=charter_of(sign_off),
        at=at,
        parties=electorate(sign_off),
        spoken=frozenset(code for _pk, code in newest_answers([sign_off])),
        waiting_close=waiting_proposal(sign_off.plan, CLOSE, subject_of_close(sign_off)),
    )
