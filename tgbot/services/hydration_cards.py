"""The cards around the drink gate: the questions, what they lead to, and what can be set."""

from collections.abc import Sequence
from datetime import time
from typing import Final

from content.schema.hydration import GateQuestion
from tgbot.domain import warnings
from tgbot.domain.hydration import Body, Mode, Said, target_cups
from tgbot.domain.red_flags import Level, ScreenAction, Screening
from tgbot.domain.replies import Button, Show, column
from tgbot.services.drink_words import aim, back, button, cups_words, hot_button, litres_words
from tgbot.services.request import Request
from tgbot.services.times_in_words import clock_words, to_digits
from tgbot.storage.hydration import Hydration

SWELLING: Final = "fluid_overload"
"""The condition whose words stand in the same-day advice (warnings.first_fluid_overload)."""
BEDTIMES: Final = (time(20), time(21), time(22), time(23), time(0), time(1))


def consent(request: Request) -> Show:
    """Asks before the first answer is kept."""
    count = len(request.knowledge.catalogue.hydration.questions)
    text = request.say("hydration.consent", count=count, number=request.country.ambulance)
    yes = button(request, "hydration.agree", "agree")
    return Show(text, column(yes, button(request, "hydration.decline", "decline")))


def ask(request: Request, question: GateQuestion, *, again: bool) -> Show:
    """One safety question; ``again``: it is asked once more, out of its order."""
    questions = request.knowledge.catalogue.hydration.questions
    head = "hydration.question_again" if again else "hydration.question"
    place = questions.index(question) + 1
    lines = [request.say(head, place=place, total=len(questions), ask=question.ask.strip())]
    lines += [f"• {one}" for one in question.any_of]
    text = "\n".join(
        (*lines, "", f"<i>{question.why} {request.say('hydration.unsure_counts')}</i>")
    )
    said = [Said.YES, Said.NO, Said.UNSURE]
    if question.leads_to == "doctor" and again:
        said.insert(1, Said.AGREED)
    return Show(
        text,
        column(
            *(
                button(request, f"hydration.said_{one}", "say", question.id, one.value)
                for one in said
            )
        ),
    )


def today(request: Request, question: GateQuestion) -> Show:
    """To be seen the same day: whom to call comes first, the reminders last."""
    messages = request.knowledge.catalogue.messages
    country = request.knowledge.catalogue.known_country(request.person.country)
    advice = Screening(Level.SAME_DAY, ScreenAction.WARN, (SWELLING,))
    warning = warnings.warning(advice, messages, country)
    text = "\n\n".join((warning.text, question.advice, request.say("hydration.today")))
    seen = button(request, "hydration.seen_button", "seen")
    change = button(request, "hydration.answers_button", "answers")
    return Show(text, (*column(seen, change), *warning.buttons), urgent=True)


def closed(request: Request, question: GateQuestion, hot: str) -> Show:
    """Never told to drink more, and why; with the way to a limit of their own."""
    text = request.say("hydration.closed", because=question.because)
    buttons = column(
        button(request, "hydration.limit_button", "limit"), *_hot_and_answers(request, hot)
    )
    return Show("\n\n".join(filter(None, (hot, text, question.advice))), buttons)


def doctor(request: Request, question: GateQuestion, hot: str) -> Show:
    """Not until a doctor agrees."""
    text = request.say("hydration.doctor", because=question.because)
    agreed = button(request, "hydration.agreed_button", "say", question.id, Said.AGREED.value)
    buttons = column(agreed, *_hot_and_answers(request, hot))
    return Show("\n\n".join(filter(None, (hot, text))), buttons)


def _hot_and_answers(request: Request, hot: str) -> list[Button]:
    return [hot_button(request, hot), button(request, "hydration.answers_button", "answers")]


def off(request: Request) -> Show:
    """The person turned it off."""
    return Show(
        request.say("hydration.turned_off"), column(button(request, "hydration.on_button", "on"))
    )


def ask_body(request: Request) -> Show:
    """How much to aim for."""
    amounts = request.knowledge.catalogue.hydration.amounts
    cups = {body: target_cups(body, amounts) for body in Body}
    text = request.say("hydration.body", woman=cups[Body.WOMAN], man=cups[Body.MAN])
    buttons = [
        Button(
            request.say(f"hydration.body_{body}", cups=cups_words(request, n * amounts.cup_ml)),
            ("drink", "body", body.value),
        )
        for body, n in cups.items()
    ]
    return Show(text, column(*buttons))


def suggest(request: Request, state: Hydration, times: Sequence[time]) -> Show:
    """The times that the bot would remind at, to accept or to change."""
    own = button(request, "hydration.times_own", "own")
    none = button(request, "hydration.times_none", "open")
    if not times:
        return Show(request.say("hydration.no_times"), column(own, none))
    rows = "\n".join(f"• {clock_words(request, at)}" for at in times)
    text = request.say("hydration.suggest", times=rows, cups=aim(request, state))
    return Show(text, column(button(request, "hydration.times_yes", "times"), own, none))


def confirm_limit(request: Request, ml: int) -> Show:
    """Asks whether a typed limit is what the care team said."""
    text = request.say(
        "hydration.limit_confirm",
        litres=litres_words(request, ml),
        cups=cups_words(request, ml),
        cup=request.knowledge.catalogue.hydration.amounts.cup_ml,
    )
    yes = button(request, "hydration.limit_yes", "limit", str(ml))
    return Show(text, column(yes, button(request, "hydration.limit_no", "limit")))


def answers(request: Request, state: Hydration) -> Show:
    """What was answered, each to be changed."""
    rows = [
        Button(
            request.say(
                "hydration.answer_line",
                label=one.label,
                answer=request.say(f"hydration.said_{Said(state.answers[one.id])}"),
            ),
            ("drink", "ask", one.id),
        )
        for one in request.knowledge.catalogue.hydration.questions
        if one.id in state.answers
    ]
    if state.mode is Mode.OPEN:
        clock = clock_words(request, state.bedtime)
        bed = request.say("hydration.bedtime_line", time=clock)
        rows.append(Button(bed, ("drink", "bed")))
        if state.target_cups is not None:
            line = request.say("hydration.aim_line", cups=aim(request, state))
            rows.append(Button(line, ("drink", "body")))
    return Show(request.say("hydration.answers"), column(*rows) + back(request))


def ask_bedtime(request: Request) -> Show:
    """When the person goes to bed."""
    rows = [Button(clock_words(request, at), ("drink", "bed", to_digits(at))) for at in BEDTIMES]
    return Show(request.say("hydration.bedtime"), column(*rows) + back(request))
