"""Words that every module of the launcher shares."""

from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
"""The checkout that this launcher belongs to."""

ANY_HOME = Path("/")
"""Working folder of servers: one that every account may enter."""


class LaunchError(Exception):
    """Something the person at the keyboard can put right; the text says how."""
