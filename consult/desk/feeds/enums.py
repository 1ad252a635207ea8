"""Limits of calendar feeds."""

from datetime import time, timedelta

MOST = 20  # living feeds of one person
READ_EVERY = timedelta(hours=1)  # the last reading is written this often at most
REFRESH = timedelta(hours=1)  # how often a calendar program is asked to look
ALARM_AT = time(9, 0)  # of the last working day before the deadline
SECRET_BYTES = 32
