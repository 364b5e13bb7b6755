"""Amounts: a number with its sign, the other end of its range, and what it counts, in words.

>>> read_amounts("-0.5 °C, 5-10 %, $5, 2.5x schneller", "de")
'minus null Komma fünf Grad Celsius, fünf bis zehn Prozent, fünf Dollar, zwei Komma fünf mal schneller'
>>> read_amounts("5~10%", "zh"), read_amounts("16:9", "ja"), read_amounts("~30 godzin", "pl")
('百分之五到十', '十六対九', 'około trzydziestu godzin')

Numbers come as English writes them: `locales.in_english` has read them.
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from podcast.speech import cldr, tables
from podcast.speech.agreement import agreeing, counts_many, elided, is_noun
from podcast.speech.cases import Case, case_of
from podcast.speech.spelling import digits, passes, spelled, year
from podcast.speech.tongues import Tongue, tongue
from podcast.speech.unit_signs import LATIN, LETTERS, MONEY, NUMBER, PER, UNITS, amount_in, signs_of_units

_SIZE = re.compile(rf"(?<![{LATIN}0-9_.])({NUMBER})(?: ?[x×] ?({NUMBER})(?![0-9.]*[0-9{LATIN}]))+")
_TIMES_NAME = re.compile(rf"(?<![{LATIN}0-9_.])({NUMBER}) ?[×x] ?(?=[A-Z])")
_RATIO = re.compile(rf"(?<![{LATIN}0-9_.:])({NUMBER}) ?: ?({NUMBER})(?:: ?({NUMBER}))?(?![{LATIN}0-9:]|\.[0-9])")
_PER_TIME = re.compile(r"(?<=[^\W\d_]{3})/(s|min|h)(?!\w)")
_LONE = re.compile(r"(?<![A-Za-z0-9_^])(?:R\$|US\$|[$€£¥₹₩₺₽])(?![A-Za-z0-9])")
"""A currency behind words: 3.5 milliards de $."""
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_NAMED_BEFORE = re.compile(
    rf"(?:(?<![{LATIN}0-9])(?:[{LATIN}0-9]|{'|'.join(dict.fromkeys(tables.GREEK.values()))})|[)\]]) ?$", re.IGNORECASE
)
"""A variable, or a bracket that closes."""
_FAMILY = re.compile(rf"(?<![^\W_])(?:(?i:modells?|mod[eèé]l[eo]|modello)|{'|'.join(sorted(tables.FAMILIES))}) $")
_ARTICLE_OF_ONE = {
    language: re.compile(rf"(?<![^\W_])(?:(?:{articles}) |l['’])$", re.IGNORECASE)
    for language, articles in {
        "fr": "le|du|au|cet?|un",
        "es": "un|el|del|al|este|ese",
        "it": "un|il|lo|del|al|dal|nel|col|sul|questo",
        "pt": "um|o|do|ao|no|pelo|este|esse",
        "de": "der|das|dem|des|ein|einem|eines",
    }.items()
}
"""What shows that a size such as 70B names a model."""
_ARTICLE = re.compile(r"(?:el|l[aoeiu]s?|il|gli|[oai]s?|une?|un[oa]s?|um|uma)(?!\w)")
_BEGINS = re.compile(r"[0-9.]+B (?:y|e|et|à|a|o|ou) $")
_ENDS = re.compile(r"^ (?:y|e|et|à|a|o|ou) [0-9.]+B(?!\w)")
"""The two ends of a range in words: 7B y 70B."""
_NOUN = re.compile(r" (?!(?:de|d|di|del|et|y|e|ou|o|por|pour|per|à|a|en|in|al|du|des)\b)([^\W\d_]+)")


def read_amounts(text: str, language: str) -> str:
    """Return the text with every number in words, and what stands at it: signs, ranges, units, money, multiples."""
    known = tongue(language)
    if not passes(language):
        return amount_in(language).sub(lambda match: _said(_read(match, language)), text)
    if known.signs:
        text = _SIZE.sub(lambda match: _size(match[0], known, language), text)
        text = _TIMES_NAME.sub(lambda match: _count(match[1], known, language), text)
        text = _RATIO.sub(lambda match: _ratio(match, known, language), text)
        text = _range_of_units(language).sub(lambda match: _range(match, known), text)
    text = re.sub(r"(?<=[0-9%]) (?=[0-9])", known.pause, text)
    text = _PER_TIME.sub(lambda match: _per_time(match[1], language) or match[0], text)
    text = amount_in(language).sub(lambda match: _said(_read(match, language)), text)
    text = (
        _LONE.sub(lambda match: _money(match[0], known, language, "5").format("").strip(), text)
        if known.signs
        else text
    )
    return re.sub("[0-9]+", lambda match: f" {digits(match[0], language)} ", text)  # what stands within letters


@cache
def _range_of_units(language: str) -> re.Pattern[str]:
    """Return what a range looks like whose two ends have units: 20 °C–30 °C, 5 ms-1 s."""
    units = signs_of_units(language)
    return re.compile(
        rf"(?<![{LATIN}0-9.])({NUMBER}) ?({units})( ?[–—~] ?|-)({NUMBER})(?: ?({units})(?![{LATIN}0-9]))?"
        rf"(?![{LATIN}0-9-])"
    )


def _range(match: re.Match[str], known: Tongue) -> str:
    first, unit, to, second, other = match.groups()
    if other in (unit, None):
        return f"{first}{to}{second} {unit}"
    return known.join.join([f"{first} {unit}", known.to, f"{second} {other}"])


def _per_time(unit: str, language: str) -> str:
    """Return "per second" in words behind a word: 60 images/s."""
    said = cldr.per(PER[unit], language)
    return said.removeprefix("{0}") if said.startswith("{0} ") else ""


def _count(number: str, known: Tongue, language: str) -> str:
    """Return how many of a thing with a name there are: 8×H100 is eight of it."""
    return spelled(number, language) + (known.join or known.signs["×"])


def _size(text: str, known: Tongue, language: str) -> str:
    return _joined(known, re.findall(NUMBER, text), known.signs["×"], language)


def _ratio(match: re.Match[str], known: Tongue, language: str) -> str:
    numbers = [number for number in match.groups() if number]
    return _joined(known, numbers, known.ratio, language, known.to_form if known.ratio == known.to else "")


def _joined(known: Tongue, numbers: list[str], between: str, language: str, form: str = "") -> str:
    """Return numbers with a word between them; `form` is the case of all but the first."""
    first, *rest = numbers
    said = [spelled(first, language), *(spelled(number, language, form) for number in rest)]
    return f"{known.join}{between}{known.join}".join(said)


@dataclass(frozen=True)
class _Amount:
    match: re.Match[str]
    language: str
    numbers: tuple[str, ...]
    """One, or the two ends of a range, with their signs."""
    before: str
    behind: str
    """The text on both sides."""
    case: Case

    def __getitem__(self, name: str) -> str:
        return (self.match[name] or "").strip()

    @property
    def bounded(self) -> bool:
        """Whether < or > stands before the amount alone: <5 %, unlike p < 0.05."""
        if self["about"] not in ("<", ">"):
            return False
        letters = tuple(name for name in tongue(self.language).greek.split() if len(name) > 2)
        return not _NAMED_BEFORE.search(self.before) and not self.before.rstrip().endswith(letters)


def _read(match: re.Match[str], language: str) -> _Amount:
    minus = "-" if match["sign"] in ("-", "–") and passes(language) else ""
    numbers = [minus + match["first"]]
    if match["second"]:
        numbers.append((match["minus"] or "") + match["second"])
    before, behind = match.string[max(0, match.start() - 80) : match.start()], match.string[match.end() :]
    return _Amount(match, language, tuple(numbers), before, behind, case_of(before, behind, language))


def _said(amount: _Amount) -> str:
    known = tongue(amount.language)
    amount, scale = _scaled(amount, known)
    pattern = _pattern(amount, known)
    scale = scale or amount["tail"]
    said = known.join.join(filter(None, [_numbers(amount, known, pattern, scale), scale]))
    said += _of(amount, known, pattern, scale)
    if pattern:
        said = pattern.format(said)
    return _around(said if known.join else said.replace(" ", ""), amount, known)


def _scaled(amount: _Amount, known: Tongue) -> tuple[_Amount, str]:
    """Return the amount with its scale's word, or its numbers so often larger: 1.5M is said with it, 100M without."""
    sign, last = amount["scale"], amount.numbers[-1].lstrip("-")
    if not sign:
        return amount, ""
    if _is_a_model(amount, known):
        return amount, sign
    power = _power(amount, known)
    word = cldr.scale(power, amount.language, last)
    if word and ("." in last or len(amount.numbers) > 1 or sign in known.scales):
        return amount, word
    return replace(amount, numbers=tuple(_times_ten(number, power) for number in amount.numbers)), ""


