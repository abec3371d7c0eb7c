"""The files that only other machines execute."""

import base64
import os
import re
import subprocess
import tomllib
from importlib.util import find_spec
from urllib.parse import urlsplit

import pytest
import yaml
from celery import current_app
from django.conf import settings
from environ import Env

from alliance_portal.embedded.servers import PROJECT
from alliance_portal.installation.certificates import HOLDERS
from alliance_portal.settings.connections import database_peers, valkey_peer

COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILE = (PROJECT / "Dockerfile").read_text()
MAKEFILE = (PROJECT / "Makefile").read_text()
MAY_BE_EMPTY = {
    "MANIFEST_FORMER_SIGNERS",
    "ADMINS",
    "BOUNCE_ADDRESS",
    "HSTS_INCLUDE_SUBDOMAINS",
    "HSTS_PRELOAD",
    "MFA_REQUIRED_ROLES",
    "OIDC_CLIENT_ID",
    "OIDC_ISSUER",
    "OIDC_NAME",
    "OIDC_ROLES",
    "OIDC_ROLES_CLAIM",
    "OIDC_SECOND_FACTOR",
    "OIDC_SERVERS",
    "PORTAL_ADDRESS",
    "REQUEST_ID_FROM_PROXY",
    "SECURITY_EVENTS_KEPT_DAYS",
    "SENTRY_DSN",
}
WORKERS = [f"worker-{queue.name}" for queue in settings.CELERY_TASK_QUEUES]
PORTAL = ["migrate", "web", *WORKERS, "beat"]
THEY_END = ["certbot", "certificates", "migrate"]
OTHERS = ["clamav", "postgres", "proxy", "valkey"]


def test_compose_has_every_part_of_an_installation():
    assert sorted(SERVICES) == sorted(["beat", "web", *WORKERS, *THEY_END, *OTHERS])


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


@pytest.mark.parametrize(
    "task", ["measures.send_notices", "partners.send_mails", "reporting.announce_releases"]
)
def test_mails_with_signed_links_are_written_where_the_key_is(task):
    queue = current_app.amqp.router.route({}, task)["queue"].name

    assert "secret_key" in SERVICES[f"worker-{queue}"]["secrets"]


@pytest.mark.parametrize("name", sorted(set(SERVICES) - set(THEY_END)))
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


FILES_OF_SECRETS = ("/run/secrets/", "/certificates", "/proc/sys/kernel/random/")


def secrets_in(environment: dict[str, str]) -> list[str]:
    """List the values that ought to be secret and stand there, instead of a file that holds them."""
    named = [value for name, value in environment.items() if re.search(r"PASSWORD|SECRET|TOKEN|KEY", name)]
    given = [value for value in named if not value.startswith(FILES_OF_SECRETS)]
    return given + re.findall(r"://[^\s:/@]*:([^@\s]+)@", " ".join(environment.values()))


@pytest.mark.parametrize(
    "variable", [{"SECRET_KEY": "hunter2"}, {"DATABASE_URL": "postgres://portal:hunter2@postgres/portal"}]
)
def test_secret_that_stands_there_is_found(variable):
    assert secrets_in(SERVICES["web"]["environment"] | variable) == ["hunter2"]


def test_compose_holds_no_secret_and_insists_on_each():
    text = (PROJECT / "docker-compose.yml").read_text()

    assert [secrets_in(service.get("environment", {})) for service in SERVICES.values()] == [[]] * len(
        SERVICES
    )
    references = re.findall(r"\$\{(.+?)\}", text)
    assert {reference for reference in references if ":?" not in reference} == {
        f"{name}:-" for name in MAY_BE_EMPTY
    }


def secrets_of(name: str) -> set[str]:
    service = SERVICES[name]
    variables = {key for key, value in service.get("environment", {}).items() if "/run/secrets/" in value}
    given = set(service.get("secrets", []))
    assert variables == {f"{secret.upper()}_FILE" for secret in given}
    return given


def test_each_service_gets_the_secrets_that_it_needs_and_no_others():
    given = {name: secrets_of(name) for name in SERVICES}

    assert {name: secrets for name, secrets in given.items() if secrets} == {
        "web": {
            "secret_key",
            "secret_key_fallbacks",
            "mfa_encryption_keys",
            "oidc_client_secret",
            "manifest_signing_key",
        },
        "migrate": {"mfa_encryption_keys"},
        "worker-mail": {"secret_key", "secret_key_fallbacks", "email_url"},
        "worker-upkeep": {"manifest_signing_key"},
    }
    assert COMPOSE["secrets"] == {
        name: {"file": f"/run/alliance-portal/{name}"} for secrets in given.values() for name in secrets
    }


