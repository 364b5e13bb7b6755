"""Powers and fractions.

>>> read_powers("10^6 Schritte, n^2", "de"), read_powers("10^-4", "it"), read_powers("5e-4", "fr")
('zehn hoch sechs Schritte, n Quadrat', 'dieci alla meno quattro', 'cinq fois dix puissance moins quatre')
>>> read_powers("1/3", "zh"), read_powers("2/3", "de"), read_powers("1/2", "es")
('三分之一', 'zwei Drittel', 'un medio')
"""

import re
from collections.abc import Callable, Mapping

from podcast.speech.dates import in_case
from podcast.speech.spelling import ordinal, passes, spelled
from podcast.speech.tongues import tongue

_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_POWER = re.compile(
    rf"(?:(?<![A-Za-z0-9.])({_NUMBER})|(?<![A-Za-z0-9])(?<![0-9] )([A-Za-zα-ωΑ-Ω])|(\)))"
    r"\^([-+]?[0-9]+|[a-zA-Z])(?![A-Za-z0-9.]*[A-Za-z0-9])"
)
_SCIENTIFIC = re.compile(rf"(?<![A-Za-z0-9.,-])(-?{_NUMBER})[eE]([-+]?[0-9]{{1,3}})(?![A-Za-z0-9]|[.,][0-9])")
_TIMES_TEN = re.compile(rf"(?<![0-9.])({_NUMBER}) ?[×x*] ?(?=10\^)")
_FRACTION = re.compile(r"(?<![A-Za-z0-9.,/:-])(?:([0-9]+) )?([0-9]{1,3})/([0-9]{1,4})(?![A-Za-z0-9/]|[.,][0-9])")
_HALF = re.compile(r"(?<![\w.,/:-])(?:([0-9]{1,3}) )?1/2 ([^\W\d_]{2,})(?![\w'’])")
_HALVED: Mapping[str, tuple[str, str, str, str]] = {
    "de": ("Stunden?|Minuten?|Sekunden?|Wochen?|Seiten?|Epochen?|Millionen|Milliarden",
           "Jahre?|Prozent|Dutzend|Pfund|Tage|Monate|Punkte|Prozentpunkte|Meter|Kilometer|Liter|Mal", "", ""),
    "es": ("horas?|semanas?|páginas?|épocas?|docena|veces", "minutos?|segundos?|días?|años?|mes(?:es)?|puntos?|metros?"
           "|kilómetros?|litros?|siglos?", "medio", "media"),
    "fr": ("heures?|minutes?|secondes?|fois|journées?|années?|semaines?|pages?|époques?|douzaine",
           "jours?|ans?|mois|points?|mètres?|kilomètres?|litres?|siècles?", "demi", "demie"),
    "it": ("or[ae]|volte|settiman[ae]|pagin[ae]|epoc(?:a|he)|dozzina", "minut[oi]|second[oi]|giorn[oi]|ann[oi]|mes[ei]"
           "|punt[oi]|metr[oi]|chilometr[oi]|litr[oi]|secol[oi]", "mezzo", "mezza"),
    "pt": ("horas?|semanas?|páginas?|épocas?|dúzia|vezes", "minutos?|segundos?|dias?|anos?|mês|meses|pontos?|metros?"
           "|quilômetros?|litros?|séculos?", "meio", "meia"),
}  # fmt: skip
"""What is halved, feminine and other; and the half in the masculine and the feminine."""
_ARTICLE = re.compile(r"\b(?:eine[rn]?|ein|die|der|dem|une?|la|le|cette|chaque|jede[rs]?) $", re.IGNORECASE)
_DATIVE = re.compile(r"\b(?:in|nach|vor|seit|mit|bei|von|zu|ab|aus) $", re.IGNORECASE)

_OVER = re.compile(r"(?<![\w/.,-])([0-9]{1,3})/([a-z])(?![\w/])")
"""1/n."""


def read_powers(text: str, language: str) -> str:
    """Return the text with 10^6, n^2, 1e-4 and 1/3 in words."""
    if not tongue(language).power or not passes(language):
        return text
    text = _SCIENTIFIC.sub(lambda match: ("" if match[1] == "1" else f"{match[1]}×") + f"10^{int(match[2])}", text)
    by, gap = tongue(language).product or tongue(language).signs["×"], tongue(language).join
    text = _TIMES_TEN.sub(lambda match: gap.join([spelled(match[1], language), by, ""]), text)
    text = _POWER.sub(lambda match: _power(match, language), text)
    if language in _HALVED:
        text = _HALF.sub(lambda match: _half(match, language), text)
    text = _FRACTION.sub(lambda match: _fraction(match, language), text)
    return _OVER.sub(lambda match: gap.join([spelled(match[1], language), tongue(language).signs["/"], match[2]]), text)


def _power(match: re.Match[str], language: str) -> str:
    number, name, bracket, exponent = match.groups()
    known = tongue(language)
    base = spelled(number, language) if number else name or bracket
    if not number and exponent in "23":
        return (known.square if exponent == "2" else known.cube).format(base)
    if exponent.isalpha():
        return known.power.format(base, exponent)
    exponent = exponent.lstrip("+")
    said = spelled(exponent, language)
    if language == "pl":
        minus = "minus " if exponent[0] == "-" else ""
        said = minus + in_case(ordinal(int(exponent.lstrip("-")), "pl"), "ej")
    elif known.ordinal_power and exponent[0] != "-":
        said = ordinal(int(exponent), language, known.ordinal_power) or said
    return known.power.format(base, said).replace(" alla o", " all'o").replace(" alla u", " all'u")


