"""The production files, as far as they can be judged without a container engine."""

import re

import yaml

from config.launch.terms import SOURCE

TEXT = (SOURCE / "docker-compose.yml").read_text(encoding="utf-8")
SERVICES = yaml.safe_load(TEXT)["services"]
SECRETS = {"SECRET_KEY", "OWNER_PASSWORD", "APPLICATION_PASSWORD", "BROKER_PASSWORD"}


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
