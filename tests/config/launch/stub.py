"""A project as small as can be, for the launcher to run: it notes down what it is asked to do."""

import shutil
from pathlib import Path

from config.launch.paths import Checkout
from config.launch.terms import SOURCE

WSGI = """
def application(environ, start):
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"ready"]
"""
CELERY = """
import os
from celery import Celery
app = Celery("config", broker=os.environ["BROKER_URL"])
"""
MANAGE = """
import os, sys, time
import psycopg
owner = sys.argv[1] in ("migrate", "after_restore")
who = "as owner" if "DATABASE_OWNER_URL" in os.environ else "as application"
with open("calls.txt", "a") as calls:
    print(*sys.argv[1:], who, file=calls)
with psycopg.connect(os.environ["DATABASE_OWNER_URL" if owner else "DATABASE_URL"]) as connection:
    if sys.argv[1] == "migrate":
        connection.execute("CREATE TABLE IF NOT EXISTS note (word text PRIMARY KEY)")
    if sys.argv[1:] == ["load_demonstration", "--if-empty"]:
        connection.execute("INSERT INTO note VALUES ('demonstration') ON CONFLICT DO NOTHING")
    if sys.argv[1] == "after_restore":
        connection.execute("INSERT INTO note VALUES ('held')")
if sys.argv[1:] == ["load_demonstration", "--accounts"]:
    print("accounts: chen@example.org")
while sys.argv[1] == "sweep":
    time.sleep(1)
"""


def plant(checkout: Checkout) -> None:
    """Lay the launcher and a stub of the project into `checkout`."""
    shutil.copytree(SOURCE / "config" / "launch", checkout.root / "config" / "launch")
    for name, text in {
        "config/__init__.py": "",
        "config/settings.py": "SECRET_KEY = 'stub'\n",
        "config/wsgi.py": WSGI,
        "config/celery.py": CELERY,
        "manage.py": MANAGE,
    }.items():
        (checkout.root / name).write_text(text, encoding="utf-8")


def calls(checkout: Checkout) -> list[str]:
    """Return what manage.py was asked, and as which role, since the last call of this function."""
    path = Path(checkout.root / "calls.txt")
    found = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    path.unlink(missing_ok=True)
    return sorted(found)
