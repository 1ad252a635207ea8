"""When reminders are due, and how often the sweep runs."""

from datetime import timedelta

WINDOWS = (0, 1, 3, 7)  # days before the day of the deadline
OVERDUE_EVERY = 2  # days between two reminders of what is late
SOON = timedelta(days=7)
SWEEP_LATE = timedelta(seconds=90)
HOUSEKEEPING_EVERY = timedelta(hours=1)
KEEP_SENT_MAIL = timedelta(days=400)
MAIL_BATCH = 100
MAIL_SECONDS = 120.0  # a sweep stops sending after this; the next goes on
SWEEP_LOCK = 7_466_521  # number of the advisory lock: one sweep at a time
