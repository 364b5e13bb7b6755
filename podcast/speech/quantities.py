"""Quantities: units, sizes, money, ranges, ratios and multipliers in words; their numbers stay digits.

>>> read_quantities("16x3.8B at 30 fps").split()
['16', 'by', '3.8', 'billion', 'at', '30', 'frames', 'per', 'second']
>>> read_quantities("$1.50").strip()
'1 dollar and 50 cents'
>>> read_quantities("5-10%").strip()
'5 to 10 percent'
"""

import re

from podcast.speech import tables
from podcast.speech.numerals import fraction, in_words, plural, two_by_two
from podcast.speech.rules import any_of, next_word, rules, words_before

_NUMBER = r"(?<![\w.])\d+(?:\.\d+)?"
_UNIT = (
    rf"({_NUMBER})(?:([ -]?)({any_of(tables.UNITS)}|FPS|[GTPMEZ]F[Ll][Oo][Pp][Ss])"
    rf"|({any_of(tables.TIGHT_UNITS)}))"
    rf"(?:\^?\{{?([23])\}}?| (squared|cubed)\b)?(?![A-Za-z0-9])"
)
_RANGE = rf"(?<!-)({_NUMBER})([xX×%KMBTkmb]?) ?-{{1,2}} ?(\d+(?:\.\d+)?)(?![\d.]*-\d)([xX×%KMBTkmb]?)"
_MONEY = (
    r"(?:\b(a|an|the) )?(?:\b(?:US|CA|AU))?([$€£¥]) ?(\d+(?:\.\d+)?)"
    r"(?:[KMBkmb]?(?:-| to )[$€£¥]?(\d+(?:\.\d+)?))?"
    r"(?: ?(k|K|m|M|b|B|bn|T|thousand|million|billion|trillion)(?![A-Za-z0-9]))?(?: ?USD\b)?"
)


def _unit(match: re.Match[str]) -> str:
    number, gap, suffix, tight, area = match[1], match[2], match[3], match[4], match[5] or match[6]
    after, before = next_word(match), "".join(words_before(match, 1))
    if tight == "m" and after in ("parameter", "model", *tables.COUNTED):
        return f"{number} million"
    if tight and (gap := match.string[max(0, match.start() - 1) : match.start()]) == "-":
        return match[0]  # a name's tail, such as YOLO-8s
    key = suffix or tight
    key = "fps" if key == "FPS" else key[:1] + "FLOPs" if key[1:].lower() == "flops" else key
    one, many = (tables.UNITS if suffix else tables.TIGHT_UNITS)[key]
    if area:
        power = "square" if area in ("2", "squared") else "cubic"
        one, many = f"{power} {one}", f"{power} {many}"
    qualifies = bool(after) and after not in tables.FREE
    hardware = "byte" in one and re.fullmatch(r"[A-Z]{1,3}\d{2,4}[A-Z]?-?", before) is not None
    if hardware:
        number = f"~{number}"  # "A800 80GB" is one name: no comma between its numbers
    invariable = key == "fps" and number != "1"
    single = number == "1" or gap == "-" or ((qualifies or hardware) and not invariable)
    return f"{number} {one if single else many} "


def _size(match: re.Match[str]) -> str:
    """Say K, M, B and T as thousand to trillion, but as letters inside a model's name."""
    number, letter = match[1], match[2]
    after = match.string[match.end() : match.end() + 12]
    if match.start() and match.string[match.start() - 1] == "-":
        return match[0]  # Qwen2.5-72B
    before = words_before(match, 2)
    last = before[-1] if before else ""
    versioned = len(before) == 2 and re.fullmatch(r"v?\d+(?:\.\d+)*", last) and re.match(r"[A-Z][A-Za-z-]", before[0])
    name = last in tables.FAMILIES or re.fullmatch(r"[A-Z][A-Za-z]+-?\d[\d.]*(?:-[A-Za-z]\w*)?", last)
    if (versioned and before[0].lower() not in tables.FREE) or name or re.match(r"-[A-Z]", after):
        follows = next_word(match) in tables.PREPOSITIONS and (versioned or last[-1:].isdigit())
        return f"{number} {letter}{',' if follows else ''}"
    if letter in "KMB" and re.match(r" (?:resolution|video|image|display)", after):
        return f"{number} {letter}" if letter == "K" and len(number) < 3 else f"{number} {tables.MAGNITUDES['m']}"
    return f"{number} {tables.MAGNITUDES[letter.lower()]} "


def _range(match: re.Match[str]) -> str:
    low, first, high, second = match.groups()
    if float(high) <= float(low) and not first:
        return match[0]  # Qwen 2.5-1.5B is a name
    before = "".join(words_before(match, 1))
    if second in [*"KMBTkmb"] and (before in tables.FAMILIES or re.search(r"[a-z][A-Z]", before)):
        return match[0]  # Llama 3-8B too
    return f"{low}{'' if first == second else first} to {high}{second}"


