"""A disk without room under the mails of a site that writes them into a folder."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.mail.backends.filebased import EmailBackend

from stakeholders.notices.actions import drain_outbox
from stakeholders.notices.models import OutboxMessage
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM
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
