"""Changes of an episode as values: what each makes of a script, and that one of an older version is refused."""

from pathlib import Path

import pytest
from conftest import folder_of, load, podcast
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from podcast.cli import targets
from podcast.revising import changes, regenerate
from podcast.show import config
from podcast.show.errors import InvalidScript, Stale
from podcast.show.schema import Line, Script
from podcast.show.workspace import Workspace
from podcast.sources.file import FileSource
from podcast.studio import Studio

PAPER = "2403.00002"

CHANGE: TypeAdapter[changes.Change] = TypeAdapter(changes.Change)


def _script(*said: str) -> Script:
    """Return a script of lines such as "A1 What is it?": host, chapter, words."""
    lines = tuple(
        Line(host=one[0], chapter=f"Chapter {one[1]}", text=one[3:], claims=(f"c{n}",)) for n, one in enumerate(said)
    )
    return Script(title="Wings", description="Of wings.", lines=lines)


WINGS = _script("A1 Who?", "B1 It lifts. Up.", "B1 It folds.", "A2 Why?", "B2 Fly.")


def _said(script: Script) -> list[str]:
    return [f"{line.host}{line.chapter[-1]} {line.text}" for line in script.lines]


def _made(change: dict[str, object]) -> Script:
    after = changes.made([CHANGE.validate_python(change)], WINGS)
    return Script.model_validate(after.model_dump())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"do": "move", "line": 1, "after": 4}, "B1 It lifts. Up.|B1 It folds.|A2 Why?|A2 Who?|B2 Fly."),
        ({"do": "move", "line": 5, "after": 0}, "B1 Fly.|A1 Who?|B1 It lifts. Up.|B1 It folds.|A2 Why?"),
        ({"do": "split", "line": 2, "at": 9}, "A1 Who?|B1 It lifts.|B1 Up.|B1 It folds.|A2 Why?|B2 Fly."),
        ({"do": "join", "line": 2}, "A1 Who?|B1 It lifts. Up. It folds.|A2 Why?|B2 Fly."),
        ({"do": "divide", "line": 3, "title": "F 3"}, "A1 Who?|B1 It lifts. Up.|B3 It folds.|A2 Why?|B2 Fly."),
        ({"do": "divide", "line": 4, "title": "F 9"}, "A1 Who?|B1 It lifts. Up.|B1 It folds.|A9 Why?|B9 Fly."),
        ({"do": "divide", "line": 4}, "A1 Who?|B1 It lifts. Up.|B1 It folds.|A1 Why?|B1 Fly."),
        ({"do": "speak", "line": 4, "host": "B"}, "A1 Who?|B1 It lifts. Up.|B1 It folds.|B2 Why?|B2 Fly."),
        ({"do": "delete", "line": 3}, "A1 Who?|B1 It lifts. Up.|A2 Why?|B2 Fly."),
        ({"do": "insert", "after": 3, "host": "A", "text": "O?"},
         "A1 Who?|B1 It lifts. Up.|B1 It folds.|A1 O?|A2 Why?|B2 Fly."),
    ],
)  # fmt: skip
def test_what_a_change_makes_of_the_lines(change: dict[str, object], said: str) -> None:
    """Each change touches the lines it names, and leaves the words of all others."""
    assert _said(_made(change)) == said.split("|")


@pytest.mark.parametrize(
    "change",
    [
        {"do": "split", "line": 1, "at": 99},
        {"do": "join", "line": 1},
        {"do": "join", "line": 5},
        {"do": "divide", "line": 1},
        {"do": "divide", "line": 2},
        {"do": "move", "line": 2, "after": 2},
        {"do": "move", "line": 2, "after": 9},
        {"do": "retake", "line": 6},
    ],
)
def test_what_cannot_be_is_refused(change: dict[str, object]) -> None:
    """A change that makes no sense is an error that says so, and no script comes of it."""
    with pytest.raises(InvalidScript) as refused:
        _made(change)
    assert refused.value.hint


@given(st.integers(1, 5), st.integers(0, 5))
def test_a_moved_line_goes_where_it_is_said(line: int, after: int) -> None:
    """Wherever a line goes it stands behind the one named, and no word is lost or said twice."""
    if after == line:
        return
    moved = [each.text for each in changes.made([changes.Move(line=line, after=after)], WINGS).lines]
    text = WINGS.lines[line - 1].text
    assert sorted(moved) == sorted(each.text for each in WINGS.lines)
    assert moved.index(text) == (0 if after == 0 else moved.index(WINGS.lines[after - 1].text) + 1)


@given(st.integers(1, len(WINGS.lines[1].text) - 1))
def test_what_was_split_is_joined_again(at: int) -> None:
    """Splitting and joining gives the words back, and what both rest on."""
    try:
        two = changes.made([changes.Split(line=2, at=at)], WINGS)
    except InvalidScript:
        return
    one = changes.made([changes.Join(line=2)], two).lines[1]
    assert one.text.replace(" ", "") == WINGS.lines[1].text.replace(" ", "")
    assert one.claims == WINGS.lines[1].claims


def _studio(show: Path) -> Studio:
    workspace = Workspace(show)
    return Studio(workspace, config.read(workspace.config), FileSource(show / "list.json"))


def test_a_take_is_chosen_without_recording(made: Path) -> None:
    """After a retake the first take is there still: choosing it records nothing, and the sound is the old one."""
    assert podcast(made, "-q", "regenerate", PAPER, "--retake", "2", "--no-publish") == 0
    studio = _studio(made)
    wish = regenerate.wished([changes.Retake(line=2, take=1)])
    assert regenerate.outlook(studio, targets.paper(studio, PAPER), wish)[1] == ()


def test_a_change_of_an_older_version_is_refused(made: Path) -> None:
    """Who looks at version 1 while another makes version 2 is told, and the other's words stand."""
    studio = _studio(made)
    paper = targets.paper(studio, PAPER)
    script = folder_of(made, PAPER) / "script.json"
    base = load(script)["version"]
    assert podcast(made, "-q", "regenerate", PAPER, "--line", "1", "--text", "Good morning.", "--no-publish") == 0
    with pytest.raises(Stale):
        regenerate.apply(studio, paper, regenerate.wished([changes.Delete(line=2)], base=base))
    assert load(script)["lines"][0]["text"] == "Good morning."


def test_the_same_number_is_left_out_twice_where_it_is_meant(made: Path) -> None:
    """Two deletions of line 5, each of the version that its maker saw, leave out two lines."""
    studio = _studio(made)
    paper = targets.paper(studio, PAPER)
    count = len(load(folder_of(made, PAPER) / "script.json")["lines"])
    for _ in range(2):
        base = regenerate.script_of(studio, paper).version
        begun = regenerate.apply(studio, paper, regenerate.wished([changes.Delete(line=5)], base=base))
        regenerate.done(studio, paper, begun)
    assert len(load(folder_of(made, PAPER) / "script.json")["lines"]) == count - 2
