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
from podcast.speech.money import read_money
from podcast.speech.numerals import fraction, in_words, plural, two_by_two
from podcast.speech.rules import any_of, next_word, rules, words_before
from podcast.speech.sizes import read_sizes
from podcast.speech.units import read_inverse, read_units, stands_alone

_NUMBER = r"(?<![\w.])\d+(?:\.\d+)?"
_RANGE = rf"(?<!-)({_NUMBER})([xX×%KMBTkmb]?) ?-{{1,2}} ?\x06?(\d+(?:\.\d+)?)(?![\d.]*-\d)([xX×%KMBTkmb]?)"


def _range(match: re.Match[str]) -> str:
    low, first, high, second = match.groups()
    if (low, high) == ("0", "1") and next_word(match) in tables.BINARY:
        return "0 ~1"
    if float(high) <= float(low) and not first and (second not in [*"Kk"] or float(high) * 1000 <= float(low)):
        return match[0]  # Qwen 2.5-1.5B is a name
    before = "".join(words_before(match, 1))
    if second in [*"KMBTkmb"] and (before in tables.FAMILIES or re.search(r"[a-z][A-Z]", before)):
        return match[0]  # Llama 3-8B too
    if second in [*"BM"] and _is_release(match):
        return match[0]
    return f"{low}{'' if first == second else first} to {high}{second}"


_OF_SIZES = frozenset(
    ["size", "sizes", "range", "ranges", "tiny", "small", "medium", "large", "huge", "big", "dense", "sparse", "full"]
)


def _is_release(match: re.Match[str]) -> bool:
    """Tell whether 1.0-7B is of a name, in the midst of a sentence or alone: by Janus 1.0-7B."""
    before, after = words_before(match, 2), match.string[match.end() :]
    if not re.fullmatch(r"\d\.\d", match[1]) or not before or not re.fullmatch(r"[A-Z][A-Za-z]+", before[-1]):
        return False
    begins = len(before) == 1 or before[0][-1] in ".!?:"
    plain = tables.BEFORE_COUNTS | tables.MODELS | tables.COUNTED | _OF_SIZES
    if re.search(r"[^aiuo]s$", before[-1]):
        return False  # Transformers 1.5-7B: many of them
    if next_word(match)[:1].isupper() or next_word(match) == "range":
        return False  # of a title, or no name
    return before[-1].lower() not in plain and (not begins or not re.match(r" ?\w", after))


_SHARING = frozenset(
    ["full", "done", "as", "long", "the", "that", "this", "their", "its", "our", "your", "his", "her", "a", "an"]
)
"""Before these a stroke behind what has numbers makes a part of it: models 1/10 the size."""


def _ratio(match: re.Match[str]) -> str:
    top, bottom, suffix = int(match[1]), int(match[2]), match[3]
    follows, before = next_word(match), words_before(match, 2)
    binary = (top, bottom) == (0, 1) and not (before and before[-1] in tables.PASSING)
    if binary or (follows in tables.BINARY_STROKES and (top, bottom) in ((9, 11), (20, 20))):
        return f"{top} ~{bottom}"
    if all(1900 <= year < 2100 for year in (top, bottom)):
        return f"{top} and {bottom}"
    if top > 1 and follows in tables.SHARED and not suffix:
        return f"{top} and {bottom}"  # 16/32 GB, 4/8-bit
    several = before and before[-1][-1] == "s" and before[-1][:-1].capitalize() in tables.NUMBERED | tables.ROWS
    of_it = follows in tables.PASSING | _SHARING or (follows.endswith("er") and follows in tables.FREE)
    numbered = before[-1:] and (before[-1] in tables.NUMBERED or (several and not of_it))
    if top <= bottom and not suffix and (_is_mark(match, before, top, bottom) or (not numbered and _is_counted(match))):
        return f"{top} out of {bottom}"
    if bottom > 1 and numbered and not suffix and follows != "of":
        return f"{top} and {bottom}"  # Figure 1/2
    of = follows == "of"
    if bottom > 1 and (suffix or top == 1 or (top < bottom and (bottom in (3, 4, 5, 8) or (of and bottom <= 10)))):
        return fraction(top, bottom)
    if bottom == 255:  # levels of a pixel
        return f"{top} over {bottom}"
    counts = follows.endswith("s") and follows not in ("splits", "ratios", "mixes")
    shares = top + bottom == 100 and not (top < bottom and counts)
    return f"{top} out of {bottom}" if top <= bottom and not shares else f"{top} ~{bottom}"


