"""The chat page's API over HTTP: state, events, people, taps, inline, clock, faults, strangers."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from tgbot.sandbox import page_files, page_stream
from tgbot.sandbox.clock import SandboxClock
from tgbot.sandbox.events import KEPT_EVENTS, EventLog
from tgbot.sandbox.server import Sandbox

GIF = b"GIF89a\x02\x00\x03\x00\x80\x00\x00"


@pytest.fixture
async def sandbox():
    async with Sandbox() as running:
        yield running


class Page:
    """A browser tab, as far as HTTP goes."""

    def __init__(self, http, sandbox):
        self.http, self.sandbox = http, sandbox

    async def ask(self, method, path, body=None, **headers):
        url = self.sandbox.url + path
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.http.request(method, url, json=body, headers=named) as answer:
            return answer.status, await answer.json()

    async def get(self, path):
        status, body = await self.ask("GET", path)
        assert status == 200, body
        return body

    async def post(self, path, **body):
        status, answer = await self.ask("POST", path, body)
        assert status == 200, answer
        return answer

    async def refused(self, path, **body):
        status, answer = await self.ask("POST", path, body)
        assert status == 400
        return answer["error"]

    async def bot(self, method, **params):
        url = f"{self.sandbox.url}/bot{self.sandbox.token}/{method}"
        async with self.http.post(url, json=params) as answer:
            return (await answer.json())["result"]

    async def events(self, since="", count=1, **headers):
        """Return the next `count` events."""
        got = []
        url = f"{self.sandbox.url}/api/events?since={since}"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with asyncio.timeout(5), self.http.get(url, headers=named) as stream:
            assert stream.content_type == "text/event-stream"
            async for line in stream.content:
                if line.startswith(b"data: "):
                    got.append(json.loads(line[6:]))
                if len(got) == count:
                    return got
        return got


@pytest.fixture
async def page(sandbox):
    async with aiohttp.ClientSession() as http:
        yield Page(http, sandbox)


@pytest.fixture
async def ann(page):
    return (await page.post("/api/people", first_name="Ann", language_code="de"))["id"]


async def test_the_first_look(page, ann):
    await page.post("/api/send", chat_id=ann, person_id=ann, text="/start")
    commands = [{"command": "start", "description": "Begin"}]
    await page.bot("setMyCommands", commands=commands)
    keyboard = {"keyboard": [[{"text": "8:00"}]]}
    await page.bot(
        "sendMessage", chat_id=ann, text="<b>When?</b>", parse_mode="HTML", reply_markup=keyboard
    )
    state = await page.get("/api/state")
    assert state["bot"] == {"id": 4242, "first_name": "Surefoot", "username": "surefoot_bot"}
    assert state["people"] == [
        {
            "id": ann,
            "first_name": "Ann",
            "username": f"person{ann}",
            "language_code": "de",
            "blocked": False,
            "chat_id": ann,
        }
    ]
    assert state["chats"] == [{"id": ann, "type": "private", "title": "Ann", "members": [ann]}]
    asked, answer = state["messages"][str(ann)]
    assert (asked["text"], asked["from"]["id"]) == ("/start", ann)
    assert answer["reply_markup"] == keyboard
    assert answer["entities"] == [{"type": "bold", "offset": 0, "length": 5}]
    assert state["commands"] == commands
    assert state["menu_button"] == {"type": "commands"}
    assert state["clock"]["offset_seconds"] == 0
    assert state["clock"]["can_jump"] is False
    assert datetime.fromisoformat(state["clock"]["now"]).tzinfo is not None
    assert state["seq"] == 5  # person, started, message, commands, message


async def test_events_tell_everything_in_order(page, sandbox, ann):
    start = sandbox.world.events.seq
    listening = asyncio.create_task(page.events(since=start, count=8))
    await page.post("/api/send", chat_id=ann, person_id=ann, text="Hi")
    await page.bot("sendChatAction", chat_id=ann, action="typing")
    sent = await page.bot("sendMessage", chat_id=ann, text="Ho")
    await page.bot("editMessageText", chat_id=ann, message_id=sent["message_id"], text="Hey")
    tap = await page.post(
        "/api/tap", chat_id=ann, person_id=ann, message_id=sent["message_id"], data="x"
    )
    await page.bot("answerCallbackQuery", callback_query_id=tap["callback_id"], text="ok")
    await page.bot("deleteMessage", chat_id=ann, message_id=sent["message_id"])
    await page.post("/api/clock", advance_seconds=60)
    events = await listening
    assert [event["seq"] for event in events] == list(range(start + 1, start + 9))
    kinds = [event["type"] for event in events]
    assert kinds == [
        "person",
        "message",
        "typing",
        "message",
        "edited",
        "callback_answer",
        "deleted",
        "clock",
    ]
    assert events[4]["message"]["text"] == "Hey"
    assert events[3]["message"]["text"] == "Ho"
    answer = events[5]
    assert answer["callback_id"] == tap["callback_id"]
    assert (answer["text"], answer["show_alert"], answer["person_id"]) == ("ok", False, ann)


async def test_a_lost_connection_resumes(page, sandbox):
    for name in ("Ann", "Ben", "Cem"):
        sandbox.add_person(name)
    seq = sandbox.world.events.seq
    [event] = await page.events(since=seq - 1)
    assert event["person"]["first_name"] == "Cem"
    [event] = await page.events(since=0, Last_Event_ID=str(seq - 2))
    assert event["person"]["first_name"] == "Ben"
    [event] = await page.events(since=seq + 100)
    assert event["type"] == "reload"


async def test_the_stream_says_that_it_lives_and_ends_with_the_server(monkeypatch):
    monkeypatch.setattr(page_stream, "HEARTBEAT_SECONDS", 0.01)
    async with aiohttp.ClientSession() as http:
        sandbox = Sandbox()
        await sandbox.start()
        async with http.get(f"{sandbox.url}/api/events") as stream:
            async for line in stream.content:
                if b"still here" in line:
                    break
            await sandbox.stop()
            async with asyncio.timeout(5):
                await stream.read()


def test_events_that_are_gone_mean_a_reload():
    events = EventLog()
    assert events.since(0) == []
    assert events.since(1) is None
    for number in range(KEPT_EVENTS + 5):
        events.add("x", number=number)
    assert events.since(4) is None
    assert events.since(5)[0]["number"] == 5
    assert events.since(events.seq) == []


def test_a_listener_that_never_reads_is_let_go(monkeypatch):
    monkeypatch.setattr("tgbot.sandbox.events.LONGEST_BACKLOG", 3)
    events = EventLog()
    listener = events.listen()
    for _ in range(10):
        events.add("x")
    seen = [listener.get_nowait() for _ in range(listener.qsize())]
    assert seen[-1] is None
    assert len(seen) == 5


async def test_what_people_send(page, sandbox, ann):
    sent = await page.post("/api/send", chat_id=ann, person_id=ann, text="Hi")
    edited = await page.post(
        "/api/send", chat_id=ann, person_id=ann, edit_message_id=sent["message_id"], text="Ho"
    )
    assert (edited["text"], "edit_date" in edited) == ("Ho", True)
    place = {"latitude": 52.5, "longitude": 13}
    sent = await page.post("/api/send", chat_id=ann, person_id=ann, location=place)
    assert sent["location"] == place
    assert (await page.post("/api/send", chat_id=ann, person_id=ann, sticker=True))["sticker"]
    kinds = [
        next(iter(json.loads(p.raw).keys() - {"update_id"}))
        for p in sandbox.world.updates.waiting()
    ]
    assert kinds == ["message", "edited_message", "message", "message"]


async def test_groups(page, sandbox, ann):
    ben = (await page.post("/api/people", first_name="Ben"))["id"]
    group = await page.post("/api/groups", title="Walkers", members=[ann, ben])
    assert (group["type"], group["members"]) == ("group", [ann, ben])
    sent = await page.post("/api/send", chat_id=group["id"], person_id=ben, text="Hi")
    assert (sent["from"]["first_name"], sent["chat"]["title"]) == ("Ben", "Walkers")
    assert [chat["id"] for chat in (await page.get("/api/state"))["chats"]] == [
        ann,
        ben,
        group["id"],
    ]
    cem = sandbox.add_person("Cem").id
    assert "member" in await page.refused("/api/send", chat_id=group["id"], person_id=cem, text="x")
    assert "999" in await page.refused("/api/groups", title="x", members=[999])


async def test_blocking(page, ann):
    assert (await page.post("/api/block", person_id=ann, blocked=True))["blocked"] is True
    refused = await page.refused("/api/send", chat_id=ann, person_id=ann, text="Hi")
    assert refused == "This person has blocked the bot. Unblock it first."
    await page.post("/api/send", chat_id=ann, person_id=ann, text="/start")
    assert (await page.get("/api/state"))["people"][0]["blocked"] is False


async def test_an_inline_query_and_its_choice(page, sandbox, ann):
    asking = asyncio.create_task(page.post("/api/inline", person_id=ann, query="iron"))
    [update] = await page.bot("getUpdates", timeout=5)
    content = {"message_text": "<b>8 mg</b>", "parse_mode": "HTML"}
    result = {"type": "article", "id": "1", "title": "Iron", "input_message_content": content}
    query_id = update["inline_query"]["id"]
    await page.bot("answerInlineQuery", inline_query_id=query_id, results=[result])
    answer = await asking
    assert answer == {"results": [result]}
    sent = await page.post("/api/inline/choose", person_id=ann, chat_id=ann, result=result)
    assert (sent["text"], sent["via_bot"]["id"]) == ("8 mg", 4242)
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4}]


async def test_an_inline_query_that_nobody_answers(page, ann, monkeypatch):
    monkeypatch.setattr("tgbot.sandbox.acting.INLINE_SECONDS", 0.01)
    refused = await page.refused("/api/inline", person_id=ann, query="iron")
    assert refused == "The bot did not answer the inline query."


async def test_the_clock_goes_forward(page, sandbox):
    answer = await page.post("/api/clock", advance_seconds=3600)
    assert (answer["offset_seconds"], answer["jumped_to"]) == (3600, None)
    assert (await page.get("/api/clock"))["offset_seconds"] == 3600
    assert "forward" in await page.refused("/api/clock", advance_seconds=-1)
    assert (await page.post("/api/clock", to="next"))["jumped_to"] is None
    with pytest.raises(ValueError, match="forward"):
        sandbox.clock.advance(-1)


async def test_the_clock_jumps_to_the_next_reminder():
    rung = []
    clock = SandboxClock()
    due = [clock.now() + timedelta(days=1)]

    async def next_due():
        return due[0]

    async def on_clock():
        rung.append(clock.now())

    sandbox = Sandbox(clock=clock, next_due=next_due, on_clock=on_clock)
    async with sandbox, aiohttp.ClientSession() as http:
        page = Page(http, sandbox)
        assert (await page.get("/api/clock"))["can_jump"] is True
        answer = await page.post("/api/clock", to="next")
        assert answer["jumped_to"] == due[0].isoformat()
        assert timedelta(0) <= clock.now() - due[0] < timedelta(minutes=1)
        due[0] = datetime(2020, 1, 1, tzinfo=UTC)
        before = clock.offset_seconds
        assert (await page.post("/api/clock", to="next"))["offset_seconds"] == before
        due[0] = None
        assert (await page.post("/api/clock", to="next"))["jumped_to"] is None
    assert len(rung) == 2


async def test_a_day_ahead_halts_at_each_reminder_on_the_way():
    clock = SandboxClock()
    planned = [clock.now() + timedelta(hours=hours) for hours in (2, 5, 30)]
    halts = []

    async def next_due():
        return min((moment for moment in planned if moment > clock.now()), default=None)

    async def on_clock():
        halts.append(round(clock.offset_seconds / 3600, 2))

    sandbox = Sandbox(clock=clock, next_due=next_due, on_clock=on_clock)
    async with sandbox, aiohttp.ClientSession() as http:
        answer = await Page(http, sandbox).post("/api/clock", advance_seconds=86_400)
    assert halts == [2, 5, 24]
    assert answer["offset_seconds"] == 86_400


async def test_faults_over_http(page):
    fault = await page.post("/api/faults", kind="slow", method="sendMessage", delay=0.5, count=3)
    assert (fault["kind"], fault["method"], fault["count"]) == ("slow", "sendmessage", 3)
    await page.post("/api/faults", kind="reset", chat_id=5)
    assert [row["kind"] for row in await page.get("/api/faults")] == ["slow", "reset"]
    status, rest = await page.ask("DELETE", "/api/faults", {"id": fault["id"]})
    assert (status, [row["kind"] for row in rest]) == (200, ["reset"])
    assert await page.ask("DELETE", "/api/faults") == (200, [])
    assert "earthquake" in await page.refused("/api/faults", kind="earthquake")


async def test_files_reach_the_browser(page, sandbox, ann):
    sandbox.send_text(ann, "/start")
    form = aiohttp.FormData({"chat_id": str(ann)})
    form.add_field("animation", GIF, filename="walk.gif")
    url = f"{sandbox.url}/bot{sandbox.token}"
    async with page.http.post(f"{url}/sendAnimation", data=form) as answer:
        assert answer.status == 200
    form = aiohttp.FormData({"chat_id": str(ann)})
    form.add_field("document", b"<script>1</script>", filename="x.html", content_type="text/html")
    async with page.http.post(f"{url}/sendDocument", data=form) as answer:
        assert answer.status == 200
    _, moving, document = (await page.get("/api/state"))["messages"][str(ann)]
    [address] = moving["files"].values()
    assert moving["files"] == {moving["animation"]["file_id"]: address}
    async with page.http.get(sandbox.url + address) as answer:
        assert (answer.content_type, await answer.read()) == ("image/gif", GIF)
    [address] = document["files"].values()
    async with page.http.get(sandbox.url + address) as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    async with page.http.get(sandbox.url + "/api/file/none") as answer:
        assert answer.status == 404


async def test_the_page_and_nothing_beside_it(page, sandbox, tmp_path, monkeypatch):
    folder = tmp_path / "page"
    (folder / "icons").mkdir(parents=True)
    (folder / "index.html").write_text("<p>é</p>", encoding="utf-8")
    (folder / "app.js").write_text("1", encoding="utf-8")
    (folder / "icons" / "a.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("no", encoding="utf-8")
    monkeypatch.setattr(page_files, "FOLDER", folder)
    for path, kind in (
        ("/", "text/html"),
        ("/page/app.js", "text/javascript"),
        ("/page/icons/a.svg", "image/svg+xml"),
    ):
        async with page.http.get(sandbox.url + path) as answer:
            assert (answer.status, answer.content_type) == (200, kind)
    async with page.http.get(sandbox.url + "/") as answer:
        assert await answer.text() == "<p>é</p>"
    for path in (
        "/page/../secret.txt",
        "/page/%2e%2e/secret.txt",
        "/page//etc/passwd",
        "/page/none.js",
        "/page/icons",
        "/secret.txt",
    ):
        async with page.http.get(aiohttp.client.URL(sandbox.url + path, encoded=True)) as answer:
            assert answer.status == 404, path


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/people", {}),
        ("/api/people", {"first_name": " "}),
        ("/api/people", {"first_name": "A", "language_code": 5}),
        ("/api/groups", {"title": "x", "members": []}),
        ("/api/groups", {"title": "x", "members": [[]]}),
        ("/api/block", {"person_id": 5}),
        ("/api/send", {"chat_id": 5, "person_id": 5, "text": "x"}),
        ("/api/send", {"chat_id": "ANN", "person_id": "ANN"}),
        ("/api/send", {"chat_id": "ANN", "person_id": "ANN", "text": " "}),
        ("/api/send", {"chat_id": "ANN", "person_id": "ANN", "location": {"latitude": 1}}),
        ("/api/send", {"chat_id": "ANN", "person_id": "ANN", "edit_message_id": 9, "text": "x"}),
        ("/api/tap", {"chat_id": "ANN", "person_id": "ANN", "message_id": 9, "data": "x"}),
        ("/api/tap", {"chat_id": "ANN", "person_id": "ANN", "message_id": True, "data": "x"}),
        ("/api/inline", {"person_id": 5, "query": ""}),
        ("/api/inline/choose", {"person_id": "ANN", "chat_id": "ANN", "result": {}}),
        ("/api/clock", {}),
        ("/api/faults", {"kind": "slow", "delay": "x"}),
    ],
)
async def test_nonsense_gets_a_plain_sentence(page, ann, path, body):
    error = await page.refused(path, **{k: ann if v == "ANN" else v for k, v in body.items()})
    assert error


async def test_bodies_that_are_not_json(page, sandbox):
    for body, kind in (
        (b"{}", "text/plain"),
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"[" * 100_000, "application/json"),
    ):
        headers = {"Content-Type": kind}
        async with page.http.post(
            f"{sandbox.url}/api/people", data=body, headers=headers
        ) as answer:
            assert answer.status == 400
            assert (await answer.json())["error"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example"},
        {"Host": "evil.example", "Origin": "http://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_another_site_cannot_drive_the_page(page, sandbox, headers):
    for method, path in (("GET", "/api/state"), ("GET", "/api/events"), ("POST", "/api/people")):
        status, body = await page.ask(
            method,
            path,
            {"first_name": "Eve"},
            **{k.replace("-", "_"): v for k, v in headers.items()},
        )
        assert (status, list(body)) == (403, ["error"])
    assert sandbox.world.people == {}


async def test_the_sandboxs_own_page_may(page, sandbox):
    port = sandbox.url.rsplit(":", 1)[1]
    for host in (f"127.0.0.1:{port}", f"localhost:{port}"):
        named = {"Host": host, "Origin": f"http://{host}", "Sec_Fetch_Site": "same-origin"}
        status, _ = await page.ask("POST", "/api/people", {"first_name": "Ann"}, **named)
        assert status == 200


async def test_other_names_can_be_let_in():
    async with Sandbox(hosts=("demo.example",)) as sandbox, aiohttp.ClientSession() as http:
        page = Page(http, sandbox)
        assert (await page.ask("GET", "/api/state", Host="demo.example"))[0] == 200
        assert (await page.ask("GET", "/api/state", Host="other.example"))[0] == 403


async def test_unknown_addresses(page):
    assert (await page.ask("POST", "/api/nothing", {}))[0] == 404
    assert (await page.ask("POST", "/", {}))[0] == 404
