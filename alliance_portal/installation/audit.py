"""``make audit``: which of the locked packages have known weaknesses.

osv.dev knows of every version, and is asked by uv. Where it cannot be reached PyPI is asked, whose answer is
about the newest release of a package alone. About a package that is locked at an earlier one nobody can then
be asked, which is said, and is no better than a weakness: the status is 1.
"""

import json
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.request import urlopen

OSV, PYPI = "https://api.osv.dev", "https://pypi.org"
SECONDS, AT_ONCE = 15, 8


class LockedPackage(NamedTuple):
    name: str
    version: str


class AnswerOfPypi(NamedTuple):
    """``newest`` is empty where there was none."""

    package: LockedPackage
    newest: str
    weaknesses: list[str]


def locked(lock: Path = Path("uv.lock")) -> list[LockedPackage]:
    """What comes from PyPI, which is everything but the portal itself."""
    packages = tomllib.loads(lock.read_text())["package"]
    return [LockedPackage(each["name"], each["version"]) for each in packages if "registry" in each["source"]]


def audit(uv: str, packages: Sequence[LockedPackage], *, osv: str = OSV, pypi: str = PYPI) -> int:
    """Say what is known, and by whom; the status that the command ends with."""
    if _answers(osv):
        _write("osv.dev is asked about every locked package.")
        return subprocess.run([uv, "audit", "--locked", "--preview"], check=False).returncode  # noqa: S603
    _write("osv.dev cannot be reached. PyPI is asked, which knows of each package's newest release alone.")
    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(lambda package: _ask(package, pypi), packages))
    weak = [each for each in answers if each.weaknesses]
    unasked = [each for each in answers if each.newest != each.package.version]
    _write(
        f"{len(answers) - len(unasked)} of {len(answers)} packages are locked at their newest release; "
        f"{len(weak)} of these are weak."
    )
    for package, _newest, weaknesses in weak:
        _write(f"WEAK     {package.name} {package.version}: {', '.join(weaknesses)}")
    for package, newest, _weaknesses in unasked:
        why = f"{newest} is the newest" if newest else "no answer"
        _write(f"UNKNOWN  {package.name} {package.version}: {why}")
    return 1 if weak or unasked else 0


def _answers(osv: str) -> bool:
    try:
        with urlopen(f"{osv}/v1/vulns/PYSEC-2021-98", timeout=SECONDS):  # noqa: S310  # a constant
            return True
    except HTTPError as error:
        return error.code == HTTPStatus.NOT_FOUND  # a proxy on the way says 403 or 502
    except OSError:
        return False


def _ask(package: LockedPackage, pypi: str) -> AnswerOfPypi:
    """Weaknesses of another version than the locked one say nothing about it."""
    try:
        with urlopen(f"{pypi}/pypi/{package.name}/json", timeout=SECONDS) as response:  # noqa: S310  # as above
            found: dict[str, Any] = json.load(response)
    except (OSError, ValueError):
        return AnswerOfPypi(package, "", [])
    newest = found["info"]["version"]
    standing = [each["id"] for each in found["vulnerabilities"] if not each.get("withdrawn")]
    return AnswerOfPypi(package, newest, standing if newest == package.version else [])


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(audit(sys.argv[1], locked()))
