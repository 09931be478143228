"""The words the time reader knows, in English and a little of other languages, by meaning.

These are words that people write, not words that they read, so they stand beside the grammar
that uses them. Each meaning is a mark in capitals; the text itself is always in small letters,
so that nothing typed can pass for a mark.
"""

from typing import Final

_NUMBERS: Final = {
    0: "zero null cero",
    1: "one eins ein een une uno",
    2: "two zwei twee dos deux due",
    3: "three drei drie tres trois tre",
    4: "four vier cuatro quatre quattro",
    5: "five funf cinco cinq cinque vijf",
    6: "six sechs seis sei zes",
    7: "seven sieben siete sept sette zeven sju",
    8: "eight acht ocho huit otto atta",
    9: "nine neun nueve neuf nove negen",
    10: "ten zehn diez dix dieci tien",
    11: "eleven elf once_es onze undici",
    12: "twelve zwolf doce douze dodici twaalf",
    13: "thirteen",
    14: "fourteen",
    15: "fifteen",
    16: "sixteen",
    17: "seventeen",
    18: "eighteen",
    19: "nineteen",
    20: "twenty zwanzig veinte vingt",
    30: "thirty dreissig treinta trente",
    40: "forty fourty",
    45: "fortyfive",
    50: "fifty",
    60: "sixty",
    90: "ninety",
}
_DAYS: Final = (
    "mon monday montag mo lunes lundi lun",
    "tue tues tuesday dienstag martes mardi",
    "wed weds wednesday mittwoch mi miercoles mercredi",
    "thu thur thurs thursday donnerstag jueves jeudi",
    "fri friday freitag fr viernes vendredi",
    "sat saturday samstag sa sabado samedi",
    "sun sunday sonntag so_de domingo dimanche",
)
_DAYS_PLURAL: Final = (
    "mondays montags",
    "tuesdays dienstags",
    "wednesdays mittwochs",
    "thursdays donnerstags",
    "fridays freitags",
    "saturdays sats samstags",
    "sundays suns sonntags",
)
_MONTHS: Final = (
    "jan january januar enero janvier",
    "feb february februar febrero fevrier",
    "march marz marzo mars",
    "apr april abril avril",
    "may mayo mai",
    "jun june juni junio juin",
    "jul july juli julio juillet",
    "aug august agosto aout",
    "sept september septiembre septembre",
    "oct october oktober octubre octobre",
    "nov november noviembre novembre",
    "dec december dezember diciembre decembre",
)
_MARKS: Final = {
    "AM": "am",
    "PM": "pm pn",
    "MORN": "morning mornin morn forenoon morgens vormittags fruh rano утра subah सुबह "
    "صباحا pagi sang asubuhi matin mattina manha 早上 上午 早晨 朝 午前 아침 오전 ochtends sabah",
    "AFTN": "afternoon arvo nachmittags tarde دوپہر दोपहर 下午 午後 오후 middags siang "
    "apres-midi pomeriggio дня",
    "EVE": "evening eve evenin abends soir sera вечера aksam शाम shaam مساء 晚上 傍晚 夕方 "
    "저녁 avonds malam toi jioni",
    "NITE": "night nite noche noite nachts ночи raat रात ليلا 夜 밤 gece usiku",
    "NOON": "noon midday mittag mittags mediodia midi mezzogiorno meio-dia 中午 正午 정오",
    "MIDN": "midnight mitternacht medianoche minuit mezzanotte",
    "OCLOCK": "oclock oclok uhr heures heure baje बजे 点 點 時 时 시 gio",
    "HUNDRED": "hundred hundert",
    "CLOCKAT": "kl klockan klokken jam الساعة saat",
    "SWAHILI": "saa",
    "CLEAR": "noone",
    "HALF": "half haf hlf media demie demi",
    "HALB": "halb halv",
    "BAN": "半",
    "QUART": "quarter quater qtr quart kwart cuarto kvart",
    "VIERTEL": "viertel",
    "DREIV": "dreiviertel",
    "PAST": "past nach efter",
    "VOR": "vor voor",
    "TO": "to till til untill til' bis a_es thru through",
    "UNTIL": "until hasta",
    "SEC": "second seconds sec secs",
    "MIN": "minute minutes min mins minuten minutos",
    "HOUR": "hour hours stunden stunde horas hora",
    "HR": "h hr hrs",
    "DAY": "day days tag tage dia dias jours jour",
    "WEEK": "week weeks wk wks weekly_n woche",
    "MONTH": "month months monthly_n",
    "YEAR": "year years birthday birthdays anniversary",
    "EVERY": "every each evry evrey evey ever_y cada jeden jede chaque alle tous todos toutes all",
    "HOURLY": "hourly",
    "DAILY": "daily everyday evryday taglich diario",
    "WEEKLY": "weekly",
    "MONTHLY": "monthly yearly annually fortnightly biweekly",
    "TIMES": "times x time_s",
    "ONCE": "once",
    "TWICE": "twice twise",
    "FEW": "few several some_n",
    "COUPLE": "couple",
    "OTHER": "other alternate",
    "EXCEPT": "except but excluding apart besides",
    "NOT": "not no without dont never_x",
    "AND": "and und y et e n og och & + plus",
    "OR": "or oder",
    "BETWEEN": "between btwn betwen zwischen entre",
    "FROM": "from von de_es desde",
    "START": "starting start begin beginning",
    "BEFORE": "before",
    "AFTER": "after",
    "BY": "by",
    "AT": "at um @ as las les alle_it a_fr o_pl",
    "ON": "on",
    "IN": "in",
    "FOR": "for",
    "OF": "of",
    "THE": "the",
    "A": "a an",
    "THIS": "this",
    "NEXT": "next",
    "NOW": "now",
    "TODAY": "today heute hoy",
    "TONIGHT": "tonight tonite",
    "TOMORROW": "tomorrow tommorow tommorrow tomorow tomorrows tmrw tmr tmw 2moro morgen manana demain",
    "YESTERDAY": "yesterday gestern ayer",
    "WD": "weekdays weekday workdays workday werktags",
    "WE": "weekends weekend wochenende",
    "LAST": "last",
    "PMLATE": "later earlier",
    "IS": "is im am_v age aged",
}
_DRINK: Final = (
    "drink drinks drinking water hydrate hydration glass glasses cup cups cuppa tea coffee litre litres "
    "liter liters fluids fluid sip sips trinken wasser beber agua boire eau 💧 🥤 🚰 🥛"
)
_EXERCISE: Final = (
    "exercise exercises exercising exercize workout workouts walk walks walking squat squats stretch "
    "stretches stretching physio gym training train physiotherapy sets reps jog jogging yoga gymnastics "
    "ubungen ejercicio exercices balance 🏋 🏃 🚶 💪 🧘 🤸"
)
_ANCHORS_LIST: Final = (
    "breakfast lunch lunchtime dinner supper bed bedtime wake work sunset sunrise pills teatime home shower "
    "fajr dhuhr asr maghrib isha prayer news school kids early late later whenever choose any first thing "
    "when meal meals brunch dawn dusk remind reminder alarm morning sometime soon 🌅 🌇 🌙 👍 ⏰"
)
ANCHORS: Final = frozenset(_ANCHORS_LIST.split())
"""Words that name a moment without a clock time, or ask for a reminder without any."""
_ZONES_LIST: Final = (
    "utc gmt est edt cst cdt mst mdt pst pdt bst cet cest eet eest wet ist jst kst aest aedt acst awst msk "
    "hst akst nzst nzdt sgt hkt pkt wib et pt ct eastern central pacific mountain"
)
ZONES: Final = frozenset(_ZONES_LIST.split())
FEASTS: Final = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "xmas": (12, 25),
    "boxing day": (12, 26),
    "new years eve": (12, 31),
    "new years day": (1, 1),
    "new year": (1, 1),
    "valentines day": (2, 14),
    "halloween": (10, 31),
}
"""Dates with a name: month and day."""
PHRASES: Final = {
    "de la manana": "MORN",
    "por la manana": "MORN",
    "da manha": "MORN",
    "du matin": "MORN",
    "di mattina": "MORN",
    "de la noche": "NITE",
    "de la tarde": "EVE",
    "da noite": "NITE",
    "da tarde": "AFTN",
    "du soir": "EVE",
    "di sera": "EVE",
    "'s avonds": "EVE",
    "'s ochtends": "MORN",
    "'s morgens": "MORN",
    "de l'apres-midi": "AFTN",
    "o'clock": "OCLOCK",
    "o clock": "OCLOCK",
    "a clock": "OCLOCK",
    "on clock": "CLOCKAT",
    "y media": "AND HALF",
    "et demie": "AND HALF",
    "y cuarto": "AND QUART",
    "et quart": "AND QUART",
    "menos cuarto": "LESSQUART",
    "moins le quart": "LESSQUART",
    "heute abend": "TONIGHT",
    "todos los dias": "DAILY",
    "tous les jours": "DAILY",
    "alle tage": "DAILY",
    "jeden tag": "DAILY",
    "cada dia": "DAILY",
    "every single day": "DAILY",
    "each and every day": "DAILY",
    "day after tomorrow": "DAYAFTER",
    "ubermorgen": "DAYAFTER",
    "pasado manana": "DAYAFTER",
    "school days": "WD",
    "working days": "WD",
    "work days": "WD",
    "week days": "WD",
    "monday to friday": "WD",
    "a week": "PER WEEK",
    "per week": "PER WEEK",
    "a day": "PER DAY",
    "per day": "PER DAY",
    "a month": "PER MONTH",
    "per month": "PER MONTH",
    "a year": "PER YEAR",
    "per year": "PER YEAR",
    "daylight": "daylight",
    "my time": "",
    "local time": "",
    "local": "",
    "around": "",
    "about": "",
    "approx": "",
    "roughly": "",
    "ish": "",
    "sharp": "",
    "or so": "",
    "please": "",
    "pls": "",
    "plz": "",
    "i guess": "",
    "exactly": "",
}
"""Phrases of several words; in small letters, without accents."""
_PROTECTED_LIST: Final = (
    "wake moon soon fine line wine live give fire seen right light might sight money tall mind kind find seven "
    "even ever very time home hold left leg legs knee room feet tell take make made want need hurt pain when "
    "what where then them they that this than with will well were here there half past fast last best rest "
    "step steps rise raise ankle heel calf back then tower ride side hour our your four form foot food good "
    "stop thanks thank hello later late early dawn dusk next text test sore some same sane noone right eighty "
    "alarm change forget tablet tablets water coffee month minutes today toast break breakfast dinner weak "
    "week work word world words walk talk while white write quite quiet after alter before between better "
    "doctor often open over under until sunset sunrise shower never fever lever dialysis programme"
)
PROTECTED: Final = frozenset(_PROTECTED_LIST.split())
"""Everyday words that only look like a misspelt mark."""


def _index() -> dict[str, str]:
    found = {f"{word}": f"W{n}" for n, words in _NUMBERS.items() for word in words.split()}
    for prefix, rows in (("D", _DAYS), ("S", _DAYS_PLURAL), ("M", _MONTHS)):
        for place, words in enumerate(rows):
            found |= dict.fromkeys(words.split(), f"{prefix}{place}")
    for mark, words in _MARKS.items():
        found |= dict.fromkeys(words.split(), mark)
    parts = {"mornings": "MORN", "afternoons": "AFTN", "evenings": "EVE", "nights": "NITE"}
    return found | {word: f"ALLOF {mark}" for word, mark in parts.items()}


MARK_OF: Final = _index()
"""Each known word and its mark: W8 a number, D0 Monday, S0 Mondays, M0 January, and the rest."""
DRINK: Final = frozenset(_DRINK.split())
EXERCISE: Final = frozenset(_EXERCISE.split())