def _is_a_model(amount: _Amount, known: Tongue) -> bool:
    """Tell whether a size stands for a model, and counts no parameters: le 70B bat, unlike 70B de paramètres."""
    if amount["scale"] not in ("M", "B", "T") or not known.signs or not known.join or len(amount.numbers) > 1:
        return False
    if amount["money"] or amount["paid"] or amount["unit"] or amount.match["sign"] or amount["about"]:
        return False
    before, behind = _BEGINS.sub("", amount.before), _ENDS.sub("", amount.behind)
    word = re.match(r" ([^\W\d_]+)", behind)
    if (word and counts_many(word[1], amount.language)) or re.match(r" d(?:[ei] (?![A-Z])|['’])", behind):
        return False
    if _FAMILY.search(before):
        return True
    if amount["scale"] != "B":
        return False
    articles = _ARTICLE_OF_ONE.get(amount.language)
    if articles and articles.search(before):
        return True
    one = word and (known.of == "de" or (known.of == "di" and word[1][-1] in "oa"))
    return bool(one and word and is_noun(word[1], amount.language) and not _ARTICLE.fullmatch(word[1]))


def _times_ten(number: str, power: int) -> str:
    sign, unsigned = ("-", number[1:]) if number[0] == "-" else ("", number)
    whole, _, part = unsigned.partition(".")
    figures = (whole + part.ljust(power, "0")[:power]).lstrip("0") or "0"
    rest = part[power:]
    return sign + figures + (f".{rest}" if rest else "")


