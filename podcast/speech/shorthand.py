"""Short forms, Roman numerals and signs of mathematics in other languages, as plain text that later passes say.

>>> read_shorthand("inkl. S. 12, Max. 5", "de"), read_shorthand("M. Dupont, Fig. 3", "fr")
('inklusive Seite 12, Maximal 5', 'monsieur Dupont, Figure 3')
>>> read_shorthand("Phase II, siglo XXI", "es"), read_shorthand("le XXIe siècle", "fr")
('Phase 2, siglo 21', 'le 21e siècle')
>>> read_shorthand("O(n log n), P(A|B), pass@1", "de")
'O von n log n, P von A gegeben B, pass bei eins'
"""

import re
from collections.abc import Mapping
from functools import cache

from podcast.speech import tables
from podcast.speech.digits import roman
from podcast.speech.spelling import spelled
from podcast.speech.tongues import Tongue, tongue

LETTER = r"[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
"""What parts no words: a letter or digit of a script that has spaces."""
_NUMERAL = r"(?:X{1,3}(?:IX|IV|VI{0,3}|I{1,3})?|IX|IV|VI{0,3}|I{1,3})"
_NUMBERED = re.compile(
    r"(?<!\w)((?:Phasen?|Teil|Kapitel|Band|Stufe|Typ|Klasse|Abschnitt|Tabelle|Akt|Buch|Anhang|[Pp]arties?|[Cc]hapitre"
    r"|[Pp]hase|[Tt]ome|[Nn]iveau|[Tt]ype|[Cc]lasse|[Éé]tape|[Ss]ection|[Ss]iècle|[Tt]ableau|[Aa]cte|[Aa]nnexe|[Ss]iglo"
    r"|[Ff]ase|[Pp]arte|[Cc]ap[íi]tulo|[Tt]omo|[Nn]ivel|[Tt]ipo|[Cc]lase|[Ee]tapa|[Ss]ección|[Tt]abla|[Ss]éculo|[Ss]ecolo"
    rf"|[Dd]eel|[Hh]oofdstuk) )({_NUMERAL})(?![\w'’])"
)
_BEHIND_NAME = re.compile(r"(?<=[^\W\d_]{3} )(I{2,3}|VI{2,3}|X(?:I{1,3}|IV|VI{0,3}|IX))(?![\w'’]|\. \w)")
_ENDING = frozenset(["etc.", "ecc.", "usw.", "EE.UU.", "EE. UU."])
"""Abbreviations behind which a capital begins a sentence."""
_IN_TENS = re.compile(r"Kap|Band|Buch|chap|cap|si|s[eé]c|tom|hoofd", re.IGNORECASE)
_CENTURY = re.compile(rf"(?<!\w)({_NUMERAL})(e|ème)(?= si[èe]cle)")
_SECOLO = re.compile(rf"(?<!\w)({_NUMERAL}) sec(?:ol([oi])(?!\w)|\.)(?= ?$()| [A-ZÀ-Ý]()|)")
_FUNCTION = re.compile(rf"(?<!{LETTER})([A-Za-z])\(([^()|]{{1,24}}?)(?: ?\| ?([^()|]{{1,24}}))?\)")
_ROOT = re.compile(r"√ ?(?:\(([^()]{1,20})\)|(\w{1,12}))")
_GREEK = re.compile(rf"(?<!{LETTER})[α-ωΑ-Ω](?!(?!\d){LETTER})")
_ENDING_OF_A_NOUN = re.compile(r"[AaDdLlSs]\((?:[a-z]{2,3}|[0-9]+)\)|[adelos]\([aeios]s?\)")
_PLACE = re.compile(r"[A-Z](?<![FOP])\([0-9]+\)(?! ?[=<>≤≥≈+*/−-])")
_ARTICLE = re.compile(r"[AO]\([aos]s?\)(?= [^\W\d_]+\()")
"""Tabel B(2), and O(s) aluno(s) at a sentence's beginning."""
_ANY_NUMERAL = re.compile(r"(?<!\w)[IVX]+(?:e|ème)?(?!\w)")
_ANY_SIGN = re.compile(r"[(@√α-ωΑ-Ω]|24/7|(?<![\w.,])\.[0-9]")


