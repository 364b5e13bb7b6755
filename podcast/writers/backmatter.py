"""What a paper says of itself and not of its subject: who paid, who allowed it, where its code and data can be had.

>>> is_credit("The study was funded by the Sleep Fund."), is_credit("Schools are funded by taxes.")
(True, False)
>>> is_credit("Code is available at our site."), is_credit("Data are available for three species.")
(True, False)
"""

import re

_STUDY = (
    r"(?:this|the|our) (?:[\w-]+ )?(?:work|stud(?:y|ies)|research|trial|survey|project|paper|protocol|review|authors?)"
)
_WAS = r"(?:is|are|was|were|has been|have been)(?: \w+ly| also| in part)*"
_PAYS = (
    r"(?:grants?|awards?|foundation|funds?|funding|council|ministry|agency|program(?:me)?|institutes?|fellowship"
    r"|government|department)"
)
_PAID = (
    rf"^{_STUDY} {_WAS} (?:funded|sponsored|financed)(?: \w+ly| in part)? by\b"
    rf"|^{_STUDY} {_WAS} supported(?: \w+ly| in part)? by\b(?=.*\b{_PAYS}\b)"
    r"|^(?:the )?(?:funding|financial support) (?:for .{1,40})?(?:was |is )?(?:provided|received|came|comes|from)\b"
    r"|^(?:we|the authors) (?:\w+ly )?(?:thank|acknowledge (?:the )?(?:[\w-]+ )?(?:support|funding|help))\b"
)
_ALLOWED = (
    r"\bapproved by\b.*\b(?:ethics?|ethical|review board|IRB)\b|^(?:ethics|ethical|IRB)(?: committee)? approval\b"
    r"|\binformed consent (?:was|is) (?:\w+ )?(?:obtained|given|provided|waived)\b"
    r"|\b(?:gave|provided|signed)(?: their)?(?: written| oral)? informed consent\b"
    r"|\b(?:competing interests?|conflicts? of interest|trial registration)\b"
    rf"|^{_STUDY} {_WAS} (?:pre-?)?registered (?:at|with|on|in|under|as)\b"
)
_MATTER = (
    r"(?:code(?:base)?|data(?: ?sets?)?|models?|weights|checkpoints|materials?|implementations?|software|scripts|logs"
    r"|demos?|videos?)"
)
_SHARED = (
    rf"\b{_MATTER}(?:,? [\w-]+){{0,6}}? (?:is|are|will be|has been|have been|can be)(?: \w+ly| made| also)* "
    r"(?:(?:available|released)(?=\.|$| (?:at|on|under|from|upon|via|online|through|here|to the public)\b)"
    r"|(?:downloaded|accessed|found|obtained|browsed) (?:at|on|under|from)\b|open[- ]?sourced)"
)
_CREDIT = re.compile(f"{_PAID}|{_ALLOWED}|{_SHARED}", re.IGNORECASE)


def is_credit(sentence: str) -> bool:
    """Tell whether the sentence is one for the notes: nothing in it was done or found."""
    return bool(_CREDIT.search(sentence))