def _pattern(amount: _Amount, known: Tongue) -> str:
    """Return the pattern of what is counted, such as "{0} Kilometer"; "" where it stands in words behind."""
    language, number = amount.language, amount.numbers[-1].lstrip("-")
    if "%" in amount.match[0]:
        return known.percent or known.units.get("%") or cldr.unit("concentr-percent", language, number) or "{0} %"
    if amount["times"]:
        return known.times.get(cldr.plural(language, number), known.times.get("other", "{0} x"))
    if amount["money"] or amount["paid"]:
        return _per(_price(amount, known, number), amount["each"], known, language)
    if not amount["unit"]:
        return ""
    name = known.units.get(amount["unit"]) or UNITS.get(amount["unit"], "")
    pattern = name if "{0}" in name else amount.case.unit(name, language, number)
    return _per(pattern, amount["per"], known, language) if pattern else "{0} " + amount["unit"]


def _price(amount: _Amount, known: Tongue, number: str) -> str:
    """Return the pattern of a price; its cents, which stand behind the currency, are in it."""
    sign, language = amount["money"] or amount["paid"], amount.language
    if not _has_cents(amount, known, number):
        return _money(sign, known, language, "5" if amount["scale"] or amount["tail"] else number)
    whole, cents = number.split(".")
    behind = [known.cents, spelled(str(int(cents)), language)] if int(cents) else []
    return " ".join([_money(sign, known, language, whole), *filter(None, behind)])


def _has_cents(amount: _Amount, known: Tongue, number: str) -> bool:
    return (
        known.cents is not None
        and not amount["scale"]
        and not amount["tail"]
        and bool(re.fullmatch(r"-?[1-9][0-9]*\.[0-9]{2}", number))
    )


def _money(sign: str, known: Tongue, language: str, number: str) -> str:
    names = known.money.get(MONEY[sign])
    if names:
        return "{0} " + names.get(cldr.plural(language, number), names["other"])
    return "{0} " + (cldr.currency(MONEY[sign], language, number) or sign)


def _per(pattern: str, unit: str, known: Tongue, language: str) -> str:
    name = PER.get(unit) or known.units.get(unit)
    if not name:
        return pattern
    outer = cldr.per(name, language)
    if outer:
        return outer.format(pattern)
    return known.per.format(pattern, cldr.unit(name, language, "1").format("").strip())


