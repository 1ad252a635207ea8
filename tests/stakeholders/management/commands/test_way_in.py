"""Who starts an empty site is told where it is written how to enter it."""

from io import StringIO

import pytest
from django.core.management import call_command

from config.launch.terms import SOURCE
from stakeholders.management.commands.way_in import WORDS
from stakeholders.people.models import User

pytestmark = pytest.mark.django_db


def said() -> str:
    out = StringIO()
    call_command("way_in", stdout=out)
    return out.getvalue()


def test_only_a_site_without_a_person_is_told_where_to_read_on() -> None:
    assert not User.objects.exists()
    assert said() == f"{WORDS}\n"
    User.objects.create_user("somebody@site.example", None, name_zh="某人")
    assert said() == ""


def test_the_place_it_names_is_there() -> None:
    heading = WORDS.partition('"')[2].rstrip('"')
    text = (SOURCE / "docs" / "running.md").read_text(encoding="utf-8")
    assert f"\n## {heading}\n" in text
