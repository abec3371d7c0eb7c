"""Who gets where: every route, every role, every method, one's own things and those of others."""

from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from alliance_portal.serving import rates
from measures.models import ImportRun
from partners.middleware import STORABLE
from tests.access_table import ADMINISTRATION, ROLES, TABLE, Row, read
from tests.access_world import World

ARGUMENTS = {
    "report_type": "annual",
    "pk": "1",
    "code": "BA",
    "token": "unknown",
    "indicator": "additional_places",
    "year": "2016",
    "organisation": "BA",
    "language": "de",
    "format": "pdf",
    "kind": "pdf",
    "step": "1",
    "cause": "1",
    "row": "1",
    "attachment": "1",
    "production": "1",
    "preview": "1",
    "person": "1",
    "item": "1",
    "mark": "1",
    "explanation": "1",
    "item_pk": "1",
    "release": "1",
}

SIGN_IN = ("/konto/login/", "/verwaltung/login/")
pytestmark = pytest.mark.django_db

ROWS = [*read(TABLE), *read(ADMINISTRATION)]
ADMIN_ARGUMENTS = {"app_label": "partners"}
IN_BRIEF = ("anonymous", "contributor")
"""Who asks on every run: a stranger, and one to whom a part is open and a part is not."""
ASKING_FOR_HEADERS = ("anonymous", "steward")
"""Who asks for the headers alone as well: a stranger, and one to whom nearly everything is open."""
EVERYBODY = [role if role in IN_BRIEF else pytest.param(role, marks=pytest.mark.long) for role in ROLES]


def portal_addresses() -> dict[str, str]:
    """Every named address of the portal itself: name -> path, with likely arguments filled in."""
    found: dict[str, str] = {}

    def walk(patterns: list[URLPattern | URLResolver], namespace: str, above: frozenset[str]) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                if pattern.namespace != "admin":
                    names = above | pattern.pattern.regex.groupindex.keys()
                    walk(pattern.url_patterns, pattern.namespace or namespace, names)
            elif pattern.name and not pattern.name.startswith(("headless", "socialaccount")):
                name = f"{namespace}:{pattern.name}" if namespace else pattern.name
                names = above | pattern.pattern.regex.groupindex.keys()
                found[name] = reverse(name, kwargs={key: ARGUMENTS.get(key, "x1-y") for key in names})

    walk(get_resolver().url_patterns, "", frozenset())
    return found


def administration_routes() -> Iterator[tuple[str, dict[str, str]]]:
    """Every named page of the administration, with something in the place of an object."""

    def walk(patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[str, dict[str, str]]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns)
            elif pattern.name:
                names = pattern.pattern.regex.groupindex
                yield f"admin:{pattern.name}", {name: ADMIN_ARGUMENTS.get(name, "1") for name in names}

    for pattern in get_resolver().url_patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace == "admin":
            yield from walk(pattern.url_patterns)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Everything the table speaks of, made once and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


def client_of(world: World, role: str) -> Client:
    client = Client()
    if world.people[role].pk:
        client.force_login(world.people[role])
    return client


def ask(client: Client, method: str, address: str) -> HttpResponse:
    """Send a request to its last piece and take back whatever it did, a sign-out included."""
    cookies = dict(client.cookies)
    with transaction.atomic():
        response = client.generic(method, address) if method != "POST" else client.post(address)
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(cookies)
    return response


def answer(response: HttpResponse) -> str:
    leads_in = response.status_code == HTTPStatus.FOUND and response.url.startswith(SIGN_IN)
    return "in" if leads_in else str(response.status_code)


def missing_headers(response: HttpResponse, row: Row, role: str) -> list[str]:
    """What every answer carries, and what keeps those that are not public out of caches."""
    is_for_all = row.route in STORABLE and role == "anonymous"
    right = {
        "Cache-Control": is_for_all or "no-store" in response.get("Cache-Control", ""),
        "X-Content-Type-Options": response.get("X-Content-Type-Options") == "nosniff",
        "Permissions-Policy": "camera=()" in response.get("Permissions-Policy", ""),
        "Content-Security-Policy": "default-src 'none'" in response.get("Content-Security-Policy", ""),
    }
    return [name for name, is_right in right.items() if not is_right]


def uncounted(response: HttpResponse, row: Row) -> list[str]:
    """Whoever asks for many files asks for what costs, whatever view sends them."""
    is_page = response.get("Content-Type", "text/html").startswith("text/html")
    is_file = response.status_code == HTTPStatus.OK and not is_page
    return ["counts as a file"] if is_file and row.route not in rates.FILES else []


