"""Names: split at hyphens and where letters meet digits; each part by the lexicon, as initials, or as it stands.

>>> read_names("LoRA on 8 GPUs", {"LoRA": "lora"})
'lora on 8 G P Us'
>>> read_names("SQuAD", {"SQuAD": "squad"})
'squad'
"""

import re
from collections.abc import Mapping
from functools import cache

from podcast.show import packaged
from podcast.speech import tables
from podcast.speech.numerals import HYPHENED_NUMERAL, two_by_two
from podcast.speech.rules import any_of, next_word, rules, words_before


@cache
def known_words() -> frozenset[str]:
    lines = packaged.folder("speech").joinpath("capitals.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def is_word(capitals: str) -> bool:
    """Tell whether a run of capitals is an English word, and said as one: HELM and NOT, but no GPU and no LED."""
    return capitals.isupper() and capitals not in tables.SPELLED and capitals.lower() in known_words()


_SEGMENT = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")

_read_hardware = rules(
    (
        r"\b([RG]TX[ -]?)(\d{4})( ?Ti\b)?(?!\d)|(?<![\w.-])()(10[5-8]0|20[5-8]0|[345]0[5-9]0) ?(Ti)\b",
        lambda m: f"{m[1] or ''} {two_by_two(m[2] or m[5])}{' T I' if m[3] or m[6] else ''}",
    )
)
_split = rules(
    (r"(?<=[A-Z]\d\d)s$|(?<=[A-Z]\d\d\d)s$|(?<=[A-Z]\d{4})s$", "\x04"),  # H100s: the number is said in the plural
    (r"(?<![A-Za-z])([A-Za-z]+)v(?=\d)", lambda m: m[0] if tables.ENDING_IN_V.fullmatch(m[0]) else f"{m[1]} v"),
    (r"(?<=\d)(?=[A-Za-z])|(?<=[A-Za-z])(?=\d)", " "),
)


_SHORT = re.compile(rf"\b(?:{any_of(tables.SHORT_WORDS)})\b")


def _short(match: re.Match[str]) -> str:
    """Return a short word small where a word in capitals stands beside it."""
    around = [*(word.strip(",;:(") for word in words_before(match, 1)), next_word(match)]
    capitals = [word for word in around if word in tables.SHORT_WORDS or (len(word) > 1 and word.isupper())]
    run = match[0] != "IT" and len(capitals) > 1  # IT may be a department
    beside = any(
        word in tables.SHORT_WORDS or (len(word) > 2 and (is_word(word) or (run and _is_long(word)))) for word in around
    )
    return match[0].lower() if beside else match[0]


def read_names(text: str, lexicon: Mapping[str, str]) -> str:
    """Say every name in words and single letters; the numbers in it stay digits."""

    def compound(match: re.Match[str]) -> str:
        """Return a compound's lexicon form, or its parts apart; the hyphens of numbers in words stay."""
        word = match[0]
        if word in lexicon:
            return lexicon[word]
        return HYPHENED_NUMERAL.sub("\\1\x02", word).replace("-", " ").replace("\x02", "-")

    def token(match: re.Match[str]) -> str:
        word = match[0]
        if word in lexicon or (word.isalpha() and word[1:].islower()):
            return lexicon.get(word, word)
        return re.sub(r"[A-Za-z]+", lambda letters: _letters(letters[0], lexicon), _split(word))

    text = _SHORT.sub(_short, text)
    text = re.sub(r"(?<![A-Za-z0-9])[A-Za-z0-9]++(?:[.-][A-Za-z0-9]+)+", compound, _read_hardware(text))
    return re.sub(r"[A-Za-z0-9]+", token, text)


def _letters(word: str, lexicon: Mapping[str, str]) -> str:
    """Say a run of letters."""
    if word in lexicon:
        return lexicon[word]
    if word.endswith("s") and word[:-1] in lexicon:
        return lexicon[word[:-1]] + "s"
    stem = word.removesuffix("s")
    plural = word[len(stem) :]
    if re.fullmatch(r"[A-Z]{2,}|[A-Z]o[A-Z]", stem):
        if is_word(stem):
            return stem.lower() + plural
        if _is_long(stem):
            return word
        return _spelled(stem.upper()) + plural
    if re.fullmatch(r"[a-z][A-Z]{2,}", stem):  # mAP, nDCG
        return _spelled(stem) + plural
    return _mixed(word, lexicon)


def _is_long(capitals: str) -> bool:
    """Tell whether a run of capitals is too long to spell: LIBERO is a word."""
    return len(capitals) > 5 and re.fullmatch("[A-Z]*[AEIOU][A-Z]*", capitals) is not None


def _mixed(word: str, lexicon: Mapping[str, str]) -> str:
    """Say a name of words and initials, such as MMBench, part by part."""
    parts = _SEGMENT.findall(word)
    if len(parts) > 1 and len(parts[-2]) > 2 and re.fullmatch(r"[A-Z]{2,4}", parts[-1]):
        return " ".join((_mixed(word[: -len(parts[-1])], lexicon), _letters(parts[-1], lexicon)))  # MicroVQA, DeepSORT
    initials = [len(part) > 1 and part.isupper() and not re.search(r"[AEIOU]", part) for part in parts]
    short = any(not spelled and len(part) == 2 for part, spelled in zip(parts, initials, strict=True))
    if len(parts) == 1 or short or not any(initials):
        return word  # NeRF, PRiSM: too little is left to make words of
    said = ""
    for position, (part, spelled) in enumerate(zip(parts, initials, strict=True)):
        apart = position and (spelled or initials[position - 1] or not part.islower())
        said += (" " if apart else "") + (_spelled(part) if spelled else part)
    return said


def _spelled(capitals: str) -> str:
    return " ".join(capitals)
