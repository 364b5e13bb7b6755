"""The kinds of unit that follow a figure: percent, points, multiples, money, time, and what is counted.

>>> text = "40% of it"
>>> unit_at(text, text.index("%"))
('%', Decimal('1'), 3)
>>> unit_at("2 hours", 1)
('time', Decimal('3600'), 7)
>>> kind_of("gib")
('byte', Decimal('1073741824'))
"""

import re
from decimal import Decimal


def words(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


TIMES = {
    "ms": "0.001", "millisecond": "0.001", "s": "1", "sec": "1", "second": "1", "sekunde": "1", "seconde": "1",
    "segundo": "1", "秒": "1", "min": "60", "minute": "60", "minuto": "60", "分钟": "60", "h": "3600", "hr": "3600",
    "hour": "3600", "stunde": "3600", "heure": "3600", "hora": "3600", "小时": "3600", "day": "86400", "tag": "86400",
    "jour": "86400", "día": "86400", "天": "86400", "week": "604800", "woche": "604800", "semaine": "604800",
    "semana": "604800", "month": "2629800", "monat": "2629800", "year": "31557600", "jahr": "31557600",
}  # fmt: skip
_BYTES = {"kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12, "kilobyte": 10**3, "megabyte": 10**6, "gigabyte": 10**9,
          "terabyte": 10**12, "gib": 2**30, "mib": 2**20}  # fmt: skip
_HERTZ = {"hz": 1, "khz": 10**3, "mhz": 10**6, "ghz": 10**9, "hertz": 1, "kilohertz": 10**3, "megahertz": 10**6}
_COUNTED = {
    "layer": "layer schicht couche capa 层", "head": "head", "epoch": "epoch epoche époque época",
    "gpu": "gpu tpu accelerator card a100 h100 v100 h200 p100 b200 rtx", "token": "token",
    "parameter": "parameter param weight paramètre parámetro 参数", "step": "step iteration update",
    "language": "language", "image": "image photo picture bild imagen", "video": "video clip",
    "question": "question problem prompt query", "suite": "task benchmark dataset corpus",
    "person": "people person annotator participant human user reader volunteer expert student", "bit": "bit",
    "expert": "expert", "frame": "frame", "word": "word wort palabra", "document": "document article page paper",
    "sentence": "sentence", "dialogue": "dialogue conversation",
}  # fmt: skip
_THINGS = {word: kind for kind, words in _COUNTED.items() for word in words.split()}

_UNIT = re.compile(
    r"(?P<abs> ?(?:%|percent|per cent|pct) ?-?(?:absolute|abs\.))"
    r"|(?P<points>[ -]?(?:(?:%|percent(?:age)?|per cent)[ -]points?|pp(?![a-z])|p\.p\.|(?:(?-i:[A-Z])[\w-]{1,12} )?"
    r"(?:points?|pts)(?!\w)|prozentpunkte?n?|puntos? porcentual(?:es)?|points? de pourcentage|个?百分点))"
    r"|(?P<percent>[ -]?(?:%|percent|per cent|pct|prozent|pour ?cent|por ciento|por cien)(?!\w))"
    r"|(?P<x>[ -]?fold(?!\w)|(?: ?×| ?x)(?![\w])(?! ?(?-i:\d|[A-Z]))"
    r"|[ -]?times(?= (?:as|more|less|fewer|the|better|worse|over)\b|(?: [a-z]{3,12})? [a-z]{2,12}er\b|-|[.,;!?]|$)"
    r"|-times|倍| fois(?= (?:plus|moins))| mal so | veces (?=más|menos))"
    r"|(?P<count> ?[×x] ?(?=(?-i:[A-Z])))"
    r"|(?P<often> times| mal(?!\w)| fois| veces)"
    r"|(?P<money> (?:us )?(?:dollars?|usd|euros?|eur|dólares|yuan)(?!\w)| ?(?:美元|欧元|元)|[€£])"
    r"|(?P<compute>[ -](?:[ahvpb]\d{2,3}[ -])?(?:gpu|tpu|[ahvpb]\d{2,3})[ -]"
    r"(?:hours?|days?|weeks?|stunden|heures|horas))",
    re.IGNORECASE,
)
_NOUN = re.compile(r"(?:[ -]([^\W\d_][\w-]{0,24})|([^\W\d_]{1,3})(?!\w))")
_HAN = re.compile(rf" ?个?({'|'.join(word for word in [*TIMES, *_THINGS] if ord(word[0]) > 0x2E80)})")
_STOPS = words(
    "of for to in on at by with from and or than as is are was were has have had does do that which who while "
    "per out but so if when after before over under against versus vs plus less this its it we they the a an "
    "instead across always yields outperforms beats uses gets thus not more fewer better worse points "
    "respectively des de la le les der die das und auf mit bei von für et sur dans en para con y reaches "
    "scores against"
)
TALK = words(
    "thing things question questions reason reasons way ways word words sentence sentences point points idea "
    "ideas note notes part parts piece pieces example examples step steps minute minutes second side sides "
    "problem problems"
)
"""What hosts count in small numbers while they talk."""
HARD = frozenset(
    {"%", "points", "abs", "x", "money", "compute", "gpu", "time", "parameter", "byte", "hertz", "fraction"}
)
"""Kinds that make a small number in words a figure."""


def unit_at(text: str, end: int) -> tuple[str, Decimal, int]:
    """Return the kind of unit that follows a number, how many of the base it is worth, and where it ends."""
    one = Decimal(1)
    if text.startswith(("th", "st", "nd", "rd"), end) and not text[end + 2 : end + 3].isalnum():
        return "ordinal", one, end + 2
    match = _UNIT.match(text, end)
    if match and match.lastgroup:
        kind = {"percent": "%", "often": "often", "count": "gpu"}.get(match.lastgroup, match.lastgroup)
        return kind, one, match.end()
    if han := _HAN.match(text, end):
        return kind_of(han[1])[0], kind_of(han[1])[1], han.end()
    at = end
    for step in range(3):
        noun = _NOUN.match(text, at)
        if not noun:
            break
        word = (noun[1] or noun[2]).lower()
        if word in _STOPS:
            break
        for name in (
            word,
            word.split("-")[-1],
            word.removesuffix("s"),
            word.removesuffix("n"),
            word.removesuffix("en"),
        ):
            kind, factor = kind_of(name)
            if kind and (step == 0 or kind not in ("time", "byte", "hertz")):
                return kind, factor, noun.end()
        if word in ("data", "evaluation") and text.startswith(" set", noun.end()):
            return "suite", one, noun.end() + 4
        if noun[2]:
            break
        if step == 0 and len(word) > 3 and word[-1] == "s" and word[-2] not in "su":
            counted = noun.end()
            return "counted", one, counted
        at = noun.end()
    return "", one, end


def kind_of(word: str) -> tuple[str, Decimal]:
    if word in TIMES:
        return "time", Decimal(TIMES[word])
    if word in _BYTES:
        return "byte", Decimal(_BYTES[word])
    if word in _HERTZ:
        return "hertz", Decimal(_HERTZ[word])
    return _THINGS.get(word, ""), Decimal(1)
