"""The cards of the symptom check: a state in, one card with its buttons out."""

from collections.abc import Iterable

from content.schema.checkup import NONE, UNSURE, Screen, Script
from content.schema.messages import Messages
from tgbot.domain import checkup
from tgbot.domain.checkup import Answer, Result, Said, State, Tap
from tgbot.domain.checkup.facts import any_holds, facts_of
from tgbot.domain.checkup.path import open_doors, shown_on, steps
from tgbot.domain.replies import Button, Keyboard, Show, column

ROUTE = "chk"
MOST_REASONS = 4
"""Reasons on a card; "not sure" about a whole screen has as many as the screen has signs."""


class _Card:
    """What every card needs: the state, the words, and how a button is made."""

    def __init__(
        self, state: State, script: Script, messages: Messages, number: str, checkup_id: str
    ) -> None:
        self.state = state
        self.script = script
        self.messages = messages
        self.number = number or messages.text("checkup.number_fallback")
        self.checkup_id = checkup_id

    def text(self, key: str, **values: object) -> str:
        return self.messages.text(f"checkup.{key}", **values)

    def button(self, text: str, answer: Answer) -> Button:
        tap = checkup.encode_tap(Tap(self.state.revision, answer))
        return Button(text, (ROUTE, self.checkup_id, *tap))

    def bullets(self, lines: Iterable[str]) -> list[str]:
        return [self.text("bullet", text=line) for line in lines]


def card(
    state: State,
    script: Script,
    messages: Messages,
    country_number: str,
    checkup_id: str,
    *,
    extra: Keyboard = (),
    closing: str = "",
) -> Show:
    """The card to show at a state.

    ``country_number`` is the emergency number of the person's country, or empty when unknown.
    Each button's action is ``("chk", checkup_id, revision, verb[, id])``; read it back with
    ``checkup.read_tap(action[2:])``. ``extra`` buttons go below those of a result, and ``closing``
    (Telegram HTML) below its words.
    """
    made = _Card(state, script, messages, country_number, checkup_id)
    screen = script.screen(state.at)
    if screen and state.note:
        return _why_card(made, screen)
    if screen:
        return _question_card(made, screen)
    if state.at == checkup.REVIEW:
        return _review_card(made)
    found = checkup.result(state, script)
    if state.note:
        return _sources_card(made, found)
    return _result_card(made, found, extra, closing)


def result_text(found: Result, script: Script, messages: Messages, country_number: str) -> str:
    """The words of a result card, Telegram HTML, for answers that came without any taps."""
    end = State(at=checkup.THE_END)
    return _result_card(_Card(end, script, messages, country_number, ""), found).text


def _question_card(made: _Card, screen: Screen) -> Show:
    buttons = [*_choice_buttons(made, screen), *_frame_buttons(made, screen)]
    hint = made.text("several_hint" if screen.several else "one_hint")
    return Show(_sections([_step_line(made)], [_ask(made, screen)], [hint]), column(*buttons))


def _step_line(made: _Card) -> str:
    screen = made.script.screen(made.state.at)
    if screen and screen.side:
        return made.text("side_step")
    number, total = steps(made.state.at, made.state.answers, made.script)
    return made.text("step", number=number, total=total)


def _ask(made: _Card, screen: Screen) -> str:
    facts = facts_of(made.state.answers, made.script)
    fitting = (words.ask for words in screen.instead if any_holds(words.when, facts))
    ask, _, more = next(fitting, screen.ask).partition("\n")
    bold = made.text("ask", ask=ask)
    return f"{bold}\n{made.text('more', more=more)}" if more else bold


def _choice_buttons(made: _Card, screen: Screen) -> list[Button]:
    buttons = []
    more = made.state.more
    for choice in shown_on(screen, made.state.answers, made.script, more=more):
        option, text = made.script.choice_id(choice), made.script.choice_text(choice)
        ticked = option in made.state.pending
        if not screen.several:
            buttons.append(made.button(text, checkup.Choose(option)))
        elif ticked:
            buttons.append(_plain_button(made, "ticked", text, checkup.Toggle(option, on=False)))
        else:
            buttons.append(made.button(text, checkup.Toggle(option)))
    return buttons


def _plain_button(made: _Card, key: str, text: str, answer: Answer) -> Button:
    # A button's text is plain, not HTML: the words are put in without escaping.
    return made.button(made.messages.texts[f"checkup.{key}"].format(text=text), answer)


def _frame_buttons(made: _Card, screen: Screen) -> list[Button]:
    buttons = []
    if shown_on(screen, made.state.answers, made.script, more=not made.state.more):
        key = "button_first" if made.state.more else "button_more"
        buttons.append(made.button(made.text(key), checkup.More()))
    if screen.several and made.state.pending:
        buttons.append(made.button(made.text("button_done"), checkup.Done()))
    elif screen.several:
        buttons.append(made.button(screen.none, checkup.NoneOfThese()))
    if screen.unsure:
        buttons.append(made.button(screen.unsure, checkup.Choose(UNSURE)))
    if made.state.at != made.script.screens[0].id or made.state.at in made.state.answers:
        buttons.append(made.button(made.text("button_back"), checkup.Back()))
    return [*buttons, made.button(made.text("button_why"), checkup.Why())]


