"""Which case a number stands in, told by the word before it and the ending of the noun behind.

>>> case_of("Dokładność wzrosła do ", " punktów", "pl").form("87"), case_of("mit ", " Bild", "de").form("1")
('masculine-genitive', 'm')
>>> case_of("Trening na ", " kartach", "pl").form("3"), case_of("po ", "", "pl").unit("duration-hour", "pl", "3")
('masculine-locative', '{0} godzinach')
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from podcast.speech import cldr
from podcast.speech.agreement import agreeing

_BEFORE: Mapping[str, Mapping[str, str]] = {
    "pl": {
        "genitive": "do|od|bez|dla|u|około|koło|powyżej|poniżej|spośród|wśród|oprócz|według|blisko|z|ze",
        "locative": "w|we|przy|po",
    },
    "ru": {"genitive": "до|от|около|из|без|для|с|со|более|менее|больше|меньше|свыше|среди|после"},
    "de": {"dative": "mit|von|bei|aus|nach|zu|seit|außer|gegenüber|ab", "accusative": "um|für|ohne|gegen|durch"},
}
_BEHIND: Mapping[str, Mapping[str, str]] = {
    "pl": {"instrumental": r" \w+(?:ami|mi)\b", "locative": r" \w+ach\b"},
    "ru": {"instrumental": r" \w+(?:ами|ями)\b", "locative": r" \w+(?:ах|ях)\b"},
}


@dataclass(frozen=True)
class Case:
    """A case of CLDR's rules, "" for the nominative, of a number and its unit."""

    name: str
    language: str
    behind: str

    def form(self, whole: str) -> str:
        """Return the rules for a whole number in this case, "" for the usual ones."""
        if not self.name or whole == "0":
            return ""
        if self.language == "de":
            gender = agreeing(whole, self.behind, "de")
            if self.name == "accusative":
                return "n" if gender == "masculine" else ""
            return {"feminine": "r", "neuter": "m", "masculine": "m"}.get(gender, "")
        gender = "feminine" if whole == "1" and re.match(r" \w+[yij]\b", self.behind) else "masculine"
        return f"{gender}-{self.name}"

    def unit(self, name: str, language: str, number: str) -> str:
        """Return the pattern of a unit in this case; CLDR's plurals give the Polish ones."""
        if language != "pl" or not self.name or number == "1":
            return cldr.unit(name, language, number)
        if self.name == "genitive":
            return cldr.unit(name, language, number if "." in number else "5")
        few = cldr.unit(name, language, "2")
        return re.sub(r"^(\{0\} \w+)[yie](?!\w)", r"\1ach", few) if self.name == "locative" else few


def case_of(before: str, behind: str, language: str) -> Case:
    """Return the case of a number between these two."""
    for name, pattern in _BEHIND.get(language, {}).items():
        if re.match(pattern, behind):
            return Case("ablative" if (language, name) == ("ru", "instrumental") else name, language, behind)
    word = re.search(r"(\w+) $", before[-30:])
    for name, words in _BEFORE.get(language, {}).items():
        if (
            word
            and re.fullmatch(words, word[1].lower())
            and not (name == "locative" and behind[:1] == " " and behind[1:2].isalpha())
        ):
            return Case(name, language, behind)
    return Case("", language, behind)
