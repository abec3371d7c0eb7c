"""Reports as each schema version was rendered when it was new, and what to do when that changes.

``fixtures/version_<n>`` holds a stored snapshot, the composition and the page made from it in each language,
the data files, and the hashes of what is packed. ``make record-report`` writes the folder of today's version,
or of those given as ``VERSIONS``.
"""

import hashlib
import json
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib.metadata import version as installed
from pathlib import Path

import django
import msgspec

from reporting.enums import Language
from reporting.frozen.decoding import decode
from reporting.frozen.schema import (
    SCHEMA_VERSION,
    CrossedRow,
    DisclosureData,
    IndicatorData,
    PartRow,
    ProvenanceData,
    RatioTargetData,
    Remark,
    RevisedCell,
    ScopeData,
    SnapshotData,
    Text,
    YearFigure,
)
from reporting.renderers.versions import VERSIONS, render_documents
from tests.reporting.sample_contents import (
    sample_changes,
    sample_market,
    sample_money,
    sample_narratives,
    sample_offers,
    sample_practice,
)
from tests.reporting.sample_snapshot import (
    BA,
    SHA256,
    make_snapshot,
    sample_resolutions,
    silent,
    told,
    withheld,
)

PORTAL = "https://portal.example.org"
FIXTURES = Path(__file__).parent / "fixtures"
TOOLS = ("typst", "vl-convert-python", "xlsxwriter")
"""What draws, lays out and packs, and so decides about the bytes; pinned in pyproject.toml."""

KEPT_AS_HASH = (".pdf", ".xlsx", ".dcat.jsonld")
"""Too large to keep, or, as the catalogue entry, made of the hashes of those."""

_SCHEMA_HAS_CHANGED = (
    "The snapshot schema has changed: raise SCHEMA_VERSION (reporting/frozen/schema.py), add a decoder that "
    "reads version {version} into the new schema (reporting/frozen/decoding.py), keep the renderer of the "
    "old version in VERSIONS and add one for the new (reporting/renderers/versions.py), and add a fixture of "
    "the new version (make record-report). See docs/adr/0045-versions-of-frozen-reports.md. "
    "Difference: {what}"
)
_RENDERING_HAS_CHANGED = (
    "A stored report of version {version} would read differently today ({what}). Where reports of this "
    "version have been made: keep its composition, words, templates and style sheet as they are, raise "
    "SCHEMA_VERSION and give the new version renderers of its own. Where none has been made yet: record the "
    "version again (make record-report). See docs/adr/0045-versions-of-frozen-reports.md."
)
_TOOLS_HAVE_CHANGED = (
    "{what} was recorded with {before}, installed is {now}. Compare the documents of both by eye. Those "
    "already made are stored and stay as they are. Then record every version again, in a commit of its own: "
    "make record-report VERSIONS='{versions}'."
)


def folder(version: int) -> Path:
    return FIXTURES / f"version_{version}"


def recorded_versions() -> list[int]:
    return sorted(int(path.name.removeprefix("version_")) for path in FIXTURES.glob("version_*"))


def schema_problem(content: bytes, schema: type = SnapshotData, *, version: int = SCHEMA_VERSION) -> str:
    """The missing step, if ``schema`` no longer reads and writes a snapshot stored in today's version."""
    try:
        written = msgspec.json.encode(msgspec.json.decode(content, type=schema), order="sorted")
    except msgspec.ValidationError as error:
        return _SCHEMA_HAS_CHANGED.format(version=version, what=error)
    if written == content:
        return ""
    before, now = _fields(json.loads(content)), _fields(json.loads(written))
    what = ", ".join(sorted(before ^ now)) or "other values of the same fields"
    return _SCHEMA_HAS_CHANGED.format(version=version, what=what)


def rendering_problem(version: int, name: str, rendered: bytes) -> str:
    """The missing step, if what was rendered now is not what was recorded under ``name``."""
    recorded = _recorded(version)
    now = _installed()
    if name.endswith(KEPT_AS_HASH):
        is_same = hashlib.sha256(rendered).hexdigest() == recorded["sha256"][name]
    else:
        is_same = rendered == (folder(version) / name).read_bytes()
    if is_same:
        return ""
    if recorded["tools"] != now:
        return _TOOLS_HAVE_CHANGED.format(
            what=name, before=recorded["tools"], now=now, versions=" ".join(map(str, recorded_versions()))
        )
    return _RENDERING_HAS_CHANGED.format(version=version, what=name)


