"""`manage.py after_restore`: shut every door of a database that was restored from a backup."""

from django.core.management.base import BaseCommand

from stakeholders.people.actions import close_after_restore
from stakeholders.terms.actor import SYSTEM


class Command(BaseCommand):
    help = "After a restore: delete API tokens and sessions, hold unsent mail and blank its links."

    def handle(self, *args: object, **options: object) -> None:
        for name, count in close_after_restore(actor=SYSTEM).items():
            self.stdout.write(f"{name}: {count}")