def _money(match: re.Match[str]) -> str:
    article, sign, low, high, size = match.groups()
    unit = tables.CURRENCIES[sign]
    cents = re.fullmatch(r"(\d+)\.(\d\d)", low)
    if cents and sign in "$€" and not size and not high:
        small = f"{int(cents[2])} cent{'' if cents[2] == '01' else 's'}" if int(cents[2]) else ""
        large = f"{cents[1]} {unit}{'' if cents[1] == '1' else 's'}" if int(cents[1]) else ""
        said = " and ".join(part for part in (large, small) if part) or f"0 {unit}s"
    else:
        amount = f"{low} to {high}" if high else low
        magnitude = f" {tables.MAGNITUDES.get(size.lower(), size)}" if size else ""
        adjective = article and next_word(match) not in ("", *tables.FREE)
        invariable = adjective or unit == "yen" or (low == "1" and not size and not high)
        said = f"{amount}{magnitude} {unit}{'' if invariable else 's'}"
    return f"{article + ' ' if article else ''}{said} "


def _ratio(match: re.Match[str]) -> str:
    top, bottom, suffix = int(match[1]), int(match[2]), match[3]
    if all(1900 <= year < 2100 for year in (top, bottom)):
        return f"{top} and {bottom}"
    if bottom > 1 and (suffix or top == 1 or (top < bottom and bottom in (3, 4, 5, 8))):
        return fraction(top, bottom)
    return f"{top} out of {bottom}" if top <= bottom else f"{top} ~{bottom}"


def _decade(match: re.Match[str]) -> str:
    return plural(in_words(int(match[1]), "year") if match[1] else in_words(int(match[2])))


read_quantities = rules(
    (r"(?<=\d)\.0(?= ?(?:%|[xX×](?!\w)| percent))", ""),
    (r"(?<!\w)((?:1[89]|20)\d0)s\b|(?<=\bthe )'?([2-9]0)s\b", _decade),
    (r"(?<![\w.-])(\d{3,4})([pP])(?![A-Za-z0-9])", lambda m: f"{two_by_two(m[1])} {m[2]}"),
    (r"(?<![\w)])-(?=[$€£])", " minus "),
    (_MONEY, _money),
    (r"[$€£¥]", " "),
    (r"(?<![\w./-])(\d{1,9})/(\d{1,9})(st|nd|rd|th)?s?(?![\w/-]|\.\d)", _ratio),
    (r"(?<=[\d%]) ?/ ?(?=[+-]?\d)|(?<=\d[KMBTx%]) ?/ ?(?=[+-]?\d)|(?<=\S) / (?=\S)", " and "),
    (r"(?<=\d) ?: ?(?=\d)(?<! )", " to "),
    (_RANGE, _range),
    (r"(?<=[\d.]) ?[x×] ?(?=\d+(?:\.\d+)? to the | ?10 to the )", " times "),
    (r"(?<=\d)(?:[xX×]| [x×]) ?(?=\d|[A-Z]\d)", " by "),
    (rf"({_NUMBER})[xX](?![A-Za-z0-9])", r"\1 times "),
    (r"×", " times "),
    (r"(?<![\w.])(\d+(?:\.\d+)?[KMBTkx]?) ?\+(?= ?[A-Za-z-]|[.,;:)]|$)(?!\+)", r"more than \1"),
    (r"more than more than", "more than"),
    (rf"({_NUMBER})(bn|mn|[KMBTkmbt])(?![A-Za-z0-9])", _size),
    (r"(?<=\d) m(?= squared| cubed)", "m"),
    (_UNIT, _unit),
    (rf"(?<=[a-z][sc]) ?/ ?({any_of(tables.PER)})\b", lambda m: f" per {tables.PER[m[1]]}"),
    (r"(?<=\w\w\w)/(?=[A-Za-z]\w\w)", " and "),
    (r"# ?(?=\d)", " number "),
    (r"\bC#", "C sharp"),
    (r"(?<=[\w)]) ?@ ?(?=\w)", " at "),
    (r"(?<![\w)\]])\+ ?(?=\d)", "plus "),
    (r"(?<![\w)\].-])- ?(?=\d)", " minus "),
    (r"(?<=\w)\+\+", " plus plus"),
    (r"(?<=[\w)]) ?\+ ?(?=[\w(])", " plus "),
    (r"%", " percent "),
    (r"°", " degrees "),
    (r"§ ?", " section "),
    (r"&", " and "),
    (r"(?<!\d)(\d{1,15})(?:st|nd|rd|th)\b", lambda m: in_words(int(m[1]), "ordinal")),
)
