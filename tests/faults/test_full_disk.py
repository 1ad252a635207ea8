"""A disk without room: under a whole site, and under the mails of one that writes them into a folder."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.mail.backends.filebased import EmailBackend

from stakeholders.notices.actions import drain_outbox
from stakeholders.notices.models import OutboxMessage
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM
from tests.faults import disk_drill
from tests.saying import Say
from tests.world import World


def test_mail_that_finds_no_room_waits_and_leaves_once_there_is(
    world: World, settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    words = {"subject": "Subject", "body": "Body", "created_at": clock.now()}
    row = OutboxMessage.objects.create(dedupe_key="k", recipient="a@b.example", **words)
    with monkeypatch.context() as patch:
        # Every write there says that no room is left.
        patch.setattr(EmailBackend, "_get_filename", lambda _self: "/dev/full")
        assert drain_outbox(actor=SYSTEM) == 0
    row.refresh_from_db()
    assert (row.sent_at, row.held_at, row.claimed_until) == (None, None, None)
    assert "No space left on device" in row.last_error
    assert list(tmp_path.iterdir()) == []
    with clock.stated(clock.now() + timedelta(hours=2)):
        assert drain_outbox(actor=SYSTEM) == 1
    (mail,) = tmp_path.iterdir()
    assert "To: a@b.example" in mail.read_text(encoding="utf-8")


@pytest.mark.prove(minutes=2)
def test_a_site_on_a_full_disk_says_so_loses_nothing_and_goes_on(say: Say) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.disk_drill"],
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode == disk_drill.NO_DISK and os.environ.get("CI") != "true":
        pytest.skip(done.stderr)
    assert done.returncode == 0, done.stderr
    for title, counts in json.loads(done.stdout).items():
        say(title, counts)
