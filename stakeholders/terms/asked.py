"""Numbers out of addresses and forms: whoever sends them may send anything."""

import re

# Nine digits fit every column; int() itself fails on thousands of digits.
_NUMBER = re.compile(r"[0-9]{1,9}")


def asked_number(text: str, *, default: int) -> int:
    """The number that `text` writes with at most nine plain digits; else `default`."""
    return int(text) if _NUMBER.fullmatch(text) else default
