"""The words that round a figure: about, over, under.

>>> text = "just over 30 points"
>>> bound_of(text, text.index("30"), text.index(" points"))
('over', 'just over')
>>> bound_of("30 points", 0, 2)
('', '')
"""

import re

_BOUND = re.compile(
    r"(?:(?P<under>(?:just )?shy of|close on|getting on for|the better part of"
    r"|nearly|not even|not quite|almost|just (?:under|below|short of)|under|below|less than"
    r"|fewer than|at most|up to"
    r"|as many as|no more than|not more than|not exceeding|within|≤|<|fast|beinahe|unter|weniger als|höchstens|presque"
    r"|moins de|casi|menos de|接近|将近|不到|不足|近|maximal|au plus)"
    r"|(?P<over>just (?:over|above)|well over|(?<!average )(?<!averaged )over"
    r"|(?<!\w)a good|upwards of|more than|above|at least|exceed(?:s|ed|ing)?|greater than|beyond"
    r"|between"
    r"|no (?:less|fewer) than|north of|≥|>|über|mehr als|mindestens|plus de|au moins|más de|al menos|超过|逾|至少)"
    r"|(?P<about>about|barely|scarcely|around|roughly|approximately|approx\.?|some|close to|circa|≈|etwa"
    r"|rund|ungefähr|circa|environ"
    r"|alrededor de|unos|unas|aproximadamente|大约|约|大概|(?:on|in) the order of"
    r"|in the region of|something like|or so))"
    r" ?(?:an? |the |only |\$ ?)?$",
    re.IGNORECASE,
)
_ABROAD = re.compile(
    r"(?:(?<!\w)(?:(?P<under>knapp|quasi|meno di|quase|menos de|bijna|minder dan|prawie|niemal|poniżej|mniej niż"
    r"|почти|менее|меньше|أقل من|neredeyse)"
    r"|(?P<over>gut|etwas über|etwas mehr als|ein wenig mehr als|più di|oltre|mais de|acima de|ruim|meer dan|ponad"
    r"|więcej niż|более|свыше|больше|أكثر من)"
    r"|(?P<about>ca\.|près de|autour de|cerca de|intorno a|più o meno|por volta de|ongeveer|zowat|około|ok\."
    r"|mniej więcej|около|примерно|приблизительно|حوالي|نحو|ما يقارب|قرابة|लगभग|करीब|क़रीब|yaklaşık|aşağı yukarı))"
    r"|(?P<near>約|およそ|おおよそ|ほぼ|大約|약|대략))"
    r" ?(?:de |d'|il |l'|i |gli |le |o |os |um |uma |het |een |den |la |les |el |los |las |un |una )?$",
    re.IGNORECASE,
)
"""What rounds a figure in the languages that the first does not know, or not well."""
_BETWEEN = re.compile(r"(?<!\w)between (?:about |roughly )?[\d.,]+ ?[a-z%]{0,12} and $")
_AFTER = re.compile(
    r" ?(?:左右|or so\b)|(?: [\w-]+){0,4},? (?:roughly|approximately|more or less|give or take|or thereabouts)\b"
)
_MORE = re.compile(
    r" ?[\w%-]{0,12}(?: \w{1,12})?,? (?:and (?:change|a bit|a little|a few|then some|some(?=[.,!?]|$))|(?:and )?a "
    r"(?:bit|little) more)\b"
)
_OR_MORE = re.compile(r"(?: ?%)?(?: [\w-]+){0,2},? or (?:more|better|higher)(?!\w)(?! than)")
_DENIED = re.compile(
    r"(?:n't|(?<!\w)(?:never|not|cannot|no [a-z]+|none|nobody|nothing))(?: (?!only|just|but|else)[a-z]+){0,3} ?$",
    re.IGNORECASE,
)
TURNED = {"over": "under", "under": "over"}
"""What is left where a bound is denied: never over so many is so many, or under it."""


def denied(before: str, word: str) -> bool:
    """Return whether the word that rounds a figure, at the end of the text before it, is denied there.

    >>> denied("It never needs over ", "over"), denied("It needs over ", "over"), denied("It needs not only ", "")
    (True, False, False)
    """
    return bool(_DENIED.search(before.removesuffix(" ").removesuffix(word)))


_ON_FROM = re.compile(
    r"[^.]*?(?:(?<!\w)(?:after|beyond|past|above|over|from) (?:which|that|there|then|this)(?!\w)"
    r"|(?<!\w)thereafter(?!\w)|(?:n't|(?<!\w)not|(?<!\w)but not) (?:above|beyond|past|over|after)(?!\w))",
    re.IGNORECASE,
)


def turns_at(text: str, end: int) -> bool:
    """Return whether a text goes on beyond the figure that ends there: up to so many, after which it flattens.

    >>> turns_at("up to 30 degrees, and not beyond", 8), turns_at("up to 30 degrees. After that", 8)
    (True, False)
    """
    return bool(_ON_FROM.match(text, end))


def bound_of(text: str, start: int, end: int, language: str = "en") -> tuple[str, str]:
    """Return which way a figure is rounded, and the word that says so.

    >>> bound_of("gut 61 Prozent", 4, 6, "de"), bound_of("約62", 1, 3, "ja")
    (('over', 'gut'), ('about', '約'))
    """
    if language != "en" and (match := _ABROAD.search(text, max(0, start - 26), start)):
        return "about" if match["near"] else match.lastgroup or "", match[match.lastgroup or 0]
    match = _BOUND.search(text, max(0, start - 26), start)
    if match and match["about"] and (hedged := _BOUND.search(text, max(0, match.start() - 26), match.start())):
        match = hedged  # up to about so many
    if match:
        return match.lastgroup or "", match[match.lastgroup or 0]
    if _BETWEEN.search(text, max(0, start - 40), start):
        return "under", "between"
    if text.startswith("+", end) or _OR_MORE.match(text, end):
        return "over", ""
    if _MORE.match(text, end):
        return "over", "a bit over"
    return ("about", "") if _AFTER.match(text, end) else ("", "")
