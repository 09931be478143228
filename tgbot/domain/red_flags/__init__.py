"""The danger screen for free text: says whether a message names a danger that is happening."""

from tgbot.domain.red_flags.compiling import Rules, compile_rules
from tgbot.domain.red_flags.screening import screen
from tgbot.domain.red_flags.verdict import Level, ScreenAction, Screening

__all__ = ["Level", "Rules", "ScreenAction", "Screening", "compile_rules", "screen"]
