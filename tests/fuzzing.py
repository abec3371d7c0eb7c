"""What anybody may send: every address, method and field, with the values that break programs."""

import re
import urllib.parse
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http import HTTPStatus
from itertools import product

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.utils.regex_helper import normalize

from alliance_portal.embedded.servers import PROJECT
from measures.models import Submission
from partners.models import User
from tests.factories import MembershipFactory
from tests.list_pages import _staged, invitations, report_of

NASTY = [
    "\0",
    "a\0b",
    "9" * 5000,
    "-" + "9" * 30,
    "9" * 25,
    "\udcff",
    "\ud800",
    "²",
    "٣",
    "1e999999999",
    "NaN",
    "-Infinity",
    "0001-01-01",
    "9999-12-31",
    "99999-99-99",
    "2016-02-30T25:61",
    "1 " * 3000,
    "%00%ff",
    "[]",
    '{"a":',
    "../../etc/passwd",
    "=1+1",
    "\u202e\u0000\ufeff",
    "",
]
"""NUL, long numbers, lone surrogates, digits that are none, floats, dates out of any calendar, repetition."""

ROLES = {
    "contributor": "IHK-142",
    "coordinator": "DIHK",
    "reviewer": "BMAS",
    "data_steward": "BMAS",
    "auditor": "BMAS",
}
LEFT_OUT = {":account_logout"}
"""Ends the session that the other requests need."""

_ASKED_IN_CODE = re.compile(r"""(?:GET|POST|FILES)(?:\.get|\.getlist)?[(\[]["']([\w-]+)["']""")


class Forms(HTMLParser):
    """The forms and links of a page: ``(address, field)`` for each, and whether it is a file."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = self.action = address
        self.fields: set[tuple[str, str]] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "form":
            self.action = self._joined(given.get("action") or self.address)
        elif tag in {"input", "select", "textarea", "button"} and (name := given.get("name")):
            self.fields.add((self._joined(given.get("formaction") or self.action), name))
        for attribute in ("href", "hx-get", "hx-post"):
            if link := given.get(attribute):
                for name in urllib.parse.parse_qs(urllib.parse.urlsplit(link).query):
                    self.fields.add((self._joined(link), name))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.action = self.address

    def _joined(self, link: str) -> str:
        try:
            return urllib.parse.urlsplit(urllib.parse.urljoin(self.address, link)).path
        except ValueError:
            return self.address


@dataclass
class Route:
    """An address by name: its pattern with ``{}`` for each argument, and the fields it was seen to take."""

    name: str
    template: str
    arguments: tuple[str, ...]
    fields: set[str] = field(default_factory=set)

    def path(self, values: dict[str, str]) -> str:
        quoted = {name: urllib.parse.quote(_as_bytes(values[name]), safe="/") for name in self.arguments}
        return "/" + self.template % quoted


def _as_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def routes() -> list[Route]:
    found = {}

    def walk(patterns: list[URLPattern | URLResolver], namespace: str, prefix: str) -> None:
        for pattern in patterns:
            for template, _arguments_in_it in _normalized(pattern):
                if isinstance(pattern, URLResolver):
                    walk(pattern.url_patterns, pattern.namespace or namespace, prefix + template)
                else:
                    name = f"{namespace}:{pattern.name}"
                    found[name, template] = Route(name, prefix + template, _arguments(prefix + template))

    walk(get_resolver().url_patterns, "", "")
    return list(found.values())


def _normalized(pattern: URLPattern | URLResolver) -> list[tuple[str, list[str]]]:
    return normalize(pattern.pattern.regex.pattern) if str(pattern.pattern) else [("", [])]


def _arguments(template: str) -> tuple[str, ...]:
    return tuple(re.findall(r"%\((\w+)\)s", template))


class Portal:
    """The portal filled with something of everything, and somebody signed in for each role."""

    def __init__(self) -> None:
        self.routes = routes()
        self.people = {
            role: MembershipFactory(role=role, organisation_code=code).user for role, code in ROLES.items()
        }
        self.people["administrator"] = User.objects.create_superuser("root@example.org", "x")
        self.clients = {"nobody": Client(raise_request_exception=False)}
        for role, person in self.people.items():
            self.clients[role] = Client(raise_request_exception=False)
            self.clients[role].force_login(person)
        steward = self.people["data_steward"]
        self.real = self._fill(steward)
        self.common = self._fields_in_code()
        self.opened: set[str] = set()

    def _fill(self, steward: User) -> dict[str, str]:
        run = _staged(2, steward)
        report = report_of(1, steward)
        invitations(1, steward)
        submission = Submission.objects.get(organisation__code="IHK-142", round__year=2016)
        self.numbers = {
            "import": run.pk,
            "berichte": report.pk,
            "erfassung": submission.pk,
            "pruefung": submission.pk,
        }
        return {
            "code": "IHK-142", "token": "x", "indicator": "additional_places", "year": "2016", "pk": "1",
            "organisation": "IHK-142", "language": "de", "document_format": "pdf", "step": "1",
            "cause": str(run.causes.first().pk), "row": str(run.staged.first().pk), "object_id": "1",
            "app_label": "measures", "content_type_id": "1", "key": "x", "uidb36": "1",
        }  # fmt: skip

    def values(self, route: Route) -> dict[str, str]:
        """Arguments with which the address is likely to answer."""
        values = {name: self.real.get(name, "1") for name in route.arguments}
        if "pk" in values:
            values["pk"] = str(self.numbers.get(route.template.split("/")[0], 1))
        return values

    def _fields_in_code(self) -> list[str]:
        names = set()
        for app, path in product(("partners", "measures", "reporting"), ("views", "forms", "selectors", "")):
            for module in (PROJECT / app / path).rglob("*.py"):
                names.update(_ASKED_IN_CODE.findall(module.read_text()))
        return sorted(names)

    def fields_of(self, route: Route) -> set[str]:
        """What the forms and links of its page send to the address itself, and pages beside it to it."""
        if route.name not in self.opened:
            self.opened.add(route.name)
            path = route.path(self.values(route))
            response = self.send("data_steward", "get", path)
            if response.status_code == HTTPStatus.OK and "text/html" in response.headers["Content-Type"]:
                forms = Forms(path)
                forms.feed(response.content.decode())
                for address, name in forms.fields:
                    self._note(address, name)
        return route.fields

    def _note(self, address: str, name: str) -> None:
        try:
            seen = resolve(address).view_name
        except Resolver404:
            return
        for target in self.routes:
            if target.name in {seen, f":{seen}"}:
                target.fields.add(name)

    def send(self, role: str, method: str, path: str, fields: dict[str, str] | None = None, **headers: str):
        """Send one request and take back whatever it changed."""
        client = self.clients[role]
        data = {name: value.encode("utf-8", "surrogatepass") for name, value in (fields or {}).items()}
        with transaction.atomic():
            if method == "get":
                query = urllib.parse.urlencode(data)
                response = client.generic("GET", path, QUERY_STRING=query, headers=headers)
            elif method == "file":
                files = {name: SimpleUploadedFile("x.csv", value) for name, value in data.items()}
                response = client.post(path, files, headers=headers)
            else:
                response = client.generic(
                    method.upper(),
                    path,
                    urllib.parse.urlencode(data),
                    "application/x-www-form-urlencoded",
                    headers=headers,
                )
            if response.streaming:
                b"".join(response.streaming_content)
            transaction.set_rollback(True)
        return response