def _is_counted(match: re.Match[str]) -> bool:
    """Tell whether 4/5 counts things: 4/5 hard tasks, unlike 2/3 of them, 1/3 fewer tokens and 3/4 pixels."""
    words = re.match(r" ([A-Za-z][A-Za-z-]{0,30})(?: ([a-z]{1,30}))?", match.string[match.end() : match.end() + 64])
    if not words or int(match[2]) > 10 or words[1] in tables.FREE:
        return False
    return words[1] in tables.OUT_OF or words[2] in tables.OUT_OF


def _is_mark(match: re.Match[str], before: list[str], top: int, bottom: int) -> bool:
    """Tell whether 4/5 is a mark, or a step of several: rated 4/5, a 4/5 for clarity, Step 1/3."""
    follows = next_word(match)
    if bottom > 10 or follows in ("of", "the", "as"):
        return False
    if before[-1:] and before[-1] in tables.STEPS:
        return True
    if top == 1 or follows in tables.NO_MARK:
        return False
    alone = not re.match(r" ?[A-Za-z(]", match.string[match.end() :]) or follows in tables.FREE
    if before[-1:] == ["and"]:  # scored 3/5 on clarity and 4/5 on style
        return alone and any(word.lower() in tables.RATED for word in words_before(match, 8))
    if before[-1:] in (["a"], ["an"]):
        return alone
    summed_up = before[-1:] == ["Overall,"] and bottom in (5, 10)
    return summed_up or (bool(before) and before[-1].strip(":").lower() in tables.RATED)


def _listed(match: re.Match[str]) -> str:
    return ", ".join(part for part in match.groups() if part)


def _machines(match: re.Match[str]) -> str:
    """Say 8xH100 as eight H100s, and an 8xH100 node as one of eight by H100."""
    number, name = match.groups()
    follows = next_word(match)
    if follows in tables.MACHINES or "".join(words_before(match, 1)) in ("a", "an", "A", "An", "single", "one", "each"):
        return f"{number} by {name}"
    counted = number != "1" and stands_alone(match)
    return f"{number} {name}{'s' if counted else ''}"


def _more_than(match: re.Match[str]) -> str:
    """Say 100+ tasks as more than a hundred; the plus behind a name and its number is of the name: Xeon 8480+."""
    before = words_before(match, 1)
    named = before and re.fullmatch("[A-Z][A-Za-z]+", before[0]) and before[0].lower() not in tables.BEFORE_COUNTS
    return f"{match[1]} plus" if named and next_word(match) in ("", *tables.FREE) else f"more than {match[1]}"


def _starred(match: re.Match[str]) -> str:
    return f"{match[1]} {'by' if len(match[1]) > 1 and len(match[2]) > 1 else 'times'} {match[2]}"


def _over(match: re.Match[str]) -> str:
    """Say 1/n as one over n; B/16 is a name, and I/O a word."""
    top, bottom = match.groups()
    variables = top.islower() and bottom.islower() and match[0] not in ("n/a", "w/o", "y/n")
    one = top.isdigit() != bottom.isdigit() and top not in "BLHSGg"
    return f"{top} over {bottom}" if variables or one else match[0]


