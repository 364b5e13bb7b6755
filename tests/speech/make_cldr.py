"""Make podcast/speech/cldr.json out of babel: what Unicode's CLDR knows of how languages write and name quantities.

    python tests/speech/make_cldr.py

babel (36 MB unpacked, of which we read 0.5 %) is wanted here and by the test that holds the file to it, not by a show.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PLACE = Path(__file__).parents[2] / "podcast" / "speech" / "cldr.json"

_w = str.split
UNITS = _w(
    "angle-degree area-square-kilometer area-square-meter concentr-percent concentr-permille concentr-permillion "
    "digital-bit digital-byte digital-gigabit digital-gigabyte digital-kilobit digital-kilobyte digital-megabit "
    "digital-megabyte digital-petabyte digital-terabyte duration-day duration-hour duration-microsecond "
    "duration-millisecond duration-minute duration-nanosecond duration-second electric-ampere electric-volt "
    "energy-joule energy-kilowatt-hour frequency-gigahertz frequency-hertz frequency-kilohertz frequency-megahertz "
    "graphics-megapixel graphics-pixel length-centimeter length-kilometer length-meter length-micrometer "
    "length-millimeter length-nanometer mass-gram mass-kilogram mass-milligram power-gigawatt power-kilowatt "
    "power-megawatt power-milliwatt power-watt speed-kilometer-per-hour speed-meter-per-second temperature-celsius "
    "temperature-fahrenheit volume-cubic-meter volume-liter volume-milliliter "
)
NAMED = frozenset(_w("ar cs da de es fi fr hi id it ja ko nb nl nn no pl pt ro ru sv tr uk vi zh"))
"""Of which months, units, currencies and scales are kept: the languages of our prompts, and of voices that shows use.
Of the others the signs of numbers."""
CURRENCIES = _w("BRL CHF CNY EUR GBP INR JPY KRW PLN RUB TRY USD")
SCALES = ("1000", "1000000", "1000000000", "1000000000000")


def made() -> str:
    """Return the file's text: by language its decimal and grouping signs, months, units, currencies and scales."""
    kept = {code: _signs(data) | (_names(data) if code in NAMED else {}) for code, data in _loaded()}
    return "{\n" + ",\n".join(f'"{code}": {json.dumps(kept[code], ensure_ascii=False)}' for code in kept) + "\n}\n"


def _loaded() -> Iterator[tuple[str, Any]]:
    from babel.localedata import LocaleDataDict, load, locale_identifiers

    for code in sorted(locale_identifiers()):
        loaded: Any = load(code) if len(code) == 2 else {}
        data = LocaleDataDict(loaded)
        if "latn" in data.get("number_symbols", ()):
            yield code, data


def _signs(locale: Any) -> dict[str, Any]:
    signs = locale["number_symbols"]["latn"]
    return {"marks": [signs["decimal"], signs["group"]]}


def _names(locale: Any) -> dict[str, Any]:
    units = locale["unit_patterns"]
    names, plurals = locale["currency_names"], locale["currency_names_plural"]
    scales = locale["compact_decimal_formats"]["long"]
    return {
        "months": [locale["months"]["format"]["wide"][month] for month in range(1, 13)],
        "units": {name: _plain(units[name]["long"]) for name in UNITS if "long" in units.get(name, ())},
        "currencies": {code: _plain(plurals.get(code) or {"other": names.get(code, code)}) for code in CURRENCIES},
        "scales": {
            scale: {form: _word(rows[scale].pattern) for form, rows in scales.items() if _counts(rows.get(scale))}
            for scale in SCALES
        },
    }


def _plain(forms: Any) -> dict[str, str]:
    """Return the forms that differ from "other", and "other"."""
    plain = {form: re.sub("[\u00a0\u202f]", " ", forms[form]) for form in sorted(forms)}
    return {form: text for form, text in plain.items() if form in ("other", "per") or text != plain["other"]}


def _counts(pattern: Any) -> bool:
    """Tell whether a pattern's word is the scale: "0 Millionen", and neither "000万" nor "mille"."""
    return pattern is not None and pattern.pattern.count("0") == 1


def _word(pattern: str) -> str:
    return pattern.strip("0\u00a0\u202f '")


if __name__ == "__main__":
    PLACE.write_text(made(), encoding="utf-8")
