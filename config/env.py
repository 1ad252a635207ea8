"""Typed reading of environment variables; a missing one stops the start with its name."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

MOST_DAYS = 36_500


def text(name: str, default: str | None = None) -> str:
    """The variable's value, or `default`. ImproperlyConfigured names a missing one."""
    value = os.environ.get(name, "")
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"the environment variable {name} is missing")
    return default


def number(name: str, default: int) -> int:
    raw = text(name, str(default))
    try:
        return int(raw)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {raw!r}") from error


def flag(name: str, default: bool = False) -> bool:
    return text(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def names(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in text(name, default or " ").split(",") if part.strip()]


def choices(name: str, allowed: tuple[str, ...]) -> dict[str, str]:
    """`key=value,key=value` as a mapping; ImproperlyConfigured for a value that is not allowed."""
    found = {part.partition("=")[0]: part.partition("=")[2] for part in names(name)}
    for key, value in found.items():
        if value not in allowed:
            raise ImproperlyConfigured(f"{name}: {key} must be one of {', '.join(allowed)}")
    return found


def days(name: str, defaults: dict[str, int]) -> dict[str, int]:
    """`defaults` with what `kind=days,kind=days` changes; ImproperlyConfigured for anything else."""
    found = {part.partition("=")[0]: part.partition("=")[2] for part in names(name)}
    for kind, word in found.items():
        if kind not in defaults:
            raise ImproperlyConfigured(f"{name}: {kind} is none of {', '.join(defaults)}")
        if not (word.isascii() and word.isdigit() and int(word) <= MOST_DAYS):
            raise ImproperlyConfigured(f"{name}: {kind} must be a number of days, not {word!r}")
    return defaults | {kind: int(word) for kind, word in found.items()}


def origins(name: str) -> list[str]:
    """`https://host:port` of the address in the variable; empty when it is not set."""
    parts = urlsplit(text(name, " ").strip())
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


def folder(name: str, default: Path) -> Path:
    return Path(text(name, str(default)))


def database(name: str) -> dict[str, object]:
    """`postgres://user:password@host:port/name?option=value` as Django's settings.

    A percent-encoded host that begins with a slash is the folder of a socket.
    """
    parts = urlsplit(text(name))
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(f"{name} must read postgres://user:password@host/name")
    host = unquote(parts.netloc.rpartition("@")[2])
    port = ""
    if not host.startswith("/"):
        host, port = parts.hostname or "", str(parts.port or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        # Compiling a query costs more than all our queries take, and fresh tables without
        # statistics look costly enough to PostgreSQL to compile every one.
        "OPTIONS": {"options": "-c jit=off", **dict(parse_qsl(parts.query))},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
