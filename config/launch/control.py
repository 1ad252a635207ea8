"""`down`, `status` and `database`: a site seen from another terminal."""

import signal

from config.launch import children, environment, processes
from config.launch.broker import Broker
from config.launch.lock import holder, is_held
from config.launch.paths import Checkout
from config.launch.postgres import Postgres
from config.launch.supervisor import stop_servers
from config.launch.terms import LaunchError

DOWN_SECONDS = 70.0


def is_up(checkout: Checkout) -> bool:
    """Say whether `up` runs in this checkout."""
    return is_held(checkout.run / "up.lock")


def down(*, checkout: Checkout) -> None:
    """Stop `up`, and whatever a killed one left: the site, the broker, the database.

    Raises LaunchError when the running `up` does not end.
    """
    checkout.prepare()
    lock = checkout.run / "up.lock"
    chief = holder(lock)
    if is_held(lock) and chief is not None:
        processes.send(chief, signal.SIGTERM)
        if not processes.wait_until(lambda: not is_held(lock), seconds=DOWN_SECONDS):
            raise LaunchError(
                f"process {chief} does not end: kill -9 {chief}, then make down again"
            )
    children.end_leftovers(checkout=checkout)
    stop_servers(environment.Servers(postgres=Postgres(checkout), broker=Broker(checkout)))


def status(*, checkout: Checkout) -> dict[str, bool]:
    """Say for `up`, both servers and each child whether it runs."""
    checkout.prepare()
    found = {"up": is_up(checkout)}
    for name, server in (("postgres", Postgres(checkout)), ("broker", Broker(checkout))):
        found[name] = server.data.exists() and server.responds()
    for name, group in children.noted(checkout=checkout).items():
        found[name] = bool(processes.of_groups([group], folder=checkout.root))
    return found


def database(*, checkout: Checkout) -> str:
    """Start the embedded database alone and return the addresses of both roles; `down` stops it."""
    checkout.prepare()
    server = Postgres(checkout)
    server.start()
    site = environment.Servers(postgres=server, broker=None)
    of_site = environment.of_site(checkout=checkout, servers=site, port=environment.port_wanted())
    owner = environment.of_owner(site=of_site, servers=site)
    return "".join(
        f"export {name}='{owner[name]}'\n"
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "SECRET_KEY")
    )
