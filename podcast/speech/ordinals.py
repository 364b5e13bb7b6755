"""Ordinals, as each language marks them: 3. in German, 1er in French, 2ª in Spanish, 3e in Dutch.

>>> read_ordinals("der 2. Ansatz", "de"), read_ordinals("la 1re époque", "fr"), read_ordinals("en el 1er bloque", "es")
('der zweite Ansatz', 'la première époque', 'en el primer bloque')
>>> read_ordinals("Es waren 2. Danach", "de")
'Es waren 2. Danach'
"""

import re
from collections.abc import Callable, Mapping

from podcast.speech.dates import in_case
from podcast.speech.spelling import ordinal, passes

_NUMBER = r"(?<![\w.,:/^-])([0-9]{1,3})"
_ARTICLE = (
    r"(?<!\w)((?i:(?:in|von|mit|bei|aus|nach|zu|an|auf|vor|seit|unter|über|neben|zwischen) )?"
    r"(?i:der|die|das|den|dem|des|am|im|zum|zur|vom|beim|ins|ans|jede[rsmn]?|diese[rsmn]?|ein|eine|einem|einen|einer"
    r"|mein\w*|sein\w*|ihr\w*|unser\w*) )"
)
_NOUN = r"(?= [A-Za-zÄÖÜäöü])"
_GERMAN = rf"{_ARTICLE}([0-9]{{1,3}})\.{_NOUN}"
_GERMAN_LIST = re.compile(rf"{_ARTICLE}((?:[0-9]{{1,3}}\.(?:, | und | oder | bis | ?– ?|/))+[0-9]{{1,3}}\.){_NOUN}")
_PATTERNS: Mapping[str, str] = {
    "de": _GERMAN,
    "fr": _NUMBER + r"( ?)(ers?|res?|ères?|nde?s?|ndes?|i?[eè]mes?|es?)(?!\w)",
    "es": _NUMBER + r"(\.?)([ºª°]|er|ro|ra|do|da|to|ta|vo|va|mo|ma)(?![\w]| ?[CF]\b)",
    "it": _NUMBER + r"(\.?)([ºª]|°(?! ?[CFNSEO]\b))(?!\w)",
    "pt": _NUMBER + r"(\.?)([ºª]|°(?! ?[CF]\b)|[oa](?= [a-zà-ü]))(?!\w)",
    "nl": _NUMBER + r"(-?)(e|de|ste)(?!\w)",
    "pl": _NUMBER + r"(\.)( [a-ząćęłńóśźż]+)",
    "tr": _NUMBER + r"(\.)(?= [a-zçğıöşü])()",
    "ru": _NUMBER + r"(-)(ого|его|го|ому|ему|му|ый|ий|ой|й|ая|яя|я|ое|ее|е|ую|ю|ым|им|ом|ем|м|ых|их|х|ыми|ми)(?!\w)",
}
_RUSSIAN = {
    "й": "masculine", "я": "feminine", "е": "neuter", "о": "masculine-genitive", "у": "masculine-dative",
    "ю": "feminine-accusative", "м": "masculine-locative", "х": "plural-genitive", "и": "plural-ablative",
}  # fmt: skip


_NOMINATIVE = ("der", "eine", "jede", "diese", "jedes", "dieses")


def read_ordinals(text: str, language: str) -> str:
    """Return the text with what the language marks as an ordinal in words."""
    pattern = _PATTERNS.get(language)
    if not pattern or not passes(language):
        return text
    say = _SAID[language]
    if language == "de":
        text = _GERMAN_LIST.sub(_german_list, text)
    return re.sub(pattern, lambda match: say(match) or match[0], text)


def _german(match: re.Match[str]) -> str:
    said = _declined(match[1], match[2])
    return f"{match[1]}{said}" if said else ""


def _german_list(match: re.Match[str]) -> str:
    """Say im 19. und 20. Jahrhundert: one article is that of all."""
    between = match[2].replace("–", " bis ").replace("/", " und ")
    said = re.sub(r"([0-9]+)\.", lambda one: _declined(match[1], one[1]) or one[0], between)
    return match[1] + re.sub(r" +", " ", said)


def _declined(article: str, number: str) -> str:
    last = article.split()[-1].lower()
    alone = last in ("die", "das") or (len(article.split()) == 1 and last in _NOMINATIVE)
    return ordinal(int(number), "de", "-r" if last in ("ein", "jeder", "dieser") else "" if alone else "-n")


def _french(match: re.Match[str]) -> str:
    number, ending = int(match[1]), match[3]
    if ending in ("nd", "nde", "nds", "ndes"):
        return "second" + ending[2:] if number == 2 else ""
    if ending.startswith(("e", "è", "i")) and not ending.startswith(("er", "èr")) and number == 1:
        return ""
    said = ordinal(number, "fr", "feminine" if ending.startswith(("re", "ère")) else "masculine")
    return said + ("s" if said and ending.endswith("s") else "")


def _iberian(language: str) -> Callable[[re.Match[str]], str]:
    def say(match: re.Match[str]) -> str:
        form = "feminine" if match[3] in ("ª", "ra", "da", "ta", "va", "ma", "a") else "masculine"
        before_noun = match[3] == "er" or (
            match[3] in "º°" and re.match(r" (?!de\b|en\b|y\b|a\b|del\b|es\b)[a-zá-ú]", match.string[match.end() :])
        )
        if language == "es" and form == "masculine" and before_noun:
            form = "masculine-adjective"
        return ordinal(int(match[1]), language, form)

    return say


def _polish(match: re.Match[str]) -> str:
    """Decline for the word behind: 2. edycja, w 2. kroku, po 3. epoce."""
    noun = match[3].strip()
    before = re.search(r"(\w+) $", match.string[: match.start()])
    within = before is not None and before[1].lower() in ("w", "we", "na", "po", "przy", "o")
    endings = (
        (r".*a", "a"), (r".*[ęą]", "ą"), (r".*ego|.*u", "ym" if within else "ego"), (r".*[yie]m", "ym"),
        (r".*[ae]le|.*(?:punkc|akapic|teśc|etap|proces)ie", "ym" if within else "e"),
        (r".*ej|.*[iy]", "ej"), (r".*e", "ej" if within else "e"),
    )  # fmt: skip
    ending = next((ending for pattern, ending in endings if re.fullmatch(pattern, noun)), "")
    said = ordinal(int(match[1]), "pl")
    return (in_case(said, ending) if ending else said) + match[3]


_SAID: Mapping[str, Callable[[re.Match[str]], str]] = {
    "de": _german,
    "fr": _french,
    "es": _iberian("es"),
    "it": lambda match: ordinal(int(match[1]), "it", "feminine" if match[3] == "ª" else "masculine"),
    "pt": _iberian("pt"),
    "nl": lambda match: ordinal(int(match[1]), "nl"),
    "pl": _polish,
    "tr": lambda match: ordinal(int(match[1]), "tr"),
    "ru": lambda match: ordinal(int(match[1]), "ru", _RUSSIAN[match[3][-1]]),
}