def _numbers(amount: _Amount, known: Tongue, pattern: str, scale: str) -> str:
    """Return the number, or both ends of the range, in words that agree with what they count."""
    language, numbers = amount.language, amount.numbers
    if amount["money"] or amount["paid"]:
        numbers = tuple(number[:-3] if _has_cents(amount, known, number) else number for number in numbers)
    if len(numbers) == 2 and not pattern and all(_YEAR.fullmatch(number) for number in numbers):
        said = [year(number, language) for number in numbers]
    else:
        behind = f" {scale}" if scale else pattern.partition("{0}")[2] if pattern else amount.behind
        form = _form(amount, known, numbers[0], behind)
        if len(numbers) == 2 and form in ("masculine", "neuter"):  # uno a due secondi
            form = ""
        said = [spelled(numbers[0], language, form)]
        said += [spelled(n, language, _form(amount, known, n, behind) or known.to_form) for n in numbers[1:]]
    if len(said) == 1:
        return elided(said[0], behind, language)
    if not known.to:
        return amount["to"].join(said)
    falls = amount["to"] == "-" and float(numbers[0]) > float(numbers[1])  # 3-2 is no range
    between = ("" if known.join else "，") if falls else known.to
    return known.join.join(filter(None, [said[0], between, said[1]]))


def _form(amount: _Amount, known: Tongue, number: str, behind: str) -> str:
    """Return the gender or case of a number."""
    whole = number.lstrip("-").partition(".")[0]
    if known.about_form and (amount["about"] in ("~", "≈") or amount.bounded):
        return known.about_form
    if amount.language == "de":  # mit einem Prozent, mit eins Komma fünf Prozent
        case = replace(amount.case, behind=behind)
        return "" if "." in number else case.form(whole) or agreeing(whole, behind, "de", amount.before)
    return amount.case.form(whole) or ("" if "." in number else agreeing(whole, behind, amount.language, amount.before))


def _of(amount: _Amount, known: Tongue, pattern: str, scale: str) -> str:
    """Return what stands between millions and what there are millions of: de, d', di."""
    number = amount.numbers[-1]
    millions = number.endswith("000000") if not scale else amount["tail"] != "" or _power(amount, known) > 3
    noun = pattern.partition("{0}")[2] if pattern else amount.behind
    word = _NOUN.match(noun)
    if not known.of or not millions or (scale and scale == amount["scale"]) or "%" in amount.match[0]:
        return ""
    if not word or not is_noun(word[1], amount.language) or _ARTICLE.fullmatch(word[1]):
        return ""
    elided = amount.language == "fr" and re.match(r" [aeiouhéèêœ]", noun, re.IGNORECASE)
    return " d'\u2060" if elided else f" {known.of}"


def _power(amount: _Amount, known: Tongue) -> int:
    return known.scales.get(amount["scale"]) or LETTERS[amount["scale"]]


def _around(said: str, amount: _Amount, known: Tongue) -> str:
    """Return the amount with what stands before it, a plus or an about, and after it, a full stop or letters."""
    gap = known.join
    if amount["sign"] == "+" and known.signs:
        said = known.signs["+"] + gap + said
    elif amount["sign"] in ("-", "–") and not passes(amount.language):
        said = amount["sign"] + said
    about = amount["about"]
    if about and known.signs:
        word = known.signs["≈" if about == "~" else about]
        if amount.bounded:
            word = known.below[about == ">"]
        after = amount.language in ("ja", "ko", "hi") and word in (*known.below, known.signs["≤"], known.signs["≥"])
        if not amount.before.rstrip().endswith(word):
            said = said + gap + word if after else word + gap + said
    elif about:
        said = about + said
    if amount.before[-1:].isalnum():
        said = gap + said
    if amount["stroke"]:  # 12 €/Stunde
        said += known.per[3:].partition("{1}")[0].rstrip() + gap if known.per.startswith("{0} ") else gap
    letters = amount["letters"]
    if letters:
        said += letters if letters.islower() and letters not in "kx" and amount.language == "de" else gap + letters
    return said + (amount.match["point"] or "")