def read_shorthand(text: str, language: str) -> str:
    """Return the text with abbreviations and Roman numerals in full, and f(x), √n, pass@1 and 24/7 in words."""
    known = tongue(language)
    for pattern, names, gap in _short(language):
        text = pattern.sub(lambda match, names=names, gap=gap: _in_full(match, names) + gap, text)  # type: ignore[misc]
    if known.join and _ANY_NUMERAL.search(text):
        text = _CENTURY.sub(lambda match: f"{roman(match[1])}{match[2]}", text)
        if language == "it":
            text = _SECOLO.sub(_secolo, text)
        text = _NUMBERED.sub(_numbered, text)
        text = _BEHIND_NAME.sub(lambda match: str(roman(match[1])), text)
    return _signs(text, language) if known.root and _ANY_SIGN.search(text) else text


def _in_full(match: re.Match[str], names: Mapping[str, str]) -> str:
    """Return what is said for an abbreviation, with the full stop of a sentence that it ends."""
    ends = match[1] in _ENDING and re.match(" [A-ZÀ-Ý]", match.string[match.end() :])
    return names[match[1]] + ("." if ends else "")


def _secolo(match: re.Match[str]) -> str:
    """Return an Italian century as an ordinal, with the full stop of a sentence that it ends."""
    numeral, ending, *ends = match.groups()
    stop = "." if not ending and ends != [None, None] else ""
    return f"{roman(numeral)}º secol{ending or 'o'}{stop}"


def _numbered(match: re.Match[str]) -> str:
    """Say Phase II as two; a lone X is a number only of what comes in tens: Typ X."""
    lettered = match[2] == "X" and not _IN_TENS.match(match[1])
    return match[0] if lettered else f"{match[1]}{roman(match[2])}"


def _signs(text: str, language: str) -> str:
    known = tongue(language)

    def at(match: re.Match[str]) -> str:
        return f" {known.at} {spelled(match[1], language) if match[1] else ''}"

    text = _ROOT.sub(lambda match: known.root.format(match[1] or match[2]), text)
    text = _FUNCTION.sub(lambda match: _applied(match, known), text)
    text = re.sub(rf"(?<=[A-Za-z])@(?:([0-9]+)(?![.,]?[0-9])|(?=[0-9]|k(?!{LETTER})))", at, text)
    text = re.sub(r"(?<![\w/.,])24/7(?![\w/.,])", f"{spelled('24', language)} {spelled('7', language)}", text)
    text = re.sub(r"(?<![\w.,])\.(?=[0-9])", "0.", text)
    return _GREEK.sub(lambda letter: greek(tables.GREEK.get(letter[0], letter[0]), known), text)


def greek(name: str, known: Tongue) -> str:
    """Return what a language calls a Greek letter of an English name."""
    return dict(zip(tables.ALPHABET, known.greek.split(), strict=False)).get(name.lower(), name)


def _applied(match: re.Match[str], known: Tongue) -> str:
    name, argument, condition = match.groups()
    if _PLACE.match(match.string, match.start()) or _ARTICLE.match(match.string, match.start()):
        return match[0]
    if _ENDING_OF_A_NOUN.fullmatch(match[0]) or re.search(r"[^\W\d_]{4}", argument) or (condition and not known.given):
        return match[0]
    of = f" {known.applied} " if known.applied else " "
    return f"{name}{of}{argument}" + (f" {known.given} {condition}" if condition else "")


@cache
def _short(language: str) -> tuple[tuple[re.Pattern[str], Mapping[str, str], str], ...]:
    """Return what abbreviations look like, in full, and what parts them from what is behind.

    Some are such only before a figure, before a name, or behind no figure; others may begin a sentence.
    """
    known = tongue(language)
    scales = {key: said for key, said in known.short.items() if key in known.scales}
    words = {key: said for key, said in known.short.items() if key not in known.scales}
    capitals = {_capital(key): _capital(said) for key, said in words.items()}
    return tuple(
        (re.compile(rf"(?<!{LETTER}){before}({_any(names)}){behind}"), names, gap)
        for names, before, behind, gap in (
            (capitals | words, "", rf"(?!{LETTER})", ""),
            (known.before_number, r"(?<![0-9] (?=S\.))(?<!eine )(?<!Größe )", " ?(?=[0-9])", " "),
            (known.before_name, "(?<![0-9] )", rf" ?(?!(?:{known.openers})\b)(?=[A-ZÀ-Ý])", " "),
            (scales, "(?<![0-9] )", "", ""),
        )
        if names
    )


def _capital(word: str) -> str:
    return word[0].upper() + word[1:]


def by_words(text: str, names: Mapping[str, str]) -> str:
    """Return the text with every word of a table, such as a lexicon, that stands alone as the table has it."""
    if not names:
        return text
    return re.sub(rf"(?<!{LETTER})(?:{_any(names)})(?!{LETTER})", lambda word: names[word[0]], text)


def _any(words: Mapping[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
