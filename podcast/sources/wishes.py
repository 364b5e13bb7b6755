"""What a person wrote to name a paper: an id of arXiv's, a DOI, an address, a file.

Nobody is asked; what can be none is said, with what comes nearest.

>>> wish("arXiv:2509.09666v2"), wish("https://huggingface.co/papers/2509.09666")
(Named(paper_id='2509.09666'), Named(paper_id='2509.09666'))
>>> wish("https://doi.org/10.1234/ABC"), wish("https://arxiv.org/pdf/astro-ph/0603274v1.pdf")
(Named(paper_id='doi-10.1234_abc'), Named(paper_id='astro-ph_0603274'))
"""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote, urlsplit, urlunsplit

from podcast.show.errors import WrongUsage
from podcast.show.schema import FORMATS, TalkFormat, ids
from podcast.show.workspace import is_setting
from podcast.sources import filetypes

_ARXIV = re.compile(r"(?:^|\.)(?:arxiv\.org|huggingface\.co|hf\.co|alphaxiv\.org|ar5iv\.org|ar5iv\.labs\.arxiv\.org)$")
_PAGES = re.compile(r"/(?:abs|pdf|html|papers|ps|format|list)/(.+?)(?:\.pdf|\.md)?/?$")
_DOI_HOSTS = frozenset({"doi.org", "dx.doi.org", "www.doi.org"})
_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"PDF": (".pdf",), "Markdown or text file": (".md", ".markdown", ".txt"), "HTML file": (".html", ".htm", ".xhtml")}
)
_READ = sum(_KINDS.values(), ())
_LOOKS_LIKE_A_FILE = re.compile(r"(?:^[~.]?/|^\.\.?(?:/|$)|\\)|\.[A-Za-z][A-Za-z0-9]{1,7}$|/$")


@dataclass(frozen=True, slots=True)
class Named:
    """A paper by its id, arXiv's or a DOI."""

    paper_id: str


@dataclass(frozen=True, slots=True)
class Address:
    """A page or a file of the web."""

    url: str


@dataclass(frozen=True, slots=True)
class File:
    """A file of this machine, with its bytes."""

    path: Path
    data: bytes


Wish = Named | Address | File


def is_one(text: str) -> bool:
    """Whether the text is meant to name a paper by itself, and not a day: also where it is wrong."""
    return bool(
        re.match(r"(?i)https?:|www\.|arxiv[:/ ]|doi:|10\.\d|file:", text)
        or re.fullmatch(rf"\d{{3,5}}\.\d{{3,6}}(?:v\d+)?|{ids.OLD_ARXIV_ID}(?:v\d+)?|{ids.PAPER_ID}", text)
        or (_LOOKS_LIKE_A_FILE.search(text) and not re.search(r"/roundup$", text))
        or Path(text).expanduser().exists()
    )


def wish(text: str) -> Wish:
    """Return what the text names. Raises WrongUsage where it can name no paper, or no file that is here."""
    text = text.strip()
    if re.match(r"(?i)https?://|www\.", text):
        return _address(text if "://" in text else f"https://{text}")
    bare = _bare(text)
    if found := ids.of_arxiv(bare):
        _dated(bare)
        return Named(found)
    if ids.is_paper(text):
        return Named(text)
    if re.match(r"(?i)(?:doi:\s*|10\.\d)", text):
        return _doi(re.sub(r"(?i)^doi:\s*", "", text), text)
    path = Path(bare).expanduser()
    if not path.exists() and re.fullmatch(r"\d{3,5}\.\d{3,6}(?:v\d+)?", bare):
        raise WrongUsage(f"{bare} is no arXiv id", "they have four digits, a dot and five digits, such as 2509.09666")
    paper, _, word = bare.rpartition(".")
    if not path.exists() and ids.of_arxiv(paper) and f".{word}" not in _READ:
        ways = ", ".join(f"{paper}.{told}" for told in FORMATS[1:])
        raise WrongUsage(f"{word} is no way to tell a paper", f"write {ways}, or {paper} as the show tells papers")
    return _file(path, bare)


def told(text: str) -> tuple[str, TalkFormat]:
    """Return a wish without the format that it ends with, and that; as it is where it names none.

    Of a DOI that may be its own: it stays whole here.

    >>> told("arXiv:2509.09666.critique"), told("doi-10.1234_a.brief")
    (('arXiv:2509.09666', 'critique'), ('doi-10.1234_a', 'brief'))
    >>> told("10.1234/a.brief"), told("my.brief")
    (('10.1234/a.brief', 'dialogue'), ('my.brief', 'dialogue'))
    """
    paper, format_ = ids.paper_of(text), ids.format_of(text)
    named = ids.of_arxiv(_bare(paper)) or (paper if ids.is_paper(paper) else None)
    if named is None or Path(text).expanduser().exists():
        return text, FORMATS[0]
    return paper, format_


def _bare(text: str) -> str:
    return re.sub(r"(?i)^(?:arxiv[:/ ]\s*|file:(?://)?)", "", text)


