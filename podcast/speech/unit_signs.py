"""What an amount looks like: signs of units and currencies, and the pattern of a number with all that stands at it.

>>> UNITS["km/h"], MONEY["€"]
('speed-kilometer-per-hour', 'EUR')
>>> [match["first"] for match in amount_in("de").finditer("~3,5 und $5")]
['3', '5', '5']
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from podcast.speech import cldr
from podcast.speech.tongues import tongue

LATIN = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿͰ-ӿ"
"""Letters that make a figure part of a name: Latin, Greek and Cyrillic."""
NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_OF_A_NOUN = r"(?<=[0-9])[kM](?=-(?!Video|Bild|Aufl|Monitor|Display|Kamera|Film|Fernseh)[A-ZÄÖÜ][a-zäöü]{3})"
"""A scale within a word: 128k-Kontext."""
UNITS: Mapping[str, str] = {
    "bit": "digital-bit", "KB": "digital-kilobyte", "kB": "digital-kilobyte", "MB": "digital-megabyte",
    "GB": "digital-gigabyte", "GiB": "digital-gigabyte", "TB": "digital-terabyte", "PB": "digital-petabyte",
    "Kb": "digital-kilobit", "kb": "digital-kilobit", "Mb": "digital-megabit", "Gb": "digital-gigabit",
    "Mbit": "digital-megabit", "Gbit": "digital-gigabit", "ns": "duration-nanosecond", "µs": "duration-microsecond",
    "μs": "duration-microsecond", "us": "duration-microsecond", "ms": "duration-millisecond", "s": "duration-second",
    "min": "duration-minute", "h": "duration-hour", "nm": "length-nanometer", "µm": "length-micrometer",
    "mm": "length-millimeter", "cm": "length-centimeter", "m": "length-meter", "km": "length-kilometer",
    "mg": "mass-milligram", "g": "mass-gram", "kg": "mass-kilogram", "mW": "power-milliwatt", "W": "power-watt",
    "kW": "power-kilowatt", "MW": "power-megawatt", "GW": "power-gigawatt", "kWh": "energy-kilowatt-hour",
    "J": "energy-joule", "V": "electric-volt", "A": "electric-ampere", "Hz": "frequency-hertz",
    "kHz": "frequency-kilohertz", "MHz": "frequency-megahertz", "GHz": "frequency-gigahertz",
    "°C": "temperature-celsius", "° C": "temperature-celsius", "℃": "temperature-celsius",
    "°F": "temperature-fahrenheit", "°": "angle-degree", "m^2": "area-square-meter", "km^2": "area-square-kilometer",
    "m^3": "volume-cubic-meter", "ml": "volume-milliliter", "mL": "volume-milliliter", "l": "volume-liter",
    "L": "volume-liter", "km/h": "speed-kilometer-per-hour", "kmh": "speed-kilometer-per-hour",
    "m/s": "speed-meter-per-second", "px": "graphics-pixel", "MP": "graphics-megapixel", "%": "concentr-percent",
    "‰": "concentr-permille", "ppm": "concentr-permillion",
}  # fmt: skip
"""Signs of units, and what CLDR calls them."""
PER: Mapping[str, str] = {
    "s": "duration-second", "sec": "duration-second", "min": "duration-minute", "h": "duration-hour",
    "d": "duration-day", "kg": "mass-kilogram", "m": "length-meter",
}  # fmt: skip
MONEY: Mapping[str, str] = {
    "US$": "USD", "R$": "BRL", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₺": "TRY",
    "₽": "RUB", "zł": "PLN", "TL": "TRY", "USD": "USD", "EUR": "EUR", "GBP": "GBP", "CHF": "CHF",
    "CNY": "CNY", "JPY": "JPY",
}  # fmt: skip
LETTERS: Mapping[str, int] = {"k": 3, "K": 3, "M": 6, "B": 9, "T": 12}
"""Thousand to trillion, right behind the number; before a hyphen a letter is part of a name."""


def signs_of_units(language: str) -> str:
    """Return the alternatives of a pattern for every unit and currency that the language writes."""
    return any_of([*UNITS, *tongue(language).units, *MONEY])


@cache
def amount_in(language: str) -> re.Pattern[str]:
    """Return what an amount looks like; units and scales are those of all languages and of this one."""
    known = tongue(language)
    units = any_of([*UNITS, *known.units])
    scales = any_of(known.scales)
    money, per = any_of(MONEY), any_of([*PER, *known.units])
    end = rf"(?![{LATIN}0-9])"
    sign_or_end = rf"(?:(?<=[%‰°€$£¥₹₩₺₽])|{end})"
    return re.compile(
        rf"(?<![{LATIN}0-9_.])(?P<about>[~≈±<>≤≥] ?)?(?P<sign>[-–+](?=[$€£¥%]?[0-9]))?"
        rf"(?:(?P<money>US\$|R\$|[$€£¥₹₩₺]|(?:USD|EUR|GBP|CHF)(?= )) ?)?(?P<rate>%)?(?P<first>{NUMBER})"
        rf"(?: ?%)?(?:(?P<to> ?[–~—] ?| - |-)(?P<minus>-)?[$€£¥%]?(?P<second>{NUMBER})(?![0-9.]*[0-9]|-[0-9]|/[0-9]))?"
        rf"(?:(?P<scale> ?(?:{scales}){end}|(?<=[0-9])[kKMBT](?=[€$£¥]|[^{LATIN}0-9-]|$)|{_OF_A_NOUN}"
        rf"| M(?= ?[€$£]| de ))"
        rf"(?P<point>\.(?=\s*$))?)?(?(money)(?P<tail> ?(?:{any_of(cldr.scale_words(language))})(?![{LATIN}]))?)"
        rf"(?: ?(?P<unit>{units}){sign_or_end}(?:/(?P<per>{per}){end})?"
        rf"| ?(?P<paid>{money}){sign_or_end}(?:/(?P<each>{per}){end})?"
        rf"| ?(?P<times>×|x(?! ?[+^] ?[0-9a-z]))(?![{LATIN}0-9×]))?"
        rf"(?P<stroke>(?<=[%°€$£{LATIN}])/(?=[{LATIN}]{{2}})|(?<=[€$£])/(?=[0-9]))?"
        rf"(?P<letters>[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ](?![a-z]* ?[0-9])|)"
    )


def any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"