_IN_A_SUM = (
    r" (?:squared|cubed|to the (?:power|minus|\w+th|second|third))\b| minus (?:\d|[A-Za-z]\b)| equals (?:\d|[A-Za-z]\b)"
    r"| ?\+ ?(?:\d+(?:\.\d+)?[A-Za-z]?|[A-Za-z])(?![A-Za-z0-9.])(?! (?!equals|minus|squared|cubed)[a-z]{3})"
)
"""What shows that the x of 2x is a variable, and no "times"."""
_NO_GPU_GAIN = r"(?! (?:[a-z]{2,12}er|memory|speed|acceler|improve|reduc|gain|sav))"
_NO_SAMPLE = r"(?! (?:clip|segment|sample|track|excerpt|recording)s?\b)"
"""Behind these words so many s of music are seconds."""
_NO_GAIN = r"(?! (?:[a-z]{2,12}er|the\b|more|less|speed|improve|reduc|gain|compress))"


def _sides(match: re.Match[str]) -> str:
    """Say 12 cm × 8 cm as sides."""
    return " by ".join(f"{number} {match[2]}" for number in re.findall(r"\d+(?:\.\d+)?", match[0]))


def _inches(match: re.Match[str]) -> str:
    """Say 3 in wide as inches; behind a name the word stays: Claude 3 in long."""
    before = "".join(words_before(match, 1))
    named = before[:1].isupper() or before in tables.NUMBERED
    return match[0] if named else f"{match[1]} inches "


def _tens(match: re.Match[str]) -> str:
    return f"{('tens', 'hundreds', 'thousands', 'tens of thousands')[len(match[1])]} of"


def _release(match: re.Match[str]) -> str:
    """Say year and month behind a model's name: Mistral Large 2411, Qwen3-4B-Instruct-2507."""
    before = words_before(match, 3)
    hyphened = match[0][0] == "-" and "-" in before[-1] and before[-1][0].isalpha()
    named = hyphened or (before[-1][0].isupper() and any(word.startswith(tables.TAGGED) for word in before))
    return f" {two_by_two(match[1])}" if named else match[0]


def _tagged(match: re.Match[str]) -> str:
    name, number = [group for group in match.groups() if group is not None]
    return f"{name} {two_by_two(number)}"


def _digits(match: re.Match[str]) -> str:
    """Say 0s and 1s, or five 9s, as digits in the plural."""
    return re.sub(r"(\d)s\b", lambda digit: plural(in_words(int(digit[1]))), match[0])