def _fraction(match: re.Match[str], language: str) -> str:
    whole, over, under = match.groups()
    known = tongue(language)
    if not whole and 1 < int(over) <= int(under) and re.match(rf" (?:{known.things})\b", match.string[match.end() :]):
        return known.out_of.format(spelled(over, language), spelled(under, language))
    said = known.over.format(spelled(over, language), spelled(under, language))
    if int(over) < int(under) and int(under) in {*range(2, 21), 100, 1000} and language in _PARTS:
        said = _PARTS[language](int(over), int(under)) or said
    return (
        known.join.join([spelled(whole, language), known.signs["&"] if language not in ("zh", "ja") else "又", said])
        if whole
        else said
    )


def _half(match: re.Match[str], language: str) -> str:
    """Say half an hour, and two and a half: media hora, dos horas y media."""
    whole, noun = match.groups()
    feminine, other, masculine_half, feminine_half = _HALVED[language]
    female = re.fullmatch(feminine, noun) is not None
    if not female and not re.fullmatch(other, noun):
        return match[0]
    if language == "de":
        if not whole:
            return _german_half(match, female)
        return f"{'ein' if whole == '1' else spelled(whole, 'de')}einhalb {noun}"
    half = feminine_half if female else masculine_half
    if whole:
        noun = _singular(noun, language) if whole == "1" else noun
        return f"{whole} {noun} {tongue(language).signs['&']} {half}"
    if language == "fr":
        article = "" if _ARTICLE.search(match.string[: match.start()]) else "une " if female else "un "
        return f"{article}demi-{noun}"
    return f"mezz'{noun}" if language == "it" and noun[0] in "aeiou" else f"{half} {noun}"


def _singular(noun: str, language: str) -> str:
    """Return what there is one of and a half: una hora y media."""
    if language == "it":
        return re.sub("e$", "a", re.sub("(?<!mes)i$", "o", noun)) if noun != "mesi" else "mese"
    return {"meses": "mes" if language == "es" else "mês"}.get(noun, noun if noun in _ALIKE else noun.removesuffix("s"))


_ALIKE = ("mois", "fois", "mes", "mês", "veces", "vezes")


def _german_half(match: re.Match[str], female: bool) -> str:
    noun, before = match[2], match.string[: match.start()]
    if not female and noun not in ("Jahr", "Prozent", "Dutzend", "Pfund"):
        return match[0]
    if article := _ARTICLE.search(before):
        return f"{'halbe' if article[0].lower().endswith('e ') else 'halben'} {noun}" if female else match[0]
    if _DATIVE.search(before):
        return f"{'einer' if female else 'einem'} halben {noun}"
    return f"{'eine halbe' if female else 'ein halbes'} {noun}"


def _german(over: int, under: int) -> str:
    if under == 2:
        return "ein halb"
    name = (ordinal(under, "de").removeprefix("ein").removesuffix("te") + "tel").capitalize()
    return f"{'ein' if over == 1 else spelled(str(over), 'de')} {name}"


def _romance(language: str, names: Mapping[int, tuple[str, str]], one: str) -> Callable[[int, int], str]:
    def say(over: int, under: int) -> str:
        single = ordinal(under, language, "masculine")
        name, plural = names.get(under, (single, single + "s" if language != "it" else single[:-1] + "i"))
        if language in ("es", "pt") and under > 10:
            return ""
        return f"{one} {name}" if over == 1 else f"{spelled(str(over), language)} {plural}"

    return say


def _dutch(over: int, under: int) -> str:
    if under == 2:
        return "een half"
    return f"{spelled(str(over), 'nl')} {'kwart' if under == 4 else ordinal(under, 'nl')}"


def _polish(over: int, under: int) -> str:
    part = ordinal(under, "pl")
    if over == 1:
        return f"jedna {in_case(part, 'a')}"
    few = 2 <= over % 10 <= 4 and not 12 <= over % 100 <= 14
    return f"{spelled(str(over), 'pl', 'feminine')} {in_case(part, 'e' if few else 'ych')}"


def _turkish(over: int, under: int) -> str:
    said = spelled(str(under), "tr")
    vowel = next(sign for sign in reversed(said) if sign in "aıoueiöü")
    consonant = "t" if said[-1] in "çfhkpsşt" else "d"
    return f"{said}{consonant}{'a' if vowel in 'aıou' else 'e'} {spelled(str(over), 'tr')}"


def _russian(over: int, under: int) -> str:
    if over == 1:
        return f"одна {ordinal(under, 'ru', 'feminine')}" if under != 3 else "одна треть"
    return f"{spelled(str(over), 'ru', 'feminine')} {ordinal(under, 'ru', 'plural-genitive')}"


_PARTS: Mapping[str, Callable[[int, int], str]] = {
    "de": _german,
    "fr": _romance("fr", {2: ("demi", "demis"), 3: ("tiers", "tiers"), 4: ("quart", "quarts")}, "un"),
    "es": _romance("es", {2: ("medio", "medios"), 3: ("tercio", "tercios")}, "un"),
    "it": _romance("it", {2: ("mezzo", "mezzi")}, "un"),
    "pt": _romance("pt", {2: ("meio", "meios"), 3: ("terço", "terços")}, "um"),
    "nl": _dutch,
    "pl": _polish,
    "tr": _turkish,
    "ru": _russian,
}