def test_every_route_has_a_row_and_every_row_a_route():
    rows = {row.route for row in ROWS if not row.route.startswith("admin:")}

    assert rows == set(portal_addresses())
    assert {row.route for row in read(ADMINISTRATION)} <= {
        name for name, _arguments in administration_routes()
    }


def test_every_route_to_somebodys_things_is_tried_with_those_of_others():
    things: dict[str, set[str]] = {}
    for row in ROWS:
        things.setdefault(row.route, set()).add(row.thing.partition(" ")[0])

    of_one_alone = {route for route, whose in things.items() if whose in ({"own"}, {"foreign"})}
    assert of_one_alone == {
        "reporting:trail",  # a total over all
        "measures:import_own_workbook",  # names the submission in its query
        "admin:partners_organisation_change",  # the administration is open to all of it or to none
        "admin:partners_organisation_history",
        "admin:partners_organisation_delete",
    }


@pytest.mark.parametrize("role", EVERYBODY)
def test_answers_are_those_of_the_table(world: World, role: str):
    client = client_of(world, role)
    methods = ("GET", "HEAD", "POST") if role in ASKING_FOR_HEADERS else ("GET", "POST")
    wrong = []
    for row in ROWS:
        if row.is_alike and role not in {"anonymous", "contributor", "left"}:
            continue
        address = world.address(row.route, row.thing)
        for method in methods:
            response = ask(client, method, address)
            expected, given = row.expected(method, role), answer(response)
            missing = missing_headers(response, row, role) + uncounted(response, row)
            if given != expected or missing:
                wrong.append(f"{method} {row.route} ({row.thing}): {given}, not {expected} {missing or ''}")

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", EVERYBODY)
def test_other_methods_are_refused_everywhere(world: World, role: str):
    client = client_of(world, role)
    answers = [
        client.generic(method, world.address(row.route, row.thing))
        for row in ROWS
        for method in (("PUT", "DELETE", "PATCH", "TRACE") if role == "anonymous" else ("PUT", "DELETE"))
    ]

    assert {response.status_code for response in answers} == {HTTPStatus.METHOD_NOT_ALLOWED}
    assert {response["Allow"] for response in answers} == {"GET, HEAD, OPTIONS, POST"}
    assert all("no-store" in response["Cache-Control"] for response in answers)


@pytest.mark.parametrize("role", [pytest.param("anonymous", marks=pytest.mark.long), "reviewer"])
def test_administration_refuses_who_does_not_administer(world: World, role: str):
    client = client_of(world, role)
    inside = {
        "admin:logout",
        "admin:login",
        "admin:password_change",
        "admin:password_change_done",
        "admin:jsi18n",
    }
    open_pages = {
        name: answer(response)
        for name, arguments in administration_routes()
        if name not in inside
        if answer(response := ask(client, "GET", reverse(name, kwargs=arguments)))
        != ("in" if role == "anonymous" else "403")
    }

    assert open_pages == {}


def test_files_come_as_attachments_under_names_that_are_safe(world: World):
    client = client_of(world, "steward")
    nasty = 'a";\r\nSet-Cookie: x=1;"ß.xlsx'
    ImportRun.objects.filter(pk=world.things["own"].imports["waiting"]["pk"]).update(file_name=nasty)
    files = {
        "measures:import_file": "own waiting",
        "measures:import_marked": "own waiting",
        "measures:import_report": "own waiting",
        "measures:submission_own_workbook": "own draft",
        "measures:submission_attachment": "own comment",
        "reporting:document": "report",
        "reporting:attainment_csv": "-",
        "reporting:attainment_svg": "-",
    }

    for route, thing in files.items():
        response = ask(client, "GET", world.address(route, thing))
        disposition = response["Content-Disposition"]
        kind = "inline" if route == "measures:import_report" else "attachment"
        assert disposition.startswith(f"{kind}; filename"), route
        assert disposition.isprintable(), route
        assert "Set-Cookie" not in response, route


def test_page_that_is_not_there_is_kept_by_nobody(client: Client):
    response = client.get("/gibt/es/nicht/")

    assert response.status_code in {HTTPStatus.FOUND, HTTPStatus.NOT_FOUND}
    assert "no-store" in response["Cache-Control"]


def test_static_files_may_be_kept(client: Client):
    response = client.get("/static/portal/report.css")
    b"".join(response.streaming_content)

    assert response.status_code == HTTPStatus.OK
    assert "no-store" not in response.get("Cache-Control", "")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in response["Permissions-Policy"]
