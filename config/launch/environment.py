"""What the launcher tells the processes it starts, through their environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from config.launch import roles
from config.launch.broker import Broker
from config.launch.paths import Checkout
from config.launch.postgres import Postgres
from config.launch.secrets import secret

DEFAULT_PORT = 8000


@dataclass(frozen=True)
class Servers:
    """The two servers of a site; None where the environment names another one."""

    postgres: Postgres | None
    broker: Broker | None

    @classmethod
    def of(cls, *, checkout: Checkout) -> "Servers":
        """Return the embedded servers that DATABASE_URL and BROKER_URL do not replace."""
        return cls(
            postgres=None if os.environ.get("DATABASE_URL") else Postgres(checkout),
            broker=None if os.environ.get("BROKER_URL") else Broker(checkout),
        )


def port_wanted() -> int:
    """Return the port of the site: PORT, or 8000."""
    return int(os.environ.get("PORT") or DEFAULT_PORT)


def of_site(*, checkout: Checkout, servers: Servers, port: int) -> dict[str, str]:
    """Return the environment of web, worker, beat and sweep: only the application's role."""
    here = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "JOINTPLAN_EMBEDDED": "1",
        "SECRET_KEY": secret(checkout=checkout, name="key"),
        "SITE_URL": f"http://localhost:{port}",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "LOG_DIR": str(checkout.log),
        "MEDIA_ROOT": str(checkout.files),
        "MAIL_DIR": str(checkout.mail),
        "STATIC_ROOT": str(checkout.static),
        "PYTHONUNBUFFERED": "1",
    }
    if servers.postgres is not None:
        here["DATABASE_URL"] = servers.postgres.url(role=roles.APPLICATION)
    if servers.broker is not None:
        here["BROKER_URL"] = servers.broker.url
    return _over(os.environ, here, without=("DATABASE_OWNER_URL",))


def of_owner(*, site: Mapping[str, str], servers: Servers) -> dict[str, str]:
    """Return the environment of commands that change the database's structure."""
    owner = (
        servers.postgres.url()
        if servers.postgres is not None
        else os.environ.get("DATABASE_OWNER_URL", "")
    )
    return _over(site, {"DATABASE_OWNER_URL": owner} if owner else {})


def of_tests(*, checkout: Checkout, server: Postgres | None) -> dict[str, str]:
    """Return the environment of a test run: its database is the owner's, who may create more."""
    folder = checkout.var / "test"
    here = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": "a key for tests, " * 4,
        "SITE_URL": "http://localhost:8000",
        "PYTHONUNBUFFERED": "1",
    }
    here |= {"LOG_DIR": str(folder / "log"), "MEDIA_ROOT": str(folder / "files")}
    for place in (folder / "log", folder / "files"):
        place.mkdir(parents=True, exist_ok=True)
    if server is not None:
        here["DATABASE_URL"] = server.url()
        here["DATABASE_APPLICATION_URL"] = server.url(role=roles.APPLICATION)
    return _over(os.environ, here, without=("DATABASE_OWNER_URL", "JOINTPLAN_EMBEDDED"))


def _over(
    below: Mapping[str, str], above: Mapping[str, str], *, without: tuple[str, ...] = ()
) -> dict[str, str]:
    return {name: word for name, word in below.items() if name not in without} | dict(above)