def rendered(content: bytes) -> dict[str, bytes]:
    """Everything today's code makes of a stored snapshot, by file name."""
    snapshot, sha256 = decode(content), hashlib.sha256(content).hexdigest()
    compose = VERSIONS[snapshot.schema_version].compose
    compositions = {
        f"{language}.json": msgspec.json.encode(compose(snapshot, language, sha256=sha256), order="sorted")
        for language in Language.values
    }
    documents = render_documents(snapshot, Language.values, sha256=sha256)
    return compositions | {f"{language}.{format_}": made for language, format_, made in documents}


def full_snapshot() -> SnapshotData:
    """The sample, and what it lacks: a target that is a share, footnotes, a data status, withheld parts."""
    snapshot = make_snapshot()
    (first, *others) = snapshot.measures
    offered = IndicatorData(
        code="post_offered_3",
        name=Text(de="Bewerberinnen und Bewerber mit drei Angeboten", en="Applicants with three offers"),
        unit="persons",
        kind="flow",
        period="after_30sep",
        source=BA,
        is_headline=True,
        is_protected=True,
        lands=(
            PartRow(code="02", name=Text(de="Hamburg"), amounts=(silent(1), withheld(1, 1))),
            PartRow(code="04", name=Text(de="Bremen"), amounts=(silent(1), withheld(1, 1))),
            PartRow(code="11", name=Text(de="Berlin"), amounts=(silent(1), told(578, 1, 1))),
        ),
        groups=(
            PartRow(
                code="YOUTH_REF",
                name=Text(de="Geflüchtete junge Menschen", en="Young refugees"),
                amounts=(silent(1), told(84, 1, 1)),
            ),
        ),
        umbrellas=(
            PartRow(
                code="BA",
                name=Text(de="Bundesagentur für Arbeit", en="Federal Employment Agency"),
                amounts=(silent(1), told(585, 1, 1)),
            ),
        ),
        crossed=(CrossedRow(region="11", group="YOUTH_REF", amounts=(silent(1), told(70, 1, 1))),),
        years=(
            YearFigure(year=2015, amount=silent(1)),
            YearFigure(
                year=2016,
                amount=told(585, 1, 1),
                data_as_of=date(2017, 1, 31),
                ratio=RatioTargetData(
                    goal=Decimal(1), denominator=Text(de="Unversorgte", en="Applicants without a place")
                ),
                attainment=Decimal("0.585"),
                remarks=(Remark(text="ohne zugelassene kommunale Träger", by=Text(de="BA")),),
            ),
        ),
    )
    return replace(
        snapshot,
        measures=(replace(first, indicators=(*first.indicators, offered)), *others),
        resolutions=sample_resolutions(),
        portal=PORTAL,
        scope=ScopeData(kind="umbrella", code="BA", name=BA),
        market=sample_market(),
        offers=sample_offers(),
        money=sample_money(),
        narratives=sample_narratives(),
        changes=sample_changes(SHA256),
        practice=sample_practice(),
        provenance=ProvenanceData(figures=1_284, salt="5a" * 16, sha256=SHA256),
        disclosure=DisclosureData(
            withheld=2,
            earlier=(SHA256,),
            revised=(RevisedCell(indicator="post_offered_3", year=2016, region="04"),),
        ),
    )


def record(version: int) -> Path:
    """Write a version's folder. The snapshot of a former version stays: nothing can write it any more."""
    target = folder(version)
    target.mkdir(parents=True, exist_ok=True)
    snapshot = target / "snapshot.json"
    if version == SCHEMA_VERSION:
        snapshot.write_bytes(full_snapshot().to_json())
    hashes = {}
    for name, made in rendered(snapshot.read_bytes()).items():
        if name.endswith(KEPT_AS_HASH):
            hashes[name] = hashlib.sha256(made).hexdigest()
        else:
            (target / name).write_bytes(made)
    recorded = {"tools": _installed(), "sha256": hashes}
    (target / "recorded.json").write_text(json.dumps(recorded, indent=2, sort_keys=True) + "\n")
    return target


def _recorded(version: int) -> dict:
    return json.loads((folder(version) / "recorded.json").read_text())


def _installed() -> dict[str, str]:
    return {tool: installed(tool) for tool in TOOLS}


def _fields(part: object, path: str = "") -> set[str]:
    """Every field by its way from the top, lists without their positions."""
    if isinstance(part, dict):
        named = [(f"{path}.{name}".lstrip("."), value) for name, value in part.items()]
        return {name for name, _ in named}.union(*(_fields(value, name) for name, value in named))
    if isinstance(part, list):
        return set().union(*(_fields(each, path) for each in part))
    return set()


if __name__ == "__main__":
    django.setup()
    for each in map(int, sys.argv[1:] or [SCHEMA_VERSION]):
        print(record(each))  # noqa: T201  # a command's answer
