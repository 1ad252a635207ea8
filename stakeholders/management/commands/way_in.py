"""`manage.py way_in`: where it is written how the first person of an empty site comes to be."""

from typing import Any

from django.core.management.base import BaseCommand

from stakeholders.people.models import User

WORDS = 'Nobody can sign in yet: docs/running.md, "From an empty site to the first plan"'


class Command(BaseCommand):
    help = "Say where to read on when the site has no person; say nothing otherwise."

    def handle(self, *args: Any, **options: Any) -> None:
        if not User.objects.exists():
            self.stdout.write(WORDS)
