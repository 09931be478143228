"""What all tests share: databases of both kinds, a sandbox, and the time-zone data of the package."""

import zoneinfo

import pytest


@pytest.fixture(autouse=True, scope="session")
def own_time_zones():
    """The package's time-zone data, as the application uses them."""
    zoneinfo.reset_tzpath([])