def _why_card(made: _Card, screen: Screen) -> Show:
    text = _sections([_step_line(made)], [_ask(made, screen)], [made.text("why", why=screen.why)])
    return Show(text, column(made.button(made.text("button_why_close"), checkup.Why())))


def _review_card(made: _Card) -> Show:
    answered = [
        screen
        for screen in made.script.screens
        if screen.id in made.state.answers and not screen.door
    ]
    lines = [
        made.text(
            "review_line", about=screen.about, given=given_words(screen, made.state, made.script)
        )
        for screen in answered
    ]
    changes = [_edit_button(made, screen) for screen in answered]
    finish = made.button(made.text("button_finish"), checkup.Finish())
    back = made.button(made.text("button_back"), checkup.Back())
    text = _sections([made.text("review_title")], lines, [made.text("review_hint")])
    return Show(text, column(finish, *changes, back))


def _edit_button(made: _Card, screen: Screen) -> Button:
    words = made.messages.texts["checkup.button_edit"].format(about=screen.about)
    return made.button(words, checkup.Edit(screen.id))


def given_words(screen: Screen, state: State, script: Script) -> str:
    """What was answered on a screen, in the words of its buttons."""
    given = state.answers.get(screen.id, ())
    words = [
        script.choice_text(choice) for choice in screen.choices if script.choice_id(choice) in given
    ]
    words += [screen.none] if NONE in given and screen.several else []
    words += [screen.unsure] if UNSURE in given and screen.several else []
    return "; ".join(words)


def _result_card(made: _Card, found: Result, extra: Keyboard = (), closing: str = "") -> Show:
    urgent = found.level == "emergency"
    headline = made.text("result_level", headline=found.outcome.headline.format(number=made.number))
    tell = (
        [made.text("tell_title"), *made.bullets(found.outcome.tell)] if found.outcome.tell else []
    )
    steps_ = [made.text("next_title"), *made.bullets(found.next_steps)]
    parts = [
        [headline],
        *([steps_, tell] if urgent else []),
        _because_lines(made, found),
        *([] if urgent else [_group_lines(made, found), steps_]),
        _come_back_lines(made, found),
        [closing],
        [made.text("not_a_diagnosis")],
    ]
    return Show(_sections(*parts), (*column(*_result_buttons(made)), *extra), urgent=urgent)


def _because_lines(made: _Card, found: Result) -> list[str]:
    reasons = [made.text("reason", reason=reason) for reason in found.reasons[:MOST_REASONS]]
    return [made.text("because_title"), *_said_lines(made, found.because), *reasons]


def _said_lines(made: _Card, said: tuple[Said, ...]) -> list[str]:
    sure = "; ".join(one.text for one in said if not one.unsure)
    unsure = "; ".join(one.text for one in said if one.unsure)
    lines = [made.text("because_said", said=sure)] if sure else []
    return [*lines, *([made.text("because_unsure", said=unsure)] if unsure else [])]


def _group_lines(made: _Card, found: Result) -> list[str]:
    lines = [made.text("groups_title")] if found.groups else []
    for fit in found.groups:
        said = "; ".join(one.text for one in fit.because)
        lines.append(made.text("group", name=fit.group.name, about=fit.group.about))
        lines.append(made.text("group_because", said=said))
    if found.level != "self_care":
        # Groups that are looked into in the same way say so once.
        lines += dict.fromkeys(made.text("doctor", doctor=fit.group.doctor) for fit in found.groups)
    return lines


def _come_back_lines(made: _Card, found: Result) -> list[str]:
    if not found.outcome.come_back:
        return []
    return [
        made.text("come_back_title", number=made.number),
        *made.bullets(found.outcome.come_back),
    ]


def _result_buttons(made: _Card) -> list[Button]:
    stopped = bool(made.state.last)
    change = made.text("button_mistake" if stopped else "button_change")
    doors = open_doors(made.state.answers, made.script)
    return [
        made.button(change, checkup.Back()),
        *(made.button(screen.door, checkup.Enter(screen.id)) for screen in doors),
        made.button(made.text("button_sources"), checkup.Why()),
    ]


def _sources_card(made: _Card, found: Result) -> Show:
    named = [made.script.sources[source] for source in found.sources]
    lines = [
        made.text(
            "source",
            name=source.name,
            year=source.year,
            status=made.text(f"status_{source.status}"),
        )
        for source in named
    ]
    headline = made.text("result_level", headline=found.outcome.headline.format(number=made.number))
    text = _sections(
        [headline], [made.text("sources_title"), *lines], [made.text("sources_unsigned")]
    )
    close = made.button(made.text("button_sources_close"), checkup.Why())
    return Show(text, column(close), urgent=found.level == "emergency")


def _sections(*parts: list[str]) -> str:
    """Blocks of lines with an empty line between them; empty ones fall out."""
    blocks = ["\n".join(line for line in part if line) for part in parts]
    return "\n\n".join(block for block in blocks if block)
