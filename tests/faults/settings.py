"""The site's settings with the minute of a sweep made seconds, so that a fault test ends."""

import os
from datetime import timedelta

from config.settings import *  # noqa: F403 - these are those settings
from config.settings import CELERY_BEAT_SCHEDULE, STORAGES
from consult.desk import enums as desk
from stakeholders.notices import enums as notices

BEAT_SECONDS = float(os.environ.get("FAULTS_BEAT", "4"))

CELERY_BEAT_SCHEDULE = {
    name: {**entry, "schedule": min(float(entry["schedule"]), BEAT_SECONDS)}
    for name, entry in CELERY_BEAT_SCHEDULE.items()
}
desk.SWEEP_LATE = timedelta(seconds=1.5 * BEAT_SECONDS)
notices.IDLE = timedelta(seconds=2)
notices.AWAY_WAIT = notices.FIRST_WAIT = timedelta(seconds=3)
ACCOUNT_REAUTHENTICATION_TIMEOUT = 3600  # those who take positions proved themselves at the start
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Nothing was collected: pages are rendered from the source folders.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
