"""The files that only other machines execute."""

import re
import subprocess
import tomllib
from importlib.util import find_spec

import pytest
import yaml
from celery import current_app
from django.conf import settings

from alliance_portal.embedded.servers import PROJECT

COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILE = (PROJECT / "Dockerfile").read_text()
MAKEFILE = (PROJECT / "Makefile").read_text()
MAY_BE_EMPTY = {
    "ADMINS",
    "HSTS_INCLUDE_SUBDOMAINS",
    "HSTS_PRELOAD",
    "MFA_REQUIRED_ROLES",
    "REQUEST_ID_FROM_PROXY",
    "SECRET_KEY_FALLBACKS",
    "SECURITY_EVENTS_KEPT_DAYS",
    "SENTRY_DSN",
}
WORKERS = [f"worker-{queue.name}" for queue in settings.CELERY_TASK_QUEUES]
PORTAL = ["migrate", "web", *WORKERS, "beat"]


def test_compose_has_every_part_of_an_installation():
    assert sorted(SERVICES) == sorted(["beat", "migrate", "postgres", "valkey", "web", *WORKERS])


def test_every_queue_has_a_worker_of_its_own():
    served = [option for name in WORKERS for option in SERVICES[name]["command"] if "--queues" in option]

    assert served == [f"--queues={name.removeprefix('worker-')}" for name in WORKERS]


def test_every_task_goes_to_a_queue_that_is_served():
    current_app.loader.import_default_modules()
    names = {queue.name for queue in settings.CELERY_TASK_QUEUES}
    router = current_app.amqp.router
    ours = [name for name in current_app.tasks if name.split(".")[0] in {"partners", "measures", "reporting"}]

    assert len(ours) > 5
    assert {router.route({}, name)["queue"].name for name in ours} <= names


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_every_lasting_service_has_a_health_check_and_comes_back(name):
    check = SERVICES[name]["healthcheck"]

    assert check["test"][0] in {"CMD", "CMD-SHELL"}
    assert len(check["test"]) > 1
    assert {"interval", "timeout"} <= set(check)
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", ["web", *WORKERS, "beat"])
def test_the_portal_waits_for_migrations_and_servers(name):
    assert SERVICES[name]["depends_on"] == {
        "migrate": {"condition": "service_completed_successfully"},
        "postgres": {"condition": "service_healthy"},
        "valkey": {"condition": "service_healthy"},
    }


def secrets_in(text: str) -> list[str]:
    """List the values given to a variable or an address that ought to be secret, except references."""
    text = re.sub(r"\$\{.*?\}", "$", text)
    given = re.findall(r"(?i)(?:password|secret|token|auth)\w*\s*[:=]\s*(\S+)", text)
    given += re.findall(r"://[^\s:/@]*:([^@\s]+)@", text)
    return [value for value in given if value != "$"]


def test_compose_holds_no_secret_and_insists_on_each():
    text = (PROJECT / "docker-compose.yml").read_text()

    assert secrets_in(text) == []
    assert secrets_in(text.replace("${POSTGRES_PASSWORD:?see .env.example}", "hunter2")) == ["hunter2"] * 2
    references = re.findall(r"\$\{(.+?)\}", text)
    assert {reference for reference in references if ":?" not in reference} == {
        f"{name}:-" for name in MAY_BE_EMPTY
    }


def test_compose_passes_on_who_runs_the_installation():
    variables = {f"OPERATOR_{name.upper()}" for name in settings.OPERATOR}

    assert variables <= set(COMPOSE["x-portal"]["environment"])


def test_env_example_names_every_variable_of_compose_and_no_value():
    wanted = set(re.findall(r"\$\{(\w+)", (PROJECT / "docker-compose.yml").read_text()))
    lines = (PROJECT / ".env.example").read_text().splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))

    assert given == dict.fromkeys(wanted, "")


def test_images_are_pinned():
    images = [service["image"] for service in SERVICES.values()]
    images += re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)

    assert [image for image in images if not re.search(r":\d[\w.-]*$", image)] == []


def test_containers_mount_only_volumes_that_are_declared():
    mounted = {volume.split(":")[0] for service in SERVICES.values() for volume in service["volumes"]}

    assert mounted == set(COMPOSE["volumes"])


def test_database_queue_and_migration_reach_nobody_beyond_the_installation():
    inside = {name for name, service in SERVICES.items() if service["networks"] == ["inside"]}

    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert inside == {"migrate", "postgres", "valkey"}
    assert all("inside" in service["networks"] for service in SERVICES.values())
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"web"}


def test_image_runs_as_an_ordinary_user_without_the_embedded_servers():
    last_user = re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)[-1]

    assert last_user == "portal"
    assert "--no-default-groups" in DOCKERFILE
    assert "PORTAL_EMBEDDED=0" in DOCKERFILE


def test_versions_agree_between_image_project_and_makefile():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    lowest = project["project"]["requires-python"].removeprefix(">=")

    assert set(re.findall(r"^FROM python:(\d+\.\d+)", DOCKERFILE, re.MULTILINE)) == {lowest}
    assert project["tool"]["mypy"]["python_version"] == lowest
    assert project["tool"]["ruff"]["target-version"] == f"py{lowest.replace('.', '')}"
    assert re.findall(r"UV_VERSION=([\d.]+)", DOCKERFILE) == re.findall(r"UV_VERSION := ([\d.]+)", MAKEFILE)


def test_commands_refer_to_modules_that_exist():
    words = [word for name in PORTAL for word in SERVICES[name].get("command", [])]
    words += [word for name in PORTAL for word in SERVICES[name]["healthcheck"].get("test", [])]
    text = " ".join(words) + DOCKERFILE
    modules = set(re.findall(r"\balliance_portal(?:\.\w+)+", text)) | {"alliance_portal"}

    assert [module for module in sorted(modules) if find_spec(module) is None] == []


def test_make_lists_every_command_for_people():
    listed = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout

    assert [line.split()[1] for line in listed.splitlines()] == [
        "help", "install", "demo", "test", "test-long", "test-browser", "fuzz", "check",
        "bench", "bench-quick", "messages", "structure", "record-report", "sbom", "audit",
        "samples", "stop", "clean",
    ]  # fmt: skip
