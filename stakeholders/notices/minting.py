"""Links that are made only while their mail is sent, by the slice that knows what they open.

Mail lies below the slices that make such links, so each registers its minter when the program
starts (`apps.ready`). A minter commits what it stores of the secret (a hash) before it returns:
were it stored after the mail has left, a crash in between would leave a link that opens nothing.
"""

from collections.abc import Callable

GAP = "{link}"  # where the link goes in the text of a mail

# What the link is for (a key of the minter's own) -> its path; None when it is given no more.
Minter = Callable[[str], str | None]
_minters: dict[str, Minter] = {}


def register(name: str, minter: Minter) -> None:
    """Let mails that name `name` have their links made by `minter`."""
    _minters[name] = minter


def mint(name: str, about: str) -> str | None:
    """The path of a new link; None when nothing is to be opened any more.

    ValueError for an unknown minter: the mail waits and the failure is noted on it.
    """
    if name not in _minters:
        raise ValueError(f"no minter {name}")
    return _minters[name](about)
