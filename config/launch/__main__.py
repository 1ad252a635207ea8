"""The commands behind make: `python -m config.launch COMMAND`."""

import argparse
import os
import sys
from pathlib import Path

from config.launch import control, environment, processes, testing
from config.launch.backup import back_up, serving
from config.launch.paths import Checkout
from config.launch.restore import restore
from config.launch.site import run_manage
from config.launch.supervisor import up
from config.launch.terms import SOURCE, LaunchError

NO = frozenset({"0", "no", "false"})


def main(arguments: list[str]) -> int:
    """Run one command and return the exit status: 0 done, 1 refused, 2 not understood."""
    chosen, rest = _parser().parse_known_args(arguments)
    rest = rest[1:] if rest[:1] == ["--"] else rest
    if rest and chosen.command not in {"test", "bench", "manage"}:
        _parser().error(f"unknown: {' '.join(rest)}")
    try:
        return _run(chosen, rest, checkout=Checkout(SOURCE))
    except LaunchError as error:
        print(error, file=sys.stderr)
        return 1


def _run(chosen: argparse.Namespace, rest: list[str], *, checkout: Checkout) -> int:
    match chosen.command:
        case "up":
            _up(checkout=checkout, with_parent=chosen.with_parent)
        case "down":
            control.down(checkout=checkout)
        case "status":
            found = control.status(checkout=checkout)
            print(
                "\n".join(
                    f"{name:<9} {'runs' if runs else 'stopped'}" for name, runs in found.items()
                )
            )
            return 0 if found["up"] else 1
        case "database":
            print(control.database(checkout=checkout), end="")
        case "manage":
            with serving(checkout) as server:
                return run_manage(checkout=checkout, server=server, arguments=rest)
        case "test" | "bench":
            return testing.run(
                checkout=checkout, command=(*testing.COMMANDS[chosen.command], *rest)
            )
        case "backup":
            print(back_up(checkout=checkout))
        case "restore":
            restore(checkout=checkout, archive=chosen.file.resolve())
            print(f"restored {chosen.file}; the state before is kept, see docs/running.md")
    return 0


def _up(*, checkout: Checkout, with_parent: bool) -> None:
    if with_parent:
        processes.with_parent()
    wanted = os.environ.get("DEMONSTRATION", "").lower() not in NO
    up(checkout=checkout, port=environment.port_wanted(), demonstration=wanted)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m config.launch", description="Run Jointplan on one machine."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    start = commands.add_parser("up", help="start everything; Ctrl-C stops it")
    start.add_argument(
        "--with-parent", action="store_true", help="stop when the calling process ends"
    )
    commands.add_parser("down", help="stop everything, also what a killed launcher left")
    commands.add_parser("status", help="say what runs")
    commands.add_parser(
        "database", help="start the embedded database alone and print its addresses"
    )
    commands.add_parser("manage", help="run manage.py on the embedded database")
    commands.add_parser("test", help="run pytest beside a database of its own")
    commands.add_parser("bench", help="run the measurements beside a database of their own")
    commands.add_parser(
        "backup", help="write database and files into one archive below var/backups"
    )
    back = commands.add_parser("restore", help="put an archive in the place of database and files")
    back.add_argument("file", type=Path)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
