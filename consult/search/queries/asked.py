"""What a reader looks for."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`terms` as `words.terms_of` makes them, at least one; "" and None ask for nothing. `kind`
    and `state`: values of the enumerations; `jurisdiction`: a code; the days are included."""

    terms: tuple[str, ...]
    plan: str = ""
    kind: str = ""
    jurisdiction: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None
