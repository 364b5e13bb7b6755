"""A script as plain text that a person edits, one line a line, and back."""

import re
from collections.abc import Collection, Iterator, Sequence

from podcast.cli import targets
from podcast.revising import revise
from podcast.show.errors import InvalidScript, WrongUsage
from podcast.show.schema import Line, Script
from podcast.show.settings import Host

_HEAD = """\
# version {version} of this script. One line a line: number, host, words. Change words or host, leave a line out, or put
# one in, as "+ B: words", or "+ B [idea.0]: words" where it rests on a claim of brief.json. A chapter's title stands
# behind ##; what stands behind # but in the first row, nobody reads.
"""
_LINE = re.compile(
    r"\s*(?P<number>\d+|\+)\s+(?P<host>[^\W\d_][^:[\]]*?)\s*(?:\[(?P<claims>[^\]]*)\]\s*)?:\s*(?P<text>.*\S)\s*"
)
_FIELD = re.compile(r"(?P<name>title|about)\s*:\s*(?P<text>.*?)\s*")


def written(script: Script) -> str:
    """Return the script as text; what a person does not change of a line, such as its claims, stays behind its number.

    >>> line = Line(host="B", text="So it is.", chapter="Opening")
    >>> print(written(Script(title="T", description="D.", lines=(line,))).partition("nobody reads.\\n")[2])
    title: T
    about: D.
    <BLANKLINE>
    ## Opening
      1 B: So it is.
    <BLANKLINE>
    """
    return "\n".join(_rows(script)) + "\n"


def _rows(script: Script) -> Iterator[str]:
    yield _HEAD.format(version=script.version).rstrip("\n")
    yield f"title: {_flat(script.title)}"
    yield f"about: {_flat(script.description)}"
    chapter = None
    for number, line in enumerate(script.lines, 1):
        if line.chapter != chapter:
            chapter = line.chapter
            yield f"\n## {chapter}"
        yield f"{number:>3} {line.host}: {_flat(line.text)}"


def versions(text: str) -> tuple[int, int]:
    """Return the version that the text was written of, and the one that it is to take the place of: mostly the same.

    `# version 3 over 5` is an edit of 3 that a person wants though 5 came meanwhile. InvalidScript where none stands.
    """
    found = re.match(r"#\s*version\s+(\d+)(?:\s+over\s+(\d+))?", text)
    if not found:
        raise InvalidScript("its first row does not say of which version it is", "write # version 1, or which it was")
    return int(found[1]), int(found[2] or found[1])


def read(text: str, script: Script, people: Sequence[Host]) -> Script:
    """Return the script as the text has it, which was `written` of `script`; any of the `people` may say a line. A new
    one is of the chapter that it stands in, or before.

    Raises InvalidScript naming the row that is none, or the line that is there twice or never was.
    """
    fields, chapter, seen = {"title": script.title, "about": script.description}, "", set()
    lines: list[Line] = []
    new: set[int] = set()
    for place, row in enumerate(text.splitlines(), 1):
        if row.startswith("##"):
            chapter = row.lstrip("#").strip()
        elif not row.strip() or row.lstrip().startswith("#"):
            continue
        elif field := _FIELD.fullmatch(row):
            fields[field["name"]] = field["text"]
        elif found := _LINE.fullmatch(row):
            number = found["number"]
            if number in seen:
                raise InvalidScript(f"row {place} has line {number} a second time", "write + before a line that is new")
            seen |= {number} - {"+"}
            host = _host(found["host"], script, people, place)
            claims = None if found["claims"] is None else re.findall(r"[^\s,]+", found["claims"])
            if number == "+":
                new.add(len(lines))
                within = chapter or (lines[-1].chapter if lines else "")
                line = Line.model_construct(host=host, text=found["text"], chapter=within)
                lines.append(line.model_copy(update=revise.rests(claims or (), script)))
            else:
                lines.append(_line(int(number), host, found["text"], chapter, claims, script))
        else:
            raise InvalidScript(f"row {place} is no line: {row.strip()!r}", 'write "14 B: words", or "+ B: words"')
    if not lines:
        raise InvalidScript("it has no line", 'write "14 B: words"')
    return script.model_copy(
        update={
            "title": fields["title"],
            "description": fields["about"],
            "lines": tuple(_joined(lines, new, script)),
        }
    )


def _host(text: str, script: Script, people: Sequence[Host], place: int) -> str:
    """Return the key of who says the row's line, named by key or name."""
    if text.upper() in {line.host for line in script.lines}:
        return text.upper()
    try:
        return targets.host(people, text)
    except WrongUsage as error:
        raise InvalidScript(f"row {place}: {error}", error.hint) from error


def _joined(lines: Sequence[Line], new: Collection[int], script: Script) -> Iterator[Line]:
    """Yield the lines: of the `new` ones those above any chapter in the first, each about its chapter's paper."""
    first = next((line.chapter for line in lines if line.chapter), script.lines[0].chapter)
    for at, line in enumerate(lines):
        chapter = line.chapter or first
        paper = line.paper or (None if line.earlier else revise.subject(lines, chapter))
        yield line.model_copy(update={"chapter": chapter, "paper": paper}) if at in new else line


def _line(number: int, host: str, text: str, chapter: str, claims: Sequence[str] | None, script: Script) -> Line:
    """Return the line of that number with what was changed of it; what was let pass of other words is not of these."""
    if not 1 <= number <= len(script.lines):
        raise InvalidScript(f"there is no line {number}", "write + before a line that is new")
    line = script.lines[number - 1]
    if text == _flat(line.text):
        text = line.text
    rests = {} if claims is None else revise.rests(claims, script)
    said = {} if text == line.text else {"text": text, "take": 1}
    judged = {"allowed": (), "doubted": ()} if said or rests else {}
    spoken = {} if host == line.host else {"host": host, "take": 1}
    return line.model_copy(update={"chapter": chapter or line.chapter, **rests, **judged, **said, **spoken})


def _flat(text: str) -> str:
    return " ".join(text.split())
