"""How many consents wait for renewal, over many sign-offs."""

from consult.ballots.enums import PositionValue
from consult.phase3_identification.queries.standing import renewal_counts

CONSENTS = (PositionValue.AGREE.value, PositionValue.AGREE_IN_PRINCIPLE.value)
stale_counts = renewal_counts
