"""Follow-ups in both databases: planned once, claimed once, gone with their person."""

from datetime import UTC, datetime, timedelta

from tgbot.storage import checkups, followups, people

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


async def planned(connection, *, due=LATER):
    await people.ensure(connection, 7, NOW)
    checkup_id = await checkups.add(connection, 7, "{}", NOW)
    await followups.plan(connection, checkup_id, 7, "same_day", due)
    return checkup_id


async def test_a_check_has_one_follow_up_however_often_it_is_planned(engine):
    async with engine.begin() as connection:
        checkup_id = await planned(connection)
        await followups.plan(connection, checkup_id, 7, "soon", LATER + timedelta(days=2))
        assert await followups.next_due(connection, NOW) == LATER + timedelta(days=2)
        assert await followups.claim(connection, LATER, 10) == []
        [one] = await followups.claim(connection, LATER + timedelta(days=2), 10)
        assert (one.followup.level, one.silent, one.zone) == ("soon", False, None)


async def test_one_that_was_sent_is_never_planned_again(engine):
    async with engine.begin() as connection:
        checkup_id = await planned(connection)
        [one] = await followups.claim(connection, LATER, 10)
        await followups.settle(connection, [(one.followup.id, None, LATER)])
        await followups.plan(connection, checkup_id, 7, "soon", LATER)
        await followups.drop_unsent(connection, checkup_id)
        assert await followups.claim(connection, LATER, 10) == []
        assert await followups.find(connection, one.followup.id, 7) is not None
        assert await followups.find(connection, one.followup.id, 8) is None


async def test_who_stopped_or_blocked_is_seen_as_silent(engine):
    async with engine.begin() as connection:
        await planned(connection)
        for silence in (
            {"stopped_at": NOW, "blocked_at": None},
            {"stopped_at": None, "blocked_at": NOW},
        ):
            await people.change(connection, 7, **silence)
            [one] = await followups.claim(connection, LATER, 10)
            assert one.silent


async def test_two_replicas_never_claim_the_same(engine):
    async with engine.begin() as connection:
        await planned(connection)
    if engine.dialect.name != "postgresql":
        return  # SQLite has one process only (tgbot/storage/lock.py)
    async with engine.begin() as one, engine.begin() as other:
        assert len(await followups.claim(one, LATER, 10)) == 1
        assert await followups.claim(other, LATER, 10) == []


async def test_it_goes_with_its_check_and_with_its_person(engine):
    async with engine.begin() as connection:
        await planned(connection)
        await planned(connection)
        await checkups.drop_open(connection, 7)
        assert await followups.next_due(connection, NOW) is None
        await planned(connection)
        await people.forget(connection, 7)
        assert await followups.next_due(connection, NOW) is None
