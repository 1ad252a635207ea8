"""How mail is tried again."""

from datetime import timedelta

CLAIM = timedelta(minutes=10)  # longer than a batch takes; a sender that died frees its claims
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
REFUSALS_BEFORE_HOLD = 5  # a mail the server refuses for good waits for an administrator
