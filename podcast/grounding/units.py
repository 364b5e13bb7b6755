"""The kinds of unit that follow a figure: percent, points, multiples, money, quantities, and things.

>>> text = "40% of it"
>>> unit_at(text, text.index("%"))
('%', Decimal('1'), 3)
>>> unit_at("2 hours", 1)
('time', Decimal('3600'), 7)
>>> kind_of("GiB")
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
    "decade": "315576000", "microsecond": "0.000001", "µs": "0.000001", "μs": "0.000001", "us": "0.000001",
    "nanosecond": "0.000000001", "ns": "0.000000001",
}  # fmt: skip
_PREFIXES = {"n": -9, "µ": -6, "μ": -6, "u": -6, "m": -3, "": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18,
             "Z": 21}  # fmt: skip
_SPOKEN = {"nano": -9, "micro": -6, "milli": -3, "centi": -2, "": 0, "kilo": 3, "mega": 6, "giga": 9, "tera": 12,
           "peta": 15, "exa": 18, "zetta": 21}  # fmt: skip
_SYMBOLS = {"W": "power", "Wh": "energy", "Hz": "hertz", "B": "byte", "FLOPs": "flop", "FLOPS": "flop",
            "FLOP": "flop", "J": "joule", "m": "length", "g": "mass", "bps": "bit", "bit/s": "bit"}  # fmt: skip
_SPELLED = {"watt": "power", "watt-hour": "energy", "watt hour": "energy", "watthour": "energy", "hertz": "hertz",
            "bit": "bit", "byte": "byte", "flop": "flop", "joule": "joule", "meter": "length", "metre": "length",
            "gram": "mass", "molar": "molar", "pascal": "pascal", "volt": "volt", "ampere": "ampere", "amp": "ampere",
            "electronvolt": "electronvolt", "decibel": "decibel",
            "gramme": "mass", "operation": "flop", "floating-point operation": "flop"}  # fmt: skip
_QUANTITIES = {prefix + unit: (kind, Decimal(10) ** power) for prefix, power in _PREFIXES.items()
               for unit, kind in _SYMBOLS.items() if prefix or len(unit) > 1 or unit in "WJm"} \
    | {prefix + unit: (kind, Decimal(10) ** power) for prefix, power in _SPOKEN.items()
       for unit, kind in _SPELLED.items()} \
    | {prefix + unit: ("volume", Decimal(10) ** (power - 3)) for prefix, power in _SPOKEN.items()
       for unit in ("liter", "litre")} \
    | {"cm": ("length", Decimal("0.01")), "KB": ("byte", Decimal(1000)), "kb": ("byte", Decimal(1000)),
       "gb": ("byte", Decimal(10**9)), "mb": ("byte", Decimal(10**6)), "tb": ("byte", Decimal(10**12)),
       "GiB": ("byte", Decimal(2**30)), "MiB": ("byte", Decimal(2**20)), "hz": ("hertz", Decimal(1)),
       "khz": ("hertz", Decimal(1000)), "kilogram": ("mass", Decimal(1000)),
       "kilo": ("mass", Decimal(1000))}  # fmt: skip
"""SI prefixes before units, as signs and as words; capitals count: mW is no MW."""
_FOOT = Decimal("0.3048")
_LENGTHS = {"mi": 5280 * _FOOT, "mile": 5280 * _FOOT, "ft": _FOOT, "foot": _FOOT, "feet": _FOOT, "inch": _FOOT / 12,
            "inche": _FOOT / 12, "yard": 3 * _FOOT}  # fmt: skip
_QUANTITIES |= {name: ("length", worth) for name, worth in _LENGTHS.items()} | {"dB": ("decibel", Decimal(1))}
_QUANTITIES |= {f"{name}{power}": (kind, worth**power) for kind, power in (("area", 2), ("volume", 3))
                for name, (of, worth) in _QUANTITIES.items() if of == "length" and len(name) <= 2}  # fmt: skip
_QUANTITIES |= {prefix + unit: (kind, Decimal(10) ** power) for prefix, power in (_PREFIXES | {"p": -12}).items()
                for unit, kinds, kind in (("M", "pnµμum", "molar"), ("Pa", "khMG", "pascal"), ("V", "nµμumk", "volt"),
                                          ("A", "nµμum", "ampere"), ("eV", "mkMGT", "electronvolt"))
                if prefix and prefix in kinds}  # fmt: skip
_QUANTITIES |= {name: ("volume", Decimal(10) ** power) for name, power in
                {"ml": -6, "mL": -6, "µl": -9, "μl": -9, "µL": -9, "μL": -9, "cl": -5, "dl": -4}.items()}  # fmt: skip

MONEY = {"$": "usd", "dollar": "usd", "usd": "usd", "dólares": "usd", "dólar": "usd", "美元": "usd",
         "€": "eur", "euro": "eur", "eur": "eur", "欧元": "eur", "£": "gbp", "pound": "gbp", "gbp": "gbp",
         "¥": "yen", "yen": "yen", "yuan": "yuan", "元": "yuan", "rmb": "yuan", "cent": "cent",
         "buck": "usd"}  # fmt: skip
CURRENCIES = frozenset(MONEY.values())
_COUNTED = {
    "layer": "layer schicht couche capa 层", "head": "head", "epoch": "epoch epoche époque época",
    "gpu": "gpu tpu accelerator card a100 h100 v100 h200 p100 b200 h800 rtx", "token": "token",
    "parameter": "parameter param weight paramètre parámetro 参数", "step": "step iteration update",
    "language": "language", "image": "image photo picture bild imagen", "video": "video clip",
    "question": "question problem prompt query", "suite": "task benchmark dataset corpus",
    "person": "people person annotator participant human user reader volunteer expert student", "bit": "bit",
    "frame": "frame fps", "word": "word wort palabra", "document": "document article page paper",
    "sentence": "sentence", "character": "characters letters", "dialogue": "dialogue conversation",
}  # fmt: skip
_THINGS = {word: kind for kind, words in _COUNTED.items() for word in words.split()}
COUNTS = frozenset({"", "counted", *_COUNTED})
"""Kinds of things that are counted, and what nobody says the kind of."""
PHYSICAL = frozenset({"time", "compute", *(kind for kind, _ in _QUANTITIES.values())})

_UNIT = re.compile(
    r"(?P<abs> ?(?:%|percent|per cent|pct) ?-?(?:absolute|abs\.))"
    r"|(?P<points>[ -]?(?:(?:%|percent(?:age)?|per cent)[ -]points?|pp(?![a-z])|p\.p\.|(?:(?-i:[A-Z])[\w-]{1,12} )?"
    r"(?:points?|pts)(?!\w)|prozentpunkte?n?|punkten?(?!\w)|puntos?(?: porcentual(?:es)?)?(?!\w)"
    r"|points? de pourcentage|个?百分点))"
    r"|(?P<percent>[ -]?(?:%|percent|per cent|pct|prozent|pour ?cent|por ciento|por cien)(?!\w))"
    r"|(?P<x>[ -]?fold(?!\w)|(?: ?×| ?x)(?![\w])(?! ?(?-i:\d|[A-Z]))"
    r"|[ -]?times(?= (?:as|more|less|fewer|the|better|worse|over)\b|(?: [a-z]{3,12})? [a-z]{2,12}er\b|-|[.,;!?]|$)"
    r"|-times|倍| fois(?= (?:plus|moins))|[ -]mal so | veces (?=más|menos))"
    r"|(?P<count> ?[×x] ?(?=(?-i:[A-Z])))"
    r"|(?P<often> times| mal(?!\w)| fois| veces)"
    r"|(?P<money>[ -]?(?:us )?(?:dollars?|usd|euros?|eur|dólar(?:es)?|yuan|rmb|yen|pounds?|gbp|cents?|bucks)(?!\w)"
    r"| ?(?:美元|欧元|元)|[€£])"
    r"|(?P<compute>[ -](?:[ahvpb]\d{2,3}[ -])?(?:gpu|tpu|[ahvpb]\d{2,3})[ -]"
    r"(?P<span>hours?|days?|weeks?|years?|stunden|heures|horas))",
    re.IGNORECASE,
)
_ABROAD = re.compile(
    r"(?P<points>[ -]?(?:(?:procent)?punt(?:en)?(?!\w)|p(?:unt[oi]|ontos?)(?: percentua(?:l|le|li|is))?(?!\w)"
    r"|punkt(?:y|ów|u)?(?: procentow\w{1,3})?(?!\w)|(?:процентн\w{2,3} )?пункт(?:а|ов|ы)?(?!\w)"
    r"|(?:%|パーセント|퍼센트)?(?:ポイント|포인트)|個百分點|نقاط|نقط[ةتا]|(?:प्रतिशत )?अंक|(?:yüzde )?puan(?!\w)))"
    r"|(?P<percent>[ -]?(?:per cento|por cento|procent\w{0,3}|процент\w{0,3})(?!\w)"
    r"| ?(?:パーセント|퍼센트|प्रतिशत|फ़ीसदी|फीसदी|بالمئة|بالمائة|في المئة))",
    re.IGNORECASE,
)
"""Points and percent in the languages that the first does not know."""
_SYMBOL = re.compile(r"[ -]?([A-Za-zµμ]{1,6}[23]?(?:[ -][hH]ours?)?)(?![\w])")
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
HARD = frozenset({"%", "points", "abs", "x", "compute", "gpu", "parameter", "fraction", *CURRENCIES, *PHYSICAL})
"""Kinds that make a small number in words a figure."""


def unit_at(text: str, end: int, language: str = "en") -> tuple[str, Decimal, int]:
    """Return the kind of unit that follows a number, how many of the base it is worth, and where it ends.

    >>> unit_at("36 mWh", 2), unit_at("3 GPU days", 1)
    (('energy', Decimal('0.001'), 6), ('compute', Decimal('86400'), 10))
    """
    one = Decimal(1)
    if text.startswith(("th", "st", "nd", "rd"), end) and not text[end + 2 : end + 3].isalnum():
        return "ordinal", one, end + 2
    if language != "en" and (match := _ABROAD.match(text, end)):
        return "points" if match["points"] else "%", one, match.end()
    match = _UNIT.match(text, end)
    if match and match["money"]:
        said = match["money"].strip(" -").lower().removeprefix("us ") or "$"
        kind = MONEY.get(said) or MONEY[said.removesuffix("s")]
        return (kind, one, match.end()) if kind != "cent" else ("cent", Decimal("0.01"), match.end())
    if match and match["compute"]:
        return "compute", kind_of(match["span"].lower().removesuffix("s").removesuffix("n"))[1], match.end()
    if match and match.lastgroup:
        return {"percent": "%", "count": "gpu"}.get(match.lastgroup, match.lastgroup), one, match.end()
    if han := _HAN.match(text, end):
        return *kind_of(han[1]), han.end()
    symbol = _SYMBOL.match(text, end)
    if symbol and (quantity := _quantity(symbol[1], bare=text[end : end + 1] not in " -")):
        return *quantity, symbol.end()
    return _noun_at(text, end)


def _noun_at(text: str, end: int) -> tuple[str, Decimal, int]:
    """Return what is counted: the noun that follows, or the noun after one or two words."""
    one, at, last = Decimal(1), end, ""
    for step in range(3):
        noun = _NOUN.match(text, at)
        if not noun:
            break
        word = (noun[1] or noun[2]).lower()
        if step == 0 and word in _EXTRA:
            after = unit_at(text, noun.end())
            return after if after[0] in PHYSICAL else ("", one, end)
        if step == 0 and word in _POWERS:
            kind, worth, stop = unit_at(text, noun.end())
            if kind == "length":
                return "area" if word == "square" else "volume", worth ** _POWERS[word], stop
        if word in _STOPS or (word in _MODELLED and text.startswith(" model", noun.end())):
            break  # a 1.2B language model
        if step == 0:
            spelled = _SPELLED_AT.match(text, at)
            if spelled and (quantity := _quantity(spelled[1].lower())):
                return *quantity, spelled.end()
        for name in (
            word,
            word.split("-")[-1],
            word.removesuffix("s"),
            word.removesuffix("n"),
            word.removesuffix("en"),
        ):
            kind, factor = kind_of(name)
            if kind and (step == 0 or kind != "time" or last.endswith("ed")):
                return kind, factor, noun.end()
        if word in ("data", "evaluation") and text.startswith(" set", noun.end()):
            return "suite", one, noun.end() + 4
        if noun[2]:
            break
        last = word
        whole = step == 0 or re.search(r"(?<![\d.])\d+$", text[max(0, end - 12) : end])
        if whole and len(word) > 3 and word[-1] == "s" and word[-2] not in "su":
            return "counted", one, noun.end()
        at = noun.end()
    return "", one, end


_EXTRA = words("more extra additional further")
"""Between a number and the unit it has all the same: 18 more minutes."""
_POWERS = {"square": 2, "cubic": 3}
_MODELLED = words("language image video word speech")
"""What models are of, and nobody counts then."""
_SPELLED_AT = re.compile(
    rf"[ -]((?:{'|'.join(sorted(filter(None, _SPOKEN), key=len, reverse=True))})?"
    rf"(?:{'|'.join(sorted((*_SPELLED, 'liter', 'litre'), key=len, reverse=True))}))s?(?!\w)", re.IGNORECASE,
)  # fmt: skip


def _quantity(name: str, bare: bool = False) -> tuple[str, Decimal] | None:
    """Return the kind and the worth of a unit; a sign that clings to its number and may be a scale is none."""
    name = re.sub(r"[ -][hH]ours?$", "h", name) if name[:-5].strip(" -").endswith("W") else name
    if bare and name in ("m", "B", "g"):
        return None
    if name in ("m", "g", "J", "W") or (len(name) > 1 and name in _QUANTITIES):
        return _QUANTITIES.get(name)
    return None


def kind_of(word: str) -> tuple[str, Decimal]:
    """Return what a word counts and how many of the base it is worth; "" for what we do not know."""
    if word in TIMES:
        return "time", Decimal(TIMES[word])
    if word in _QUANTITIES and len(word) > 2:
        return _QUANTITIES[word]
    return _THINGS.get(word, ""), Decimal(1)
