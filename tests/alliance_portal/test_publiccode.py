"""``publiccode.yml`` has what version 0.4 of its standard demands, and agrees with the project."""

import tomllib
from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from urllib.parse import urlparse

import pytest
import yaml
from django.conf import settings

from alliance_portal.embedded.servers import PROJECT

CONTENT = yaml.safe_load((PROJECT / "publiccode.yml").read_text(encoding="utf-8"))
PACKAGE = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

REQUIRED = (
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "categories",
    "developmentStatus",
    "softwareType",
    "description",
    "legal.license",
    "maintenance.type",
    "localisation.localisationReady",
    "localisation.availableLanguages",
)
ALLOWED = {
    "developmentStatus": {"concept", "development", "beta", "stable", "obsolete"},
    "softwareType": {
        *(f"standalone/{kind}" for kind in ("mobile", "iot", "desktop", "web", "backend", "other")),
        "addon",
        "library",
        "configurationFiles",
    },
    "maintenance.type": {"internal", "contract", "community", "none"},
}
NEEDED_BY_MAINTENANCE = {"internal": "contacts", "community": "contacts", "contract": "contractors"}
VERSIONS = ("0.4", "0.4.0", "0.5", "0.5.0")
SHORT, LONG = range(1, 151), range(150, 10_001)


def value(content: dict[str, Any], path: str) -> Any:
    for key in path.split("."):
        content = content.get(key) if isinstance(content, dict) else None
    return content


def violations(content: dict[str, Any]) -> Iterator[str]:
    """What the standard would object to."""
    yield from (f"{path} is missing" for path in REQUIRED if value(content, path) in (None, "", [], {}))
    for path, allowed in ALLOWED.items():
        if value(content, path) not in allowed:
            yield f"{path} is not allowed"
    if content.get("publiccodeYmlVersion") not in VERSIONS:
        yield "publiccodeYmlVersion is not known"
    if urlparse(str(content.get("url"))).scheme not in ("http", "https"):
        yield "url is no address"
    needed = NEEDED_BY_MAINTENANCE.get(value(content, "maintenance.type"))
    if needed and not value(content, f"maintenance.{needed}"):
        yield f"maintenance.{needed} is missing"
    for language, texts in (content.get("description") or {}).items():
        if len(texts.get("shortDescription", "")) not in SHORT:
            yield f"shortDescription ({language}) is missing or too long"
        if len(texts.get("longDescription", "")) not in LONG:
            yield f"longDescription ({language}) is too short or too long"
        if not texts.get("features"):
            yield f"features ({language}) are missing"


def test_file_keeps_to_the_standard():
    assert list(violations(CONTENT)) == []


def test_file_agrees_with_the_project():
    assert CONTENT["legal"]["license"] == PACKAGE["license"]
    assert CONTENT["localisation"]["availableLanguages"] == [code for code, _name in settings.LANGUAGES]
    python = next(part for part in CONTENT["dependsOn"]["open"] if part["name"] == "Python")
    assert PACKAGE["requires-python"] == f">={python['versionMin']}"


@pytest.mark.parametrize(
    ("path", "changed", "found"),
    [
        ("name", "", ["name is missing"]),
        ("legal.license", None, ["legal.license is missing"]),
        ("url", "somewhere", ["url is no address"]),
        ("publiccodeYmlVersion", "0.1", ["publiccodeYmlVersion is not known"]),
        ("developmentStatus", "finished", ["developmentStatus is not allowed"]),
        ("softwareType", "website", ["softwareType is not allowed"]),
        ("maintenance.type", "internal", ["maintenance.contacts is missing"]),
        ("description.en.shortDescription", "x" * 151, ["shortDescription (en) is missing or too long"]),
        ("description.de.longDescription", "x" * 149, ["longDescription (de) is too short or too long"]),
        ("description.de.features", [], ["features (de) are missing"]),
    ],
)
def test_violation_of_the_standard_is_found(path: str, changed: Any, found: list[str]):
    content = deepcopy(CONTENT)
    *parents, last = path.split(".")
    part = content
    for key in parents:
        part = part[key]
    part[last] = changed

    assert list(violations(content)) == found