def test_every_secret_is_kept_encrypted_and_decrypted_into_memory_before_docker_starts():
    unit = (PROJECT / "deploy/alliance-portal-secrets.service").read_text()
    script = (PROJECT / "deploy/secrets.sh").read_text()
    known = set(re.findall(r'^names="(.+)"$', script, re.MULTILINE)[0].split())

    assert known == set(COMPOSE["secrets"])
    loaded = dict(re.findall(r"^LoadCredentialEncrypted=(\w+):(\S+)$", unit, re.MULTILINE))
    assert loaded == {name: f"/etc/alliance-portal/secrets/{name}" for name in known}
    assert "Before=docker.service\n" in unit
    assert {"RuntimeDirectory=alliance-portal", "RuntimeDirectoryMode=0700"} <= set(unit.splitlines())
    assert re.findall(r"--owner=(\d+)", unit) == re.findall(r"--uid (\d+)", DOCKERFILE)


STAND_IN = """#!/bin/sh -e
case $1 in
    encrypt) { echo "$2"; base64; } | base64 >"$4" ;;
    decrypt) base64 -d "$3" | { read -r name; [ "$name" = "$2" ]; base64 -d; } ;;
esac
"""
"""Binds a text to its name, as systemd-creds does, and keeps it from nobody: that one needs root."""


@pytest.mark.parametrize("encrypts", [False, pytest.param(True, marks=pytest.mark.long)])
def test_secrets_are_made_renewed_and_destroyed_and_never_lie_there_in_the_clear(tmp_path, encrypts):
    store, programs = tmp_path / "store", tmp_path / "programs"
    programs.mkdir()
    if not encrypts:
        (programs / "systemd-creds").write_text(STAND_IN)
        (programs / "systemd-creds").chmod(0o755)

    def run(*arguments: str, value: str = "") -> str:
        command = [PROJECT / "deploy/secrets.sh", *arguments]
        searched = f"{programs}{os.pathsep}{os.environ['PATH']}"
        environment = os.environ | {"SECRETS_STORE": str(store), "PATH": searched}
        return subprocess.run(
            command, env=environment, input=value, capture_output=True, text=True, check=True
        ).stdout

    assert "email_url" in run("create")
    run("set", "email_url", value="smtp+tls://portal:hunter2@mail.example.org:587\n")
    kept = {path.name: path for path in store.iterdir()}
    assert set(kept) == set(COMPOSE["secrets"])
    assert {path.stat().st_mode & 0o777 for path in kept.values()} == {0o600}
    assert not any(b"hunter2" in base64.b64decode(path.read_bytes()) for path in kept.values())
    assert run("show", "email_url") == "smtp+tls://portal:hunter2@mail.example.org:587"
    assert run("show", "oidc_client_secret") == ""

    key, factors = run("show", "secret_key"), run("show", "mfa_encryption_keys")
    assert "Still missing" not in run("create")
    assert run("show", "secret_key") == key
    run("renew", "secret_key")
    run("renew", "mfa_encryption_keys")
    assert run("show", "secret_key_fallbacks") == key
    second = run("show", "secret_key")
    assert second not in ("", key)
    run("renew", "secret_key")
    assert run("show", "secret_key_fallbacks") == f"{second},{key}"
    assert run("show", "mfa_encryption_keys").split(",")[1:] == [factors]

    run("destroy", "email_url")
    assert not kept["email_url"].exists()
    with pytest.raises(subprocess.CalledProcessError):
        run("renew", "email_url")


def volumes_of(name: str) -> dict[str, str]:
    """Where each volume is mounted, and how."""
    return dict(volume.split(":", 1) for volume in SERVICES[name].get("volumes", []))


def test_each_service_has_the_certificates_of_its_own_part_and_cannot_change_them():
    held = {
        name: {volume for volume in volumes_of(name) if volume.startswith("certificates-")}
        for name in SERVICES
    }
    everybody = held.pop("certificates")

    assert held == {
        **{name: {"certificates-portal"} for name in [*WORKERS, "beat"]},
        "web": {"certificates-portal", "certificates-web"},
        "migrate": {"certificates-owner"},
        "postgres": {"certificates-postgres"},
        "valkey": {"certificates-valkey"},
        "proxy": {"certificates-proxy"},
        "certbot": set(),
        "clamav": set(),
    }
    assert everybody == {f"certificates-{part.folder}" for part in HOLDERS} | {"certificates-authority"}
    mounts = [where for name in held for volume, where in volumes_of(name).items() if volume in held[name]]
    assert [where for where in mounts if not where.endswith(":ro")] == []


