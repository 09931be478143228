"""Pictures: drawn just before they leave, described in the database, told in words if that fails."""

import json
import sys

import pytest

from content.loader import load
from tgbot.domain.charts import Bar, Chart
from tgbot.domain.questions import PersonHint
from tgbot.domain.questions.pictures import food_picture
from tgbot.domain.rendering import DRAW, Place, plain, render
from tgbot.domain.replies import Picture
from tgbot.errors import ApiRefused
from tgbot.messaging import pictures
from tgbot.messaging.drawing import draw
from tgbot.sandbox.files import picture_size

CATALOGUE = load("en")
CHART = Chart("Iron", "A day: 8 mg", (Bar("Teff", "1 cup", 5.2, "5.2 mg (65%)"),), 8, 8, "USDA")
CALL = render([Picture(CHART, "<b>Iron</b> in words")], Place(7))[0]


async def ask_for_picture(chat):
    await chat.say("iron foods")
    return await chat.tap("Show as a picture")


async def test_a_picture_arrives_with_the_same_in_words(chat):
    heard = await ask_for_picture(chat)
    (message,) = heard.new
    photo = message["photo"][-1]
    assert photo["width"] == 800
    assert 500 <= photo["height"] <= 1200
    assert photo["file_size"] < 300_000
    assert message["caption"].startswith("Iron in one serving")
    assert "Oysters" in message["caption"]
    (call,) = chat.sandbox.calls.of("sendPhoto")
    assert call.ok
    assert not call.ignored


async def test_the_picture_is_not_in_the_database(bot, chat, monkeypatch):
    stored = []

    async def peep(api, method, params):
        stored.append((method, json.dumps(params)))
        await send(api, method, params)

    send = pictures.send
    monkeypatch.setattr(pictures, "send", peep)
    await ask_for_picture(chat)
    (params,) = [params for method, params in stored if method == "sendPhoto"]
    assert len(params) < 4000
    assert json.loads(params)[DRAW]["bars"][0]["name"]


async def test_a_picture_that_waits_is_sent_after_a_restart(bot, chat, monkeypatch):
    send = pictures.send

    async def fail(api, method, params):
        if method == "sendPhoto":
            raise ApiRefused(500, "Internal Server Error")
        await send(api, method, params)

    monkeypatch.setattr(pictures, "send", fail)
    await chat.say("iron foods")
    card, button = chat.find("Show as a picture")
    bot.sandbox.tap(chat.id, card["message_id"], button["callback_data"])
    await bot.until(lambda: bot.app.sender.outcomes["unavailable"])
    await bot.stop()
    monkeypatch.undo()
    await bot.start()
    await bot.settle()
    assert chat.last()["photo"]


async def test_words_go_alone_when_drawing_fails(chat, monkeypatch, caplog):
    def break_down(_chart):
        raise MemoryError("secret words")

    monkeypatch.setattr(pictures, "draw", break_down)
    heard = await ask_for_picture(chat)
    (message,) = heard.new
    assert message["text"].startswith("Iron in one serving")
    assert "photo" not in message
    assert "could not be drawn: MemoryError" in caplog.text
    assert "secret words" not in caplog.text


async def test_words_go_alone_when_the_picture_is_refused(chat, monkeypatch):
    monkeypatch.setattr(pictures, "draw", lambda _chart: b"not a picture")
    heard = await ask_for_picture(chat)
    (message,) = heard.new
    assert message["text"].startswith("Iron in one serving")


@pytest.mark.parametrize("data", ["1:pic:iron", "1:pic:gold:all", "1:pic:iron:xx", "1:foods:iron"])
async def test_a_forged_button_is_told_so(chat, data):
    await chat.say("/start")
    heard = await chat.forge(data)
    assert heard.notices
    assert not heard.new


def test_a_chart_comes_back_from_json():
    raw = json.loads(json.dumps(CALL.params))
    assert Chart.from_json(raw[DRAW]) == CHART
    with pytest.raises((TypeError, KeyError)):
        Chart.from_json({"title": "Iron"})


def test_a_caption_loses_its_markup_when_that_is_refused():
    bare = plain(CALL.params)
    assert bare["caption"] == "Iron in words"
    assert "parse_mode" not in bare


def test_the_library_is_not_loaded_before_the_first_picture():
    import subprocess  # noqa: PLC0415 - only here

    words = "import sys, tgbot.app; sys.exit('matplotlib' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", words]).returncode == 0


@pytest.mark.parametrize("nutrient", sorted(CATALOGUE.nutrients.details))
@pytest.mark.parametrize("who", [None, PersonHint(72, "female")], ids=str)
def test_every_nutrient_can_be_drawn(nutrient, who):
    found = food_picture(nutrient, None, who, CATALOGUE.nutrients, CATALOGUE.messages, "")
    width, height = picture_size(draw(found.chart))
    assert width == 800
    assert height <= 1000


def test_dollar_signs_and_long_names_are_drawn_as_they_are():
    bar = Bar("A $x^2$ name " * 6, "1 cup " * 5, 3, "3 mg")
    assert draw(Chart("$\\frac", "", (bar,), 0, 0, "s"))
