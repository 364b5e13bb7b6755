"""What a paper's short forms stand for, and how that is said in their place."""

import re
from collections.abc import Mapping, Sequence

from podcast.show.schema import Brief, Document
from podcast.writers import ties


def meanings(brief: Brief, document: Document) -> Mapping[str, tuple[str, str]]:
    """Return what short forms stand for where the text says so: the words, and the claim whose sentence says it."""
    carried = {claim.evidence[0]: path for path, claim in brief.claims().items()}
    found: dict[str, tuple[str, str]] = {}
    whole = " ".join(document.sentences())
    for number, sentence in enumerate(document.sentences(), 1):
        for spot in re.finditer(r"\(([A-Z0-9][A-Za-z0-9-]{1,9})\)", sentence):
            short = spot[1].removesuffix("s")
            words = _long_form(sentence[: spot.start()], short)
            small = words[:1].lower() + words[1:]
            if sentence.startswith(words) and words[1:] == words[1:].lower() and f" {small.split(' ')[0]} " in whole:
                words = small  # the capital was the sentence's, and not the word's
            if words and short not in found:
                found[short] = (words, carried.get(number, ""))
    return found


_UNCOUNTED = re.compile(
    r"(?:ics|bias|lens|series|species|gas|canvas|means|squares)$|(?<![a-z])(?:of|with|per|for|from)(?![a-z])", re.I
)


def several(words: str) -> bool:
    """Tell whether a name is one of several things: "LLMs", "language models"."""
    return bool(re.search(r"(?<![suiSUI])s$", words))


def numbered(words: str, *, plural: bool) -> str:
    """Return the name as one of one thing, or of several: "language models" as "language model"; one that is neither,
    or whose last word is not what it names ("mixture of experts"), as it is."""
    if several(words) == plural or _UNCOUNTED.search(words):
        return words
    if plural:
        return re.sub(r"(?<![aeiou])y$", "ie", re.sub(r"(s|x|ch|sh)$", r"\1e", words)) + "s"
    return re.sub(r"(?<=ss|ch|sh)e$|(?<=x)e$", "", re.sub(r"ie$", "y", words[:-1]))


def in_place(text: str, spot: re.Match[str], words: str, *, both: bool = False) -> str:
    """Return the text with the words in the place of a short form, and with both where it has that once more, or where
    both are asked for."""
    before, after = text[: spot.start()], text[spot.end() :]
    if article := re.search(r"\b([Aa])n? $", before):
        vowel = re.match(r"[aeio]|u(?!ni|se)", words, re.IGNORECASE) and not re.match(r"one|eu", words, re.IGNORECASE)
        before = f"{before[: article.start()]}{article[1]}{'n' if vowel else ''} "
    if not before or before.endswith((". ", "! ", "? ")):
        words = ties.capital(words)
    if (both and not re.match("['’]", after)) or re.search(
        rf"(?<![\w-]){re.escape(spot[0].removesuffix('s'))}s?(?![\w-])", after
    ):
        words += f", or {spot[0]}" + ("" if re.match(r"[,.;:)]", after) else ",")
    return f"{before}{words}{after}"


_SMALL = frozenset(("of", "for", "and", "to", "the", "in", "with", "on", "by", "a", "an"))


def _long_form(before: str, short: str) -> str:
    """Return the last words before a short form whose first letters are its own, or whose capitals are; "" where they
    are not.

    >>> _long_form("a text-to-video", "T2V"), _long_form("by 3D Gaussian Splatting", "3DGS")
    ('text-to-video', '3D Gaussian Splatting')
    """
    words = before.split()
    letters = [sign.lower() for sign in short if sign.isalnum()]
    capitals = [sign.lower() for sign in short if sign.isupper() or sign.isdigit()]
    for wanted, skipping in ((letters, False), (capitals, True)):
        for count in range(1, min(len(wanted) + 2 * skipping, len(words)) + 1):
            pieces = [piece for word in words[-count:] for piece in word.split("-") if piece]
            if len(wanted) > 1 and _initials(pieces, wanted, skipping=skipping):
                return " ".join(words[-count:])
    return ""


def _initials(pieces: Sequence[str], wanted: Sequence[str], *, skipping: bool) -> bool:
    """Tell whether the letters are the pieces' first ones in their order; where small words may be skipped, 2 is "to",
    and a piece such as 3D gives all that it has."""
    left = list(wanted)
    for place, piece in enumerate(pieces):
        small = piece.lower()
        if left and (small[0] == left[0] or (left[0] == "2" and small == "to")):
            left.pop(0)
            if skipping and small[0].isdigit():
                while left and left[0] in small[1:]:
                    left.pop(0)
        elif not (skipping and place and small in _SMALL):
            return False
    return not left