def test_owner_of_the_tables_migrates_and_grants_and_nobody_else_is_the_owner():
    accounts = {name: urlsplit(SERVICES[name]["environment"]["DATABASE_URL"]).username for name in PORTAL}
    created = (PROJECT / "deploy/postgres/accounts.sql").read_text()

    assert accounts == {name: "portal_owner" if name == "migrate" else "portal" for name in PORTAL}
    assert re.findall(r"^CREATE ROLE (.+);$", created, re.MULTILINE) == ["portal_owner LOGIN", "portal LOGIN"]
    assert "ALTER DATABASE portal OWNER TO portal_owner;" in created
    assert "manage.py migrate --noinput && python manage.py grant_rights portal &&" in str(
        SERVICES["migrate"]["command"]
    )


def test_database_takes_certificates_of_its_two_accounts_and_nothing_else():
    lines = (PROJECT / "deploy/postgres/pg_hba.conf").read_text().splitlines()
    rules = [line.split() for line in lines if line and not line.startswith("#")]

    assert rules == [
        ["local", "all", "postgres", "peer"],
        ["hostssl", "portal", "portal", "all", "cert"],
        ["hostssl", "portal", "portal_owner", "all", "cert"],
    ]
    assert {"--ssl=on", "--hba_file=/etc/postgresql/pg_hba.conf"} <= set(SERVICES["postgres"]["command"])
    assert volumes_of("postgres")["./deploy/postgres/pg_hba.conf"] == "/etc/postgresql/pg_hba.conf:ro"


def test_valkey_answers_over_tls_and_whoever_has_a_certificate():
    lines = (PROJECT / "deploy/valkey.conf").read_text().splitlines()
    options = dict(line.split(" ", 1) for line in lines if line and not line.startswith("#"))

    assert (options["port"], options["tls-port"], options["tls-auth-clients"]) == ("0", "6379", "yes")
    assert SERVICES["valkey"]["command"][-1] == volumes_of("valkey")["./deploy/valkey.conf"].removesuffix(
        ":ro"
    )


@pytest.mark.parametrize("name", PORTAL)
def test_connections_of_the_portal_are_encrypted_and_know_who_answers(name):
    environment = SERVICES[name]["environment"]

    peers = [
        *database_peers(Env.db_url_config(environment["DATABASE_URL"])),
        valkey_peer(environment["REDIS_URL"]),
    ]

    assert [peer.is_protected for peer in peers] == [True, True]
    assert [peer.host for peer in peers] == ["postgres", "valkey"]


def test_web_answers_the_proxy_alone():
    environment = SERVICES["web"]["environment"]

    assert environment["GRANIAN_SSL_CLIENT_VERIFY"] == "true"
    assert environment["GRANIAN_SSL_CA"] == "/certificates-web/authority.pem"
    assert "ports" not in SERVICES["web"]


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

    assert [image for image in images if not re.search(r":v?\d[\w.-]*$", image)] == []


def test_containers_mount_only_volumes_that_are_declared():
    mounted = {volume for name in SERVICES for volume in volumes_of(name)}
    files = {name for name in mounted if name.startswith("./")}

    assert mounted - files == set(COMPOSE["volumes"])
    assert [name for name in files if not (PROJECT / name).is_file()] == []


def test_database_queue_and_migration_reach_nobody_beyond_the_installation():
    closed = {name for name, network in COMPOSE["networks"].items() if network == {"internal": True}}
    networks = {name: set(service.get("networks", [])) for name, service in SERVICES.items()}

    assert closed == {"inside", "front"}
    assert {name for name in networks if networks[name] <= closed} == {
        "certificates", "migrate", "postgres", "valkey",
    }  # fmt: skip
    assert SERVICES["certificates"]["network_mode"] == "none"
    assert {name for name in networks if "inside" in networks[name]} == {*PORTAL, "postgres", "valkey"}
    assert {name for name in networks if "front" in networks[name]} == {"web", "proxy"}
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"proxy"}


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
        "samples", "vendor", "stop", "clean",
    ]  # fmt: skip
