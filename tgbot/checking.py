"""``tgbot check``: the symptom check on answers that come as JSON lines, and its questions as JSON."""

from collections.abc import Mapping
from typing import Any, TextIO

from content.schema.checkup import Choice, Question, Screen, Script, split
from content.schema.messages import Messages
from tgbot.domain import checkup
from tgbot.domain.checkup_cards import result_text
from tgbot.domain.rendering import without_markup
from tgbot.json_lines import Unreadable, read_object, write_object
from tgbot.services.knowledge import Knowledge


def check_lines(knowledge: Knowledge, lines: TextIO, out: TextIO, country: str) -> None:
    """Judges JSON lines; one that cannot be judged is answered by one with ``error``."""
    number = knowledge.catalogue.country(country.upper()).ambulance
    for place, line in enumerate(lines, 1):
        if line.strip():
            write_object(out, _check_line(knowledge, line, place, number))


def _check_line(knowledge: Knowledge, line: str, place: int, number: str) -> dict[str, Any]:
    asked: object = None
    try:
        asked = read_object(line, place)
        answers = _answers(asked, place)
        catalogue = knowledge.catalogue
        found = _judge(answers, catalogue.checkup, catalogue.messages, number)
    except (Unreadable, checkup.CheckupError) as wrong:
        name = asked.get("id") if isinstance(asked, dict) else None
        return {"id": name, "error": _in_words(wrong)}
    return {"id": asked.get("id"), **found}


def _answers(asked: Mapping[str, Any], place: int) -> dict[str, list[str]]:
    given = asked.get("answers")
    if not isinstance(given, dict):
        raise Unreadable(f"line {place} has no object `answers`")
    answers: dict[str, list[str]] = {}
    for question, value in given.items():
        options = value if isinstance(value, list) else [value]
        if not all(isinstance(option, str) for option in options):
            raise Unreadable(f"line {place}: {question} needs an option id or a list of them")
        answers[question] = options
    return answers


def _in_words(wrong: Exception) -> str:
    match wrong:
        case checkup.UnknownQuestion():
            return f"unknown question {wrong}"
        case checkup.UnknownOption():
            return f"unknown option {wrong}"
        case _:
            return str(wrong)


def _judge(
    answers: Mapping[str, list[str]], script: Script, messages: Messages, number: str
) -> dict[str, Any]:
    facts = checkup.read_facts(answers, script)
    found = checkup.judge(facts, script)
    taps = checkup.count_taps(checkup.State(checkup.walk(facts, script)), script)
    return {
        "level": found.level,
        "rules": [rule.id for rule in found.rules],
        "groups": [fit.group.id for fit in found.groups],
        "taps": taps,
        "text": without_markup(result_text(found, script, messages, number)),
    }


def describe(script: Script) -> dict[str, Any]:
    """All that can be answered, and how it is asked, as plain values for JSON."""
    return {
        "questions": [_question(question, script) for question in script.questions.values()],
        "screens": [_screen(screen, script) for screen in script.screens],
    }


def _question(question: Question, script: Script) -> dict[str, Any]:
    screens = [screen for screen in script.screens if question.id in screen.questions]
    return {
        "id": question.id,
        "ask": screens[-1].ask if screens else "",
        "several": any(screen.several for screen in screens),
        "options": [{"id": one.id, "text": one.text} for one in question.options],
    }


def _screen(screen: Screen, script: Script) -> dict[str, Any]:
    return {
        "id": screen.id,
        "ask": screen.ask,
        "several": screen.several,
        "none": screen.none,
        "not_sure": screen.unsure,
        "choices": [_choice(choice, script) for choice in screen.choices],
    }


def _choice(choice: Choice, script: Script) -> dict[str, Any]:
    answers: dict[str, list[str]] = {}
    for question, option in map(split, choice.means):
        answers.setdefault(question, []).append(option)
    return {"id": script.choice_id(choice), "text": script.choice_text(choice), "answers": answers}
