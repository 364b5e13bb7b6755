"""What a paper is called: by arXiv, by a DOI, or by its own bytes. Each is one safe name of a folder, and reversible.

Behind it and a dot stands how an episode tells it, where that is no dialogue.

>>> of_arxiv("astro-ph/0603274"), of_arxiv("math.GT/0309136v2"), of_arxiv("2509.09666")
('astro-ph_0603274', 'math_0309136', '2509.09666')
>>> of_doi("10.1002/(SICI)1097-0258(19980815)17:15"), of_doi("10.48550/arXiv.2509.09666")
('doi-10.1002_~28sici~291097-0258~2819980815~2917~3a15', '2509.09666')
>>> doi_of("doi-10.1002_~28sici~291097-0258~2819980815~2917~3a15")
'10.1002/(sici)1097-0258(19980815)17:15'
>>> called("astro-ph_0603274"), called("doi-10.1234_a~5fb"), called("file-0123456789abcdef")
('astro-ph/0603274', '10.1234/a_b', 'file-0123456789abcdef')
>>> paper_of("2509.09666.critique"), format_of("2509.09666.critique"), called("astro-ph_0603274.brief")
('2509.09666', 'critique', 'astro-ph/0603274.brief')
>>> of_doi("10.1234/a.brief"), doi_of("doi-10.1234_a~2ebrief")
('doi-10.1234_a~2ebrief', '10.1234/a.brief')
"""

import hashlib
import re
from typing import Annotated, Final, Literal
from urllib.parse import unquote

from pydantic import AfterValidator

ARXIV_ID: Final = r"[0-9]{4}\.[0-9]{4,5}"
"""A pattern: an id since April 2007."""
_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|"
    "funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|"
    "q-alg|q-bio|quant-ph|solv-int|stat|supr-con"
)
"""Those that gave ids before (arxiv.org/archive)."""
OLD_ARXIV_ID: Final = rf"(?:{_ARCHIVES})(?:\.[A-Z]{{2}})?/[0-9]{{7}}"
"""A pattern: an id until March 2007, as people write it."""
_OLD = rf"(?:{_ARCHIVES})_[0-9]{{7}}"
DOI: Final = r"10\.[0-9]{4,9}(?:\.[0-9]{1,9})*/\S+"
"""A pattern (doi.org/the-identifier/resources/handbook, 2.2)."""
_DOI = r"doi-10\.[0-9]{4,9}(?:\.[0-9]{1,9})*_(?:[a-z0-9._-]|~[0-9a-f]{2})+"
LONGEST: Final = 120
"""Signs of an id at most: a file's name, with day, hash and suffix around it, may have 255."""
_CONTENT = r"file-[0-9a-f]{16}"
PAPER_ID: Final = rf"(?:{ARXIV_ID}|{_OLD}|{_DOI}|{_CONTENT})"
"""A pattern: a paper's id as files, addresses and documents have it."""
TalkFormat = Literal["dialogue", "brief", "critique", "debate"]
"""How an episode tells its paper."""
FORMATS: Final[tuple[TalkFormat, ...]] = ("dialogue", "brief", "critique", "debate")
ROUNDUP: Final = "roundup"
"""What stands in the place of a paper's id where an episode is about several papers of a day."""
ROUNDUPS: Final = (ROUNDUP, "roundup-week", "roundup-month")
"""Those of a day, and of the week and the month that end with it."""
TRAILER: Final = "trailer"
"""The same of the one episode about the show itself."""
OTHERS: Final = (*ROUNDUPS, TRAILER)
"""Names of episodes that are about no paper alone."""
EPISODE_ID: Final = rf"(?:{PAPER_ID}(?:\.(?:{'|'.join(FORMATS[1:])}))?|{'|'.join(OTHERS)})"
"""A pattern: what an episode is about, as files and addresses have it."""


def is_paper(text: str) -> bool:
    """Whether that is a paper's id."""
    return len(text) <= LONGEST and bool(re.fullmatch(PAPER_ID, text)) and paper_of(text) == text


def is_episode(text: str) -> bool:
    """Whether that says what an episode is about."""
    return text in OTHERS or is_paper(paper_of(text))


def paper_of(episode_id: str) -> str:
    """Return the paper's id out of an episode's: 2509.09666.critique is about 2509.09666."""
    paper, _, told = episode_id.rpartition(".")
    return paper if told in FORMATS[1:] else episode_id


def format_of(episode_id: str) -> TalkFormat:
    """Return the format that an episode's id names; one that names none is a dialogue."""
    told = episode_id.rpartition(".")[2]
    return next((each for each in FORMATS[1:] if each == told), FORMATS[0])


def is_arxiv(paper_id: str) -> bool:
    """Whether arXiv has the paper, by its id."""
    return bool(re.fullmatch(rf"{ARXIV_ID}|{_OLD}", paper_id))


def of_arxiv(text: str) -> str | None:
    """Return the id of a paper that arXiv calls so, in whatever version; None where that is no id of arXiv's."""
    text = re.sub(r"v[0-9]{1,3}$", "", text)
    if re.fullmatch(ARXIV_ID, text):
        return text
    if re.fullmatch(OLD_ARXIV_ID, text):
        archive, _, number = text.partition("/")
        return f"{archive.partition('.')[0]}_{number}"
    return None


def of_doi(doi: str) -> str | None:
    """Return the id of the paper with that DOI; None where it is none, or too long for a name. arXiv's are its ids."""
    doi = doi.strip().lower()  # they are the same in both cases
    if not re.fullmatch(DOI, doi):
        return None
    if found := re.fullmatch(r"10\.48550/arxiv\.(.+)", doi):
        return of_arxiv(found[1])
    made = f"doi-{''.join(_sign(sign) for sign in doi)}"
    if (told := format_of(made)) != FORMATS[0]:  # it is the paper's own, and says no format
        made = f"{paper_of(made)}~2e{told}"
    return made if is_paper(made) else None


def _sign(sign: str) -> str:
    if re.fullmatch(r"[a-z0-9.-]", sign):
        return sign
    return "_" if sign == "/" else "".join(f"~{byte:02x}" for byte in sign.encode())


def of_content(data: bytes) -> str:
    """Return the id of a paper that is known by its bytes alone."""
    return f"file-{hashlib.sha256(data).hexdigest()[:16]}"


def doi_of(paper_id: str) -> str | None:
    """Return the DOI that the id is of."""
    if not paper_id.startswith("doi-"):
        return None
    return unquote(paper_id.removeprefix("doi-").replace("_", "/").replace("~", "%"))


def called(episode_id: str) -> str:
    """Return the id as people write it."""
    paper_id = paper_of(episode_id)
    said = paper_id.replace("_", "/") if re.fullmatch(_OLD, paper_id) else doi_of(paper_id) or paper_id
    return said + episode_id.removeprefix(paper_id)


def _checked(text: str) -> str:
    if not is_paper(text):
        raise ValueError(f"{text!r} is no paper's id, such as 2509.09666")
    return text


def _of_arxiv(text: str) -> str:
    if not is_arxiv(text):
        raise ValueError(f"{text!r} is not an arXiv id such as 2509.09666")
    return text


def _episode(text: str) -> str:
    return text if is_episode(text) else _checked(text)


PaperId = Annotated[str, AfterValidator(_checked)]
ArxivId = Annotated[str, AfterValidator(_of_arxiv)]
EpisodeId = Annotated[str, AfterValidator(_episode)]
"""What an episode is about: a paper, and behind a dot the format where that is no dialogue; several of a day, a week or
a month; or the show itself."""
