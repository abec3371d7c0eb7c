"""Servers for the test run, before pytest-django reads the settings.

They have a state directory of their own, spare the disk, and are stopped by the run that ends
last; starting them again takes a fraction of a second. xdist's workers inherit the addresses.
"""

import pytest

from alliance_portal.embedded.errors import ServersUnavailableError
from alliance_portal.embedded.servers import provide, state_directory


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    try:
        provide(state_directory() / "tests", durable=False)
    except ServersUnavailableError as error:
        raise pytest.UsageError(str(error)) from error
