"""A frozen report stays as it was made while the code goes on."""

import dataclasses
import inspect
import json
import sys
from types import ModuleType

import pytest

from reporting.exceptions import ReportError, SnapshotVersionError
from reporting.frozen import breaks, contents, schema, values
from reporting.frozen.decoding import DECODERS, decode
from reporting.frozen.schema import SCHEMA_VERSION
from reporting.renderers.versions import VERSIONS, render_documents
from tests.reporting.recorded_versions import (
    folder,
    full_snapshot,
    recorded_versions,
    rendered,
    rendering_problem,
    schema_problem,
)

MODULES = (breaks, values, contents, schema)
"""What the frozen data are made of, each importing from those before it."""


def stored(version: int = SCHEMA_VERSION) -> bytes:
    return (folder(version) / "snapshot.json").read_bytes()


def changed_schema(monkeypatch, before: str, after: str) -> type:
    """The snapshot class of copies of the modules in which ``before`` reads ``after``, in one place."""
    sources = [inspect.getsource(module) for module in MODULES]
    assert sum(source.count(before) for source in sources) == 1
    for module, source in zip(MODULES, sources, strict=True):
        copy = ModuleType(f"copy_of_{module.__name__}")
        monkeypatch.setitem(sys.modules, copy.__name__, copy)
        of_copies = source.replace("from reporting.frozen.", "from copy_of_reporting.frozen.")
        exec(of_copies.replace(before, after), copy.__dict__)  # noqa: S102  # our own module
    return copy.SnapshotData


def classes_in(part: object) -> set[str]:
    if isinstance(part, tuple):
        return set().union(*map(classes_in, part))
    if not dataclasses.is_dataclass(part):
        return set()
    below = (classes_in(getattr(part, field.name)) for field in dataclasses.fields(part))
    return {type(part).__name__}.union(*below)


def test_every_version_has_a_decoder_renderers_and_a_fixture():
    versions = list(range(1, SCHEMA_VERSION + 1))

    assert sorted(DECODERS) == versions
    assert sorted(VERSIONS) == versions
    assert recorded_versions() == versions


@pytest.mark.parametrize("version", recorded_versions())
def test_a_stored_report_reads_as_when_it_was_made(version):
    problems = [rendering_problem(version, name, made) for name, made in rendered(stored(version)).items()]

    assert [problem for problem in problems if problem] == []
    assert len(problems) == (6 if version < 3 else 14)


def test_a_stored_snapshot_is_read_and_written_as_it_was():
    assert schema_problem(stored()) == ""
    assert decode(stored()).to_json() == stored()


def test_the_fixture_holds_every_part_of_the_schema():
    parts = {
        name
        for module in MODULES
        for name, part in vars(module).items()
        if isinstance(part, type) and dataclasses.is_dataclass(part)
    }

    assert classes_in(decode(stored())) == parts


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        ("    sheets: int\n", '    sheets: int\n    licence: str = ""\n', "sources.licence"),
        ('    homepage: str = ""\n', "", "alliance.homepage"),
        ("    due: int\n    approved: int\n", "    due: int\n    released: int\n", "released"),
        ("    stated: Decimal\n", "    stated: date\n", "control_totals[0].stated"),
        ("    ok: bool | None\n", "    ok: str | None\n", "control_totals[0].ok"),
        ('    INCOMPLETE = "incomplete"\n', '    INCOMPLETE = "partial"\n', "incomplete"),
    ],
    ids=["added", "removed", "renamed", "another type", "another plain type", "another code"],
)
def test_a_change_of_the_schema_is_noticed_and_the_steps_are_named(monkeypatch, before, after, difference):
    problem = schema_problem(stored(), changed_schema(monkeypatch, before, after))

    assert problem.startswith(
        f"The snapshot schema has changed: raise SCHEMA_VERSION (reporting/frozen/schema.py), add a decoder "
        f"that reads version {SCHEMA_VERSION}"
    )
    assert "keep the renderer of the old version" in problem
    assert "make record-report" in problem
    assert difference in problem.partition("Difference: ")[2]


def test_a_schema_that_has_not_changed_is_no_problem(monkeypatch):
    copy = changed_schema(monkeypatch, '"""A file whose figures the report uses."""', '"""A file."""')

    assert schema_problem(stored(), copy) == ""


@pytest.mark.parametrize("name", ["de.json", "en.html", "de.pdf"])
def test_another_rendering_is_noticed_and_the_steps_are_named(name):
    problem = rendering_problem(SCHEMA_VERSION, name, b"in other words")

    assert problem.startswith(
        f"A stored report of version {SCHEMA_VERSION} would read differently today ({name})"
    )
    assert "raise SCHEMA_VERSION" in problem


def test_another_typesetter_is_named(monkeypatch):
    monkeypatch.setattr("tests.reporting.recorded_versions._installed", lambda: {"typst": "99"})

    problem = rendering_problem(SCHEMA_VERSION, "de.pdf", b"typeset anew")

    assert "installed is {'typst': '99'}" in problem
    assert rendering_problem(SCHEMA_VERSION, "de.html", rendered(stored())["de.html"]) == ""


def test_a_snapshot_of_an_unknown_version_is_refused_in_words():
    data = json.loads(stored()) | {"schema_version": 99, "measures": "in a form of the future"}

    with pytest.raises(ReportError, match=r"in Fassung 99 gespeichert.* weiterhin heruntergeladen"):
        decode(json.dumps(data).encode())


@pytest.mark.parametrize("version", [None, "one", 1.5])
def test_a_snapshot_that_does_not_name_its_version_is_refused_in_words(version):
    data = json.loads(stored()) | {"schema_version": version}

    with pytest.raises(SnapshotVersionError, match=r"in Fassung \? gespeichert"):
        decode(json.dumps(data).encode())


@pytest.mark.parametrize("content", [b"{}", b"[]", b"no data", b"\xff"])
def test_what_is_no_snapshot_is_refused_in_words(content):
    with pytest.raises(SnapshotVersionError, match=r"in Fassung \? gespeichert"):
        decode(content)


def test_a_version_without_renderers_is_refused_in_words():
    future = dataclasses.replace(full_snapshot(), schema_version=99)

    with pytest.raises(SnapshotVersionError, match="Fassung 99"):
        list(render_documents(future, ["de"], sha256=""))
