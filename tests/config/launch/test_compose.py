"""The production files, as far as they can be judged without a container engine."""

import os
import re
import subprocess
import sys

import yaml

from config.launch.terms import SOURCE

TEXT = (SOURCE / "docker-compose.yml").read_text(encoding="utf-8")
SERVICES = yaml.safe_load(TEXT)["services"]
SECRETS = {"SECRET_KEY", "OWNER_PASSWORD", "APPLICATION_PASSWORD", "BROKER_PASSWORD"}
ENVIRONMENT: dict[str, str] = SERVICES["web"]["environment"]
# Variables of docs/running.md that the compose file does not hand on.
NOT_PASSED = {
    "DATABASE_OWNER_URL": "of `migrate` alone, made of OWNER_PASSWORD",
    "DATABASE_APP_ROLE": "the role is part of the addresses that stand in the compose file",
    "LOG_DIR": "a folder of the image, on the volume",
    "MEDIA_ROOT": "a folder of the image, on the volume",
    "MAIL_DIR": "a folder of the image, and EMAIL_HOST is required",
    "STATIC_ROOT": "collected into the image",
    "CHROMIUM": "of the tests",
}
# Set from the compose file's own services.
MADE = {"DATABASE_URL", "BROKER_URL"}
PRINT_SETTINGS = """
from config import settings
print({name: repr(value) for name, value in vars(settings).items() if name.isupper()})
"""


def documented() -> set[str]:
    """The variables in the first column of the table in docs/running.md."""
    text = (SOURCE / "docs" / "running.md").read_text(encoding="utf-8")
    table = text.partition("## Environment\n")[2].partition("\n## ")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`([A-Z_]+)`", cell)}


def test_every_documented_variable_is_handed_on() -> None:
    passed = {name for name, word in ENVIRONMENT.items() if f"${{{name}:" in word}
    assert len(documented()) > 35
    assert documented() - passed - MADE == set(NOT_PASSED)
    assert set(ENVIRONMENT) & set(NOT_PASSED) == set()
    assert passed <= documented()


def test_one_that_is_not_set_means_its_default() -> None:
    words = {name: re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", word) for name, word in ENVIRONMENT.items()}
    made = {
        "SECRET_KEY": "x" * 50,
        "DATABASE_URL": "postgres://application:none@127.0.0.1:1/none",
        "BROKER_URL": "redis://127.0.0.1:1/0",
        "SITE_URL": "https://jointplan.example",
        "ALLOWED_HOSTS": "jointplan.example",
        "EMAIL_HOST": "127.0.0.1",
        "TRUSTED_PROXIES": "1",
    }
    whole = {"PATH": os.environ["PATH"], **words, **made}
    assert [word for word in whole.values() if "${" in word] == []
    empty = [name for name, word in whole.items() if not word]
    assert {"RETENTION", "OIDC_SERVER_URL", "EXPORT_DIRECT"} <= set(empty)
    found = [
        subprocess.run(
            [sys.executable, "-c", PRINT_SETTINGS],
            cwd=SOURCE,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for environment in (whole, {name: word for name, word in whole.items() if word})
    ]
    assert found[0] == found[1]


def test_services_are_those_of_the_launcher_and_a_migration() -> None:
    assert set(SERVICES) == {"postgres", "valkey", "migrate", "web", "worker", "beat", "sweep"}


def test_long_running_services_have_init_and_a_health_check() -> None:
    lasting = {name: service for name, service in SERVICES.items() if name != "migrate"}
    assert {name: service["init"] for name, service in lasting.items()} == dict.fromkeys(
        lasting, True
    )
    assert {name: service["restart"] for name, service in lasting.items()} == dict.fromkeys(
        lasting, "unless-stopped"
    )
    assert [name for name, service in lasting.items() if not service["healthcheck"]["test"]] == []


def test_health_checks_written_in_python_compile() -> None:
    checks = [
        service["healthcheck"]["test"] for name, service in SERVICES.items() if name != "migrate"
    ]
    programs = [check[3] for check in checks if check[:3] == ["CMD", "python", "-c"]]
    assert len(programs) == 2
    for program in programs:
        compile(program, "health check", "exec")


def test_a_missing_secret_stops_the_start_with_its_name() -> None:
    required = set(re.findall(r"\$\{(\w+):\?", TEXT))
    assert required >= SECRETS
    assert re.findall(r"\$\{(\w*(?:KEY|PASSWORD)\w*)(?::-[^}]+)?\}", TEXT) == [], (
        "no secret has a default"
    )


def test_only_the_migration_knows_the_owner() -> None:
    knowing = [name for name, service in SERVICES.items() if "OWNER_PASSWORD" in str(service)]
    assert knowing == ["postgres", "migrate"]


def test_image_runs_as_an_ordinary_account() -> None:
    lines = (SOURCE / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("USER")] == ["USER jointplan"]
