"""/foods: by nutrient and by diet, as a list or as a picture."""

from collections.abc import Sequence
from dataclasses import replace

from tgbot.domain.questions import Answer, Context, Intent, Question, facet_answer, understand
from tgbot.domain.questions.food_buttons import (
    ANY_DIET,
    CHOOSE,
    diet_buttons,
    nutrient_buttons,
)
from tgbot.domain.questions.meals import DIETS
from tgbot.domain.questions.pictures import food_picture
from tgbot.domain.replies import Action, Notice, Picture, Reply, Show
from tgbot.services import nutrients
from tgbot.services.request import Request


async def open_foods(request: Request, words: str) -> Sequence[Reply]:
    """``/foods iron vegan``, ``/foods spinach``; without words, which nutrient."""
    question = understand(words, request.knowledge.catalogue.nutrients, None)
    if question.nutrients or question.foods:
        asked = as_foods(question)
        return await nutrients.reply_to(request, asked)
    return [_card(request, question.diet)]


def as_foods(question: Question) -> Question:
    """The question as one about foods: a nutrient's, or what a food holds."""
    intent = Intent.foods if question.nutrients else Intent.which_nutrient
    return replace(question, intent=intent, sure=True, values=())


async def answer(request: Request, action: Action) -> Sequence[Reply]:
    """A tap on a nutrient, or on a diet."""
    known = request.knowledge.catalogue.nutrients.details
    match action:
        case ("open",):
            return [_card(request, None)]
        case (nutrient, diet) if nutrient in known and diet == CHOOSE:
            return [_choose_diet(request, nutrient)]
        case (nutrient, diet) if nutrient in known and diet in (*DIETS, ANY_DIET):
            return await _foods(request, nutrient, _diet(diet))
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]


async def show_picture(request: Request, action: Action) -> Sequence[Reply]:
    """A tap on "Show as a picture"."""
    catalogue = request.knowledge.catalogue
    match action:
        case (nutrient, diet) if diet in (*DIETS, ANY_DIET):
            pass
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]
    found = food_picture(
        nutrient,
        _diet(diet),
        await nutrients.asked_for(request, nutrient),
        catalogue.nutrients,
        catalogue.messages,
        request.person.country or "",
    )
    if found is None:
        return [Notice(request.say("nutrients.picture_none"), alert=True)]
    return [Picture(found.chart, found.caption, found.buttons)]


async def _foods(request: Request, nutrient: str, diet: str | None) -> Sequence[Reply]:
    catalogue = request.knowledge.catalogue
    person = await nutrients.asked_for(request, nutrient)
    found: Answer = facet_answer(
        nutrient,
        Intent.foods.value,
        catalogue.nutrients,
        catalogue.messages,
        request.person.country or "",
        person,
        diet,
    )
    await nutrients.keep_in_mind(request, Context((nutrient,), person, Intent.foods))
    return [Show(found.text, found.buttons)]


def _card(request: Request, diet: str | None) -> Show:
    known = request.knowledge.catalogue.nutrients
    buttons = nutrient_buttons(diet, known)
    if diet is None:
        return Show(request.say("nutrients.foods_card"), buttons)
    return Show(request.say("nutrients.foods_card_diet", diet=diet), buttons)


def _choose_diet(request: Request, nutrient: str) -> Show:
    catalogue = request.knowledge.catalogue
    name = catalogue.nutrients.vocabulary.names[nutrient].name
    text = request.say("nutrients.diets_card", nutrient=name[:1].upper() + name[1:])
    return Show(text, diet_buttons(nutrient, catalogue.messages))


def _diet(written: str) -> str | None:
    return None if written == ANY_DIET else written
