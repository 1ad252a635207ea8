"""What is missing in a plan before it is frozen, as one shape for the audits of all slices."""

from dataclasses import dataclass

from stakeholders.terms.errors import Text


@dataclass(frozen=True, kw_only=True)
class Audit:
    """One gap: which audit found it (a code), of which item ("" for the plan), in plain words,
    the page that removes it, and the heading its kind is listed under."""

    kind: str
    item: str
    text: Text
    url: str
    label: Text = ""