_MANY = (
    "two|three|four|five|six|seven|eight|nine|ten|several|many|mostly|half|handwritten"
    "|(?:string|run|sequence|row|lot|number)s? of"
)
_SIDE = "mm|cm|m|km|µm|um|nm|ft|in|inch|inches"
_NO_TIME = r"(?! (?:limit|timeout|window|clip|mark)s?\b)"
_VARIABLE = rf"(?:[A-Za-z]|{any_of({*tables.GREEK.values()})})"
_NOT_MEASURED = r"(?<![Mm]ean )(?<![Ss]tandard )(?<![Ss]quared )"
_HARDWARE = r"[A-Z]{1,3}\d{2,4}[A-Z]?"
_read_figures = rules(
    (r"(?<!\w)0x([0-9a-fA-F]{2,16})(?!\w)", lambda m: f"zero x {' '.join(m[1].upper())}"),
    (r"(?<![\w:.])(1|[NMK]):([NMK]|1)(?![\w:.]|(?<=1:1))", r"\1 to \2"),
    (r"(\d[Kk]) ?[xX×] ?(?=\d+[Kk])", r"\1 by "),
    (r"(?<=\d)\.0(?= ?(?:%|[xX×](?!\w)| percent))", ""),
    (rf"\b10(0{{0,3}})s of\b(?!{tables.LASTING_OF}(?! (?:[a-z]+s|data)\b))", _tens),
    (
        r"(?<![\w.])(?<!pause of )(?<!delay of )(?:[01]s (?:and|or) [01]s\b"
        r"|\ds(?:, \ds){0,8},? (?:and|or) \ds(?= (?:in|of|from) (?:MNIST|digit)))",
        _digits,
    ),
    (
        rf"\b(?:{_MANY}|all) (?:0s|(?<!all )[1-9]s)\b{_NO_TIME}(?! [a-z]+s\b)",
        _digits,
    ),
    (
        r"(?<![\w.])(?:([1-9]0)s(?=-(?:era|inspired|themed)\b)|([5-9]0)s(?=-(?:style|like)\b))",
        lambda m: plural(in_words(int(m[1] or m[2]))),
    ),
    (
        rf"(?<![\w.])([5-9]0)s(?=[ -](?:{any_of(tables.OF_A_DECADE)})\b{_NO_SAMPLE})",
        lambda m: plural(in_words(int(m[1]))),
    ),
    (r"(?<!\w)((?:1[89]|20)\d0)s\b", lambda m: plural(in_words(int(m[1]), "year"))),
    (
        rf"(\b(?:the|early|late|mid)[ -])(1[5-7]\d0)s\b{_NO_TIME}",
        lambda m: m[1] + plural(in_words(int(m[2]), "year")),
    ),
    (
        rf"(\b(?:the|her|his|their|early|mid|late|high|low|upper|lower)[ -])'?([2-9]0)s\b{_NO_TIME}",
        lambda m: m[1] + plural(in_words(int(m[2]))),
    ),
    (
        r"(?<=ties) ?(?:-{1,2}|\b(to|and)\b) ?'?([2-9]0)s\b",
        lambda m: f" {m[1] or 'to'} {plural(in_words(int(m[2])))}",
    ),
    (
        r"(?<![\w.])(10[5-8]0|(?<=TX )20[5-8]0|[345]0[5-9]0)( ?Ti)?s\b",
        lambda m: f"{two_by_two(m[1])} T I's" if m[2] else plural(two_by_two(m[1])),
    ),
    (r"(?<=[A-Za-z0-9])[- ](2[3-9](?:0[1-9]|1[0-2]))(?=-[a-z]|[^\w-]|$)(?![.,]\d|%| [a-z]+s\b)", _release),
    (r"\b([Gg][Pp][Tt]-[3-9][\w.]{0,11}(?:-[a-z]{2,12})?)-(1[0-2](?:[0-2]\d|3[01]))(?![\w.])", _tagged),
    (rf"\b(HTTP|{_NOT_MEASURED}[Ee]rror) ([45]\d\d)\b(?! ?(?:%|[a-zµμ°]{{1,3}}\b|[a-z]+s\b))", _tagged),
    (r"\b()(404)(?= (?:page|error)\b)", _tagged),
    (r"\b(Boeing) (7\d7)\b|\b(H)\.(26[3-6])\b", _tagged),
    (r"(\d) ?ft (\d{1,2}) ?in\b(?! (?:the|height|total|[A-Z]))", r"\1 feet \2 inches"),
    (rf"({_NUMBER}) ?in (?=(?:wide|long|tall|deep|high|thick)(?:[.,;:)]|$| and\b))", _inches),
    (r"(?<![\w.-])(\d{3,4})([pP])(?![A-Za-z]|\d(?!\d\b))", lambda m: f"{two_by_two(m[1])} {m[2]}"),
    (r"(?<![\w)])-(?=[$€£])", " minus "),
    only=r"\d",
)
_read_counts = rules(
    (r"(?<![\w./-])(\d/\d) ?-{1,2} ?(?=\d/\d(?![\w/]))", r"\1 to "),
    (r"(?<![\w./-])(\d{1,3}\.\d+) ?/ ?(5|10|20|25|50|100)(?![\w/]|\.\d)", r"\1 out of \2"),
    (r"(?<=\d) ?/ ?(?=\d+(?:\.\d+)? equals )", " over "),
    (r"(?<=[A-Z]-|s@|l@)(\d{1,3})/(\d{1,3}|L)(?:/(\d{1,3}|L))?(?![\w/])", _listed),
    (r"(?<![\w./-])1/(\d{1,4}) ?s(?:ec)?(?!\w)", lambda m: f"{fraction(1, int(m[1]))} of a second"),
    (r"(?<![\w./-])(\d{1,9})/(\d{1,9})(st|nd|rd|th)?s?(?![\w/]|-\d|\.\d)", _ratio),
    (r"(?<=[A-Za-z]) ?/ ?(?=100 km\b)", " per "),
    (r"(?<=[\d%]) ?/ ?(?=[+-]?\d)|(?<=\d[KMBTx%]) ?/ ?(?=[+-]?\d)|(?<=\S) / (?=\S)", " and "),
    (r"(?<=\d) ?: ?(?=\d)(?<! )", " to "),
    (_RANGE, _range),
    (r"(?<=[\d.]) ?[x×] ?(?=\d+(?:\.\d+)? to the | ?10 (?:to the|squared|cubed) )", " times "),
    (rf"({_HARDWARE}(?:-[A-Z]{{3,4}}\d?)?)-(\d{{2,3}}) ?GB?\b", r"\1, \2GB"),
    (rf"(?<![\w.])(\d{{1,5}}) ?[xX×] ?({_HARDWARE})s?(?![\w.]\w|\w)", _machines),
    (rf"(?<![\w.])(\d{{1,5}})(?:[xX×]| × )(?=(?:[RG]TX|[CGNT]PU)(?:v\d|s\b|\b){_NO_GPU_GAIN})", r"\1 "),
    (r"(\b[A-Z]\d{1,3}G) (?=\d{2,3} ?GB\b)", r"\1, "),
    (r"(?<=\b[A-Z]\d\d\d )(\d{2,3})G\b", r"\1GB"),
    (r"(\d)G (?=(?:of )?(?:memory|RAM|VRAM|HBM|DRAM)\b)", r"\1GB "),
    (rf"({_NUMBER}) ?({_SIDE})(?: ?[x×] ?\d+(?:\.\d+)? ?\2(?![A-Za-z0-9])){{1,2}}", _sides),
    (rf"({_NUMBER}) ?[xX×] ?(?={_NUMBER} equals \d)", r"\1 times "),
    (
        r"(?<=\d)(?:[xX](?=\x06?\d|[A-Z]\d)| ?× ?(?=\x06?\d|[A-Z]\d)| x (?=\x06?\d|[A-Z]\d))"
        r"|(?<=\b[A-Z]) ?× ?(?=[A-Z\d]\b)",
        " by ",
    ),
    (r"(?<![\w.*])(\d+(?:\.\d+)?) ?\* ?(\d+(?:\.\d+)?)(?![\w*])", _starred),
    (rf"({_NUMBER})[xX](?={_IN_A_SUM})", r"\1 ~x"),
    (rf"((?<![A-Za-z])[fgy] equals |[\w)] ?\+ ?|[\w)] minus )({_NUMBER})[xX](?![A-Za-z0-9]){_NO_GAIN}", r"\1\2 ~x"),
    (rf"({_NUMBER})(?:[xX](?![A-Za-z0-9])| x(?= [a-z]{{3}}))", r"\1 times "),
    (
        r"\b([GTCN]PU|[Cc]ore|[Nn]ode|[Pp]erson)[- ]?hrs?\b|\b([GTCN]PU|[Cc]ore|[Nn]ode|[Pp]erson)[- ]h\b",
        lambda m: f"{m[1] or m[2]} hours",
    ),
    (r"(\b10 (?:squared|cubed|to the [a-z-]{3,20})) ?[xX](?= (?:[a-z]{2,12}er|more|less)\b)", r"\1 times"),
    (r"×", " times "),
    (r"(?<![\w.-])(\d+(?:\.\d+)?[KMBTkx]?)\+(?= [A-Za-z]{2}| [smhKVW]\b|-[A-Za-z]|[.,;:)]|$)", _more_than),
    (r"more than more than", "more than"),
    only=r"[\d×/]",
)
_read_signs = rules(
    (r"(?<=[A-Za-z0-9)]) ?/ ?(?=\((?:[^()]{1,40}[+*]|[A-Za-z0-9]{1,4} ?- ?[A-Za-z0-9]{1,3}\)))", " over "),
    (r"(\([A-Za-z0-9 ]{1,8}[+*][A-Za-z0-9 ]{1,8}\)) ?/ ?(?=\w)", r"\1 over "),
    (rf"(?i)\b(?:{any_of('/'.join(pair) for pair in tables.EITHER)})\b", lambda m: m[0].replace("/", " or ")),
    (rf"(?<![A-Za-z])d([A-Za-z])/d ?(?={_VARIABLE}(?![A-Za-z]))", r"d \1 over d "),
    (r"(?<![\w/.-])([a-z]{3,})/([a-z]{3,})/([a-z]{3,})(?![\w/]|\.\w)", r"\1, \2 and \3"),
    (r"(?<=\w\w\w)/(?=[A-Za-z]\w\w)", " and "),
    (r"(?<![\w/.-])(\d{1,3}|[A-Za-z])/(\d{1,3}|[A-Za-z])(?![\w/-])", _over),
    (r"(?<=[\w)]) ?/ ?(?=(?:square|cube) root|partial)", " over "),
    (r"(?<=[A-Za-z]\d)/(?=[A-Za-z]\d)", " and "),  # V2/V3
    (r"(?<=[A-Z\d)])/(?=[A-Za-z\d])", " "),  # of a name: ViT-L/14
    (r"# ?(?=\d)", " number "),
    (r"(?<!\w)# ?(?=of\b)", " number "),
    (
        r"(?<!\w)# ?(?=(?:[a-z]{3,}|[A-Z][a-z]{2,}|[A-Z]{2,5})s\b|training |[a-z]+ (?:tokens|parameters)\b)",
        " number of ",
    ),
    (r"(?<!\w)# ?(?=[A-Za-z])", " "),
    (r"\b([CF])#", r"\1 sharp"),
    (r"(?<=[\w)]) ?@ ?(?=\w)|@ ?(?=\d)", " at "),
    (r"(?<![\w)\]])\+ ?(?=\d)", "plus "),
    (r"(?<![\w)\].-])- ?(?=\d)", " minus "),
    (r"(?<=\w)\+\+", " plus plus"),
    (r"(?<=[\w)]) {0,2}\+ ?(?=[\w(])|(?<=\w)\+(?!\w)", " plus "),
    (r"(?<![\w*])([A-Za-z]) ?\* ?([A-Za-z])(?![\w*])", r"\1 times \2"),
    (r"(?<=[a-z]{2})\*(?!\w)", ""),  # of a footnote
    (r"(?<![*\w])([A-Za-z]|[A-Z]{1,5}\d?|[a-z]{2,7}(?= ?\*{1}(?= ?[=(])))\*(?![*\w])", r"\1 star "),
    (r"%", " percent "),
    (r"‰", " per mille "),
    (r"°", " degrees "),
    (r"§ ?", " section "),
    (r"&", " and "),
    (r"(?<!\d)(\d{1,15})(?:st|nd|rd|th)\b", lambda m: in_words(int(m[1]), "ordinal")),
    only=r"[^A-Za-z ,.?!:;'-]",
)


def read_quantities(text: str) -> str:
    """Say every quantity, and the signs of arithmetic."""
    for read in (_read_figures, read_money, read_inverse, _read_counts, read_sizes, read_units, _read_signs):
        text = read(text)
    return text