def _address(url: str) -> Wish:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").casefold()
        _ = parts.port
    except ValueError as error:
        raise WrongUsage(f"{url} is no address", "copy it anew from the browser") from error
    if not host or ("." not in host and host != "localhost" and ":" not in host):
        raise WrongUsage(f"{url} is no address", "copy it anew from the browser")
    if parts.username or parts.password:
        raise WrongUsage("an address with a password in it is not asked", "save the file, and name that")
    path = unquote(parts.path)
    if _ARXIV.search(host):
        if (found := _PAGES.search(path)) and (named := ids.of_arxiv(found[1])):
            _dated(re.sub(r"v\d+$", "", found[1]))
            return Named(named)
        if found := re.fullmatch(r"/papers(?:/(date|week|month)/(.*?)/?)?/?", path):
            kind = {"week": "--week ", "month": "--month "}.get(found[1] or "", "")
            raise WrongUsage(f"{url} is a list of papers", f"podcast make {kind}{found[2] or 'latest'} makes its best")
        if host.endswith("arxiv.org") or re.match("/papers/", path):
            raise WrongUsage(f"{url} is no paper's address", "it ends with an id: https://arxiv.org/abs/2509.09666")
    if host in _DOI_HOSTS:
        return _doi(path.lstrip("/"), url)
    clean = urlunsplit((parts.scheme.casefold(), parts.netloc, parts.path or "/", parts.query, ""))
    return Address(clean)


def _doi(doi: str, told: str) -> Named:
    doi = re.sub(r"[.,;:]+$", "", doi)
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = re.sub(r"[.,;:]+$", "", doi[:-1])
    if found := ids.of_doi(doi):
        return Named(found)
    if re.fullmatch(ids.DOI, doi, re.IGNORECASE):
        raise WrongUsage(f"the DOI {doi[:60]}… is too long for a folder's name", "save the PDF, and name that")
    raise WrongUsage(f"{told} is no DOI", "one begins with 10., four to nine digits and a slash, as 10.1038/nphys1170")


def _dated(arxiv: str) -> None:
    """Raise WrongUsage where arXiv never gave such an id: a month that there is not, or too few digits."""
    if not re.fullmatch(ids.ARXIV_ID + r"(?:v\d+)?", arxiv):
        return
    month, number = arxiv[2:4], re.sub(r"v\d+$", "", arxiv[5:])
    if not "01" <= month <= "12":
        raise WrongUsage(f"{arxiv} is no arXiv id: it would be of month {month}", "look at the id again")
    if len(number) != (4 if arxiv[:4] < "1501" else 5):
        wanted = "four" if arxiv[:4] < "1501" else "five"
        raise WrongUsage(f"{arxiv} is no arXiv id: of that month they end with {wanted} digits", "look at it again")


def _file(path: Path, told: str) -> File:
    if not path.exists():
        raise no_file(path, told)
    if path.is_dir():
        found = _offered(path, _READ)[:3]
        some = f", such as {' '.join(str(path / name) for name in found)}" if found else ""
        raise WrongUsage(f"{told} is a folder", f"name the files in it{some}")
    if not path.is_file():
        raise WrongUsage(f"{told} is no file", "name a PDF, an HTML or a Markdown file")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise WrongUsage(f"{told} cannot be read: {error.strerror}", "check who owns it (ls -l)") from error
    if wrong := filetypes.unreadable(data, path.name):
        raise WrongUsage(f"{told} {wrong[0]}", wrong[1])
    return File(path, data)


def no_file(path: Path, told: str, kinds: Mapping[str, tuple[str, ...]] = _KINDS) -> WrongUsage:
    """Return what is wrong with a file that is not there, as it was `told`; the hint is what is called nearly so, or
    which files of its kind there are. `kinds` are the endings of files that could be meant, by what they are called."""
    return WrongUsage(f"there is no file {told} in {Path.cwd()}", _near(path, kinds))


def _near(path: Path, kinds: Mapping[str, tuple[str, ...]]) -> str:
    folder, ending = path.parent, path.suffix.casefold()
    if not folder.is_dir():
        return f"there is no folder {folder} either"
    kind, alike = next((each for each in kinds.items() if ending in each[1]), ("", ()))
    there = _offered(folder, sum(kinds.values(), ()))
    fitting = [name for name in there if not ending or name.casefold().endswith(alike)]
    meant = [name for name in there if not kind or name in fitting or Path(name).stem == path.stem]
    if near := difflib.get_close_matches(path.name, meant, 1, 0.7):
        return f"did you mean {folder / near[0]}?"
    if not fitting:
        return f"no {kind} lies here: look at the path" if kind else "look at the path"
    return f"here {'is' if len(fitting) == 1 else 'are'} {', '.join(fitting[:3])}"


def _offered(folder: Path, endings: tuple[str, ...]) -> list[str]:
    """Return the names of the files in the folder with one of the endings; a show's settings are nobody's papers."""
    found = (each for each in folder.iterdir() if each.is_file() and each.suffix.casefold() in endings)
    return sorted(each.name for each in found if not is_setting(each))
