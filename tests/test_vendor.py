"""What is shipped of others' works is what is locked, whole and with its licence."""

import json
import re
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent


def checksums() -> dict[str, str]:
    lines = (ROOT / "vendor" / "SHA256SUMS").read_text().splitlines()
    return {path: digest for digest, path in (line.split("  ") for line in lines)}


def test_every_file_has_the_checksum_it_was_brought_with():
    assert {path: sha256((ROOT / path).read_bytes()).hexdigest() for path in checksums()} == checksums()


def test_nothing_lies_there_that_was_not_brought():
    found = {f"static/vendor/{path.name}" for path in (ROOT / "static" / "vendor").iterdir()}

    assert found <= set(checksums())


def test_the_notices_name_the_versions_locked():
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text()
    locked = json.loads((ROOT / "vendor" / "package-lock.json").read_text())["packages"]
    wanted = json.loads((ROOT / "vendor" / "package.json").read_text())["dependencies"]

    for name, version in wanted.items():
        assert locked[f"node_modules/{name}"]["version"] == version
        assert locked[f"node_modules/{name}"]["integrity"].startswith("sha512-")
        shown = re.escape(name.removesuffix(".org"))
        assert re.search(rf"{shown}\W.*?\b{re.escape(version)}\b", notices, re.IGNORECASE), name


def test_each_package_in_the_bundle_has_its_licence_beside_it():
    licences = (ROOT / "static" / "vendor" / "vega.LICENSES").read_text()

    for name in ("vega", "vega-lite", "vega-embed", "vega-interpreter", "d3-array", "topojson-client"):
        assert re.search(rf"^{name} \d+\.\d+\.\d+\n\n", licences, re.MULTILINE), name
    assert licences.count("Permission to use") + licences.count("Redistribution and use") > 20
