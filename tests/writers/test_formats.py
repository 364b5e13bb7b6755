"""One to four hosts, and each format: through the front door, by a model on this machine, and without one."""

import json
import re
import shutil
from itertools import combinations
from pathlib import Path
from typing import Any

import canned
import pytest
from conftest import DAY, by_night, folder_of, load, make, podcast
from hypothesis import given
from hypothesis import strategies as st
from llm import Body, running

from podcast.recording import pitch
from podcast.show.catalogue import episode_guid
from podcast.show.schema import FORMATS, Line, format_of, ids, paper_of
from podcast.show.settings import Host, in_roles
from podcast.writers import rules

PAPER = "2403.00002"
NAMES = {"A": "Ada", "B": "Ben", "C": "Cleo", "D": "Dan"}
FORMS: dict[str, Any] = {
    "brief": dict.fromkeys(("repeatable", "wrong", "how", "evidence", "caveat", "matters"), "It reads twice."),
    "critique": {
        "claim": "It reads twice.", "holds": "Recall.", "foretells": "Short texts.", "minor": "", "verdict": "Use it.",
        "answer": ["Yes."],
        "points": [dict.fromkeys(("claimed", "measured", "gap", "otherwise", "grave"), "Recall.")],
        "wanted": ["A run."],
    },
    "debate": dict.fromkeys(("motion", "stakes", "first", "second", "shared", "turn", "decides"), "Read twice."),
}  # fmt: skip


def answer(body: Body) -> Any:
    """Answer as the canned model does, by as many hosts as the prompt names, in whatever format it asks for."""
    system, prompt = (message["content"] for message in body["messages"][:2])
    hosts = re.findall(r"^- ([A-Z]): \w+, who", system, re.MULTILINE)
    told = next((name for name in FORMS if re.match(rf"You write (?:the|a) {name}\b", system)), "")
    if told:
        (words,) = re.findall(r"Write it: (\d+) words", prompt)
        paths = ", ".join(canned.notes(prompt))
        said = canned.dialogue(f"{prompt}\n\nThe hook:\n\nChapter 1: X (about {words} words; notes {paths})")
        titles = ["What it is", "What it gives", "What to doubt"]
        for at, line in enumerate(said["lines"]):
            line["chapter"] = 1 + 3 * at // len(said["lines"])
        leads = re.search(r"^- ([A-Z]): .* Leads: ", system, re.MULTILINE)
        sides = [host for host in hosts if leads and host != leads[1]]
        lines = _led(said["lines"], leads[1], sides) if leads else _spoken(said["lines"], hosts)
        return {"form": FORMS[told], "description": "A second reading.", "titles": titles, "lines": lines}
    if system.startswith(("You write the story", "You write the dialogue")):
        return {"lines": _spoken(canned.dialogue(prompt)["lines"], hosts)}
    return canned.answer(body)


def _led(lines: list[dict[str, Any]], leads: str, sides: list[str]) -> list[dict[str, Any]]:
    """Return the lines, what speaks from notes given to the sides in turn, and the rest to who leads them."""
    grounds = iter(sides * len(lines))
    for line in lines:
        line["host"] = next(grounds) if line["claims"] else leads
    return lines


def _spoken(lines: list[dict[str, Any]], hosts: list[str]) -> list[dict[str, Any]]:
    """Return the lines, given to the hosts in turn; one alone asks nothing."""
    for at, line in enumerate(lines):
        line["host"] = hosts[at // 2 % len(hosts)]
        line["text"] = line["text"].replace("?", ".") if len(hosts) == 1 else line["text"]
    return lines


def with_hosts(show: Path, count: int, *writer: str) -> None:
    people = "".join(f'[[hosts]]\nkey = "{key}"\nname = "{name}"\n' for key, name in [*NAMES.items()][:count])
    (show / "podcast.toml").write_text(
        f'[show]\ntitle = "Test Show"\n{people}[record]\nsynthesizer = "tone"\n[writer]\nminutes = 1.5\nretries = 0\n'
        + "\n".join(writer) + "\n"
    )  # fmt: skip


def full_text(show: Path) -> None:
    """Lay a text of two sections beside the list, as the paper's document."""
    (paper,) = [one["paper"] for one in json.loads((show / "list.json").read_text()) if one["paper"]["id"] == PAPER]
    sentences = re.split(r"(?<=\.) ", paper["summary"])
    more = [f"As was said above, {sentence[0].lower()}{sentence[1:]}" for sentence in sentences]
    more += ["The test has 40 long documents.", "A limitation is that only English documents were read."]
    sections = [{"title": "Abstract", "sentences": sentences}, {"title": "Experiments", "sentences": more}]
    (show / f"{PAPER}.json").write_text(json.dumps({"paper_id": PAPER, "source": "html", "sections": sections}))


@pytest.mark.long
@pytest.mark.parametrize("count", by_night([3, 1, 2, 4]))
def test_a_show_of_so_many_hosts(show: Path, count: int) -> None:
    """Each host speaks, in a voice that is told from the others, and stands in feed, transcripts, notes and page."""
    with running(answer) as server:
        with_hosts(show, count, f'base_url = "{server.base_url}"', 'model = "tiny"')
        assert make(show, "--top", "1") == 0
        asked = [body.body["messages"][0]["content"] for body in server.requests]
    assert any("one host tells of" in text for text in asked) == (count == 1)
    episode, names = load(folder_of(show, PAPER) / "episode.json"), [*NAMES.values()][:count]
    assert [*episode["hosts"].values()] == names
    assert {cue["host"] for cue in episode["cues"]} == set(names)
    portraits = [load(path) for path in (show / "episodes/.cache/voices").glob("tone-*.json") if "f0" in load(path)]
    heights = [one["f0"] for one in portraits]
    assert len(heights) == count
    assert all(pitch.semitones(one, other) >= 4 for one, other in combinations(heights, 2))
    feed = (show / "feed/feed.xml").read_text()
    assert all(feed.count(f'<podcast:person role="host">{name} (synthetic voice)') == 2 for name in names)
    page = (show / f"feed/episodes/{DAY}-{PAPER}/index.html").read_text()
    rows = {float(y) for y in re.findall(r'<rect rx="3" class="host-\d" x="[\d.]+%" y="([\d.]+)"', page)}
    assert len(rows) == count
    assert all(0 <= y <= 36 - min(17, 36 / count - 2) for y in rows)
    captions = next((show / "feed/media").glob("*.vtt")).read_text()
    assert all(f"<v {name}>" in captions for name in names)
    assert podcast(show, "publish", "--check") == 0


@pytest.mark.soak
def test_one_paper_told_four_times(show: Path) -> None:
    """Each format is an episode of its own, the dialogue the one it always was; their pages lead to each other."""
    full_text(show)
    with running(answer) as server:
        with_hosts(show, 2, f'base_url = "{server.base_url}"', 'model = "tiny"')
        assert make(show, "--top", "1", "--format", "dialogue,brief", "--format", "critique", "--format", "debate") == 0
        reads = sum(canned.task(one.body) == "reading" for one in server.requests if "You read" in str(one.body))
    assert reads == 1
    guid = load(show / "episodes/show.json")["guid"]
    episodes = {told: load(folder_of(show, PAPER + told) / "episode.json")
                for told in ("", ".brief", ".critique", ".debate")}  # fmt: skip
    for told, episode in episodes.items():
        assert episode["guid"] == episode_guid(guid, load_day(), PAPER + told)
        page = (show / f"feed/episodes/{DAY}-{PAPER}{told}/index.html").read_text()
        for other in set(episodes) - {told}:
            assert f'href="../../episodes/{DAY}-{PAPER}{other}/index.html"' in page
    assert [episode["number"] for episode in episodes.values()] == [1, 2, 3, 4]
    title = episodes[""]["title"]
    assert [one["title"] for one in episodes.values()] == [
        title, f"In brief: {title}", f"Critique: {title}", f"Debate: {title}"
    ]  # fmt: skip
    assert [len(one["hosts"]) for one in episodes.values()] == [2, 1, 2, 2]
    assert episodes[".brief"]["media"]["duration"] < 150
    assert podcast(show, "publish", "--check") == 0
    made = {path: path.read_bytes() for path in (show / "feed/media").glob("*.mp3")}
    assert make(show, "--top", "1", "--format", "dialogue,brief,critique,debate") == 0
    assert {path: path.read_bytes() for path in (show / "feed/media").glob("*.mp3")} == made


@pytest.mark.long
def test_a_file_is_told_as_a_critique(show: Path, tmp_path: Path) -> None:
    """A paper that is asked for by itself, and is no dialogue, is read once; its digest has it, and its page stands."""
    text = " ".join(said := ["The second pass costs 8% more time.", "Recall improves from 61% to 74%."] * 8)
    paper = tmp_path / "paper.md"
    parts = "".join(f"## Part {number}\n\n{text}\n\n" for number in (1, 2, 3))
    front = f"---\ntitle: Reading Twice Again\nauthors: Jane Doe\n---\n\n## Abstract\n\n{said[0]}\n\n"
    paper.write_text(front + parts)
    with running(answer) as server:
        with_hosts(show, 2, f'base_url = "{server.base_url}"', 'model = "tiny"')
        assert podcast(show, "make", str(paper), "--format", "critique") == 0
        asked = len(server.requests)
        assert podcast(show, "make", str(paper), "--format", "critique") == 0
        assert len(server.requests) == asked
    (episode,) = show.glob("episodes/*/*/episode.json")
    assert episode.parent.name.startswith("file-")
    assert episode.parent.name.endswith(".critique")
    assert load(episode)["title"] == "Critique: Reading Twice Again"
    (report,) = (show / "feed/digest").rglob("[0-9][0-9].md")
    assert "Reading Twice Again" in report.read_text()
    assert podcast(show, "publish", "--check") == 0


@pytest.mark.long
@pytest.mark.parametrize(
    ("count", "told", "speak", "parts"),
    [
        (1, "critique", "A", ["One voice: nobody else is there", "Reviews."]),
        (3, "debate", "ABC", ["Each side has about two fifths", "Argues the first position", "Leads: opens"]),
    ],
)
def test_a_talk_by_one_or_by_several(show: Path, count: int, told: str, speak: str, parts: list[str]) -> None:
    """A critique by one host alone, a debate that a third leads: each who speaks is told their part, has lines, and is
    the only who stands in feed and transcript; a host without a part is silent."""
    full_text(show)
    with running(answer) as server:
        with_hosts(show, count, f'base_url = "{server.base_url}"', 'model = "tiny"')
        assert make(show, "--top", "1", "--format", told) == 0
        (system,) = {
            body.body["messages"][0]["content"]
            for body in server.requests
            if body.body["messages"][0]["content"].startswith(f"You write a {told}")
        }
    assert all(part in system for part in parts), system
    assert sorted(re.findall(r"^- ([A-Z]): \w+, who", system, re.MULTILINE)) == [*speak]
    episode = load(folder_of(show, f"{PAPER}.{told}") / "episode.json")
    names = {NAMES[key] for key in speak}
    assert set(episode["hosts"].values()) == names
    assert {cue["host"] for cue in episode["cues"]} == names
    assert podcast(show, "publish", "--check") == 0


def load_day() -> Any:
    import datetime as dt

    return dt.date.fromisoformat(DAY)


@pytest.mark.long
def test_a_critique_of_an_abstract_is_none(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What an abstract leaves out is no fault of the paper: the talk waits, and says what it wants."""
    with running(answer) as server:
        with_hosts(show, 2, f'base_url = "{server.base_url}"', 'model = "tiny"')
        assert make(show, "--top", "1", "--format", "critique") == 1
    told = capsys.readouterr().err
    assert "a critique wants the paper's text, and there is only its abstract" in " ".join(told.split())
    assert load(folder_of(show, f"{PAPER}.critique") / "quarantine.json")["stage"] == "write"
    assert not (folder_of(show, PAPER) / "quarantine.json").exists()


def test_without_a_model_there_is_a_brief(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The paper's own sentences make a brief by one voice; for what only a model writes it is said what is wanting."""
    assert make(show, "--top", "1", "--format", "brief") == 0
    episode = load(folder_of(show, f"{PAPER}.brief") / "episode.json")
    assert [*episode["hosts"]] == ["B"]
    assert not any(cue["text"].endswith("?") for cue in episode["cues"])
    assert episode["title"] == "In brief: Reading Twice"
    capsys.readouterr()
    assert podcast(show, "status", "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["paper"], row["format"], row["state"]) == (f"{PAPER}.brief", "brief", "done")
    assert podcast(show, "script", PAPER) == 0
    capsys.readouterr()
    assert make(show, "--top", "1", "--format", "debate") == 1
    assert "a debate is written by a language model, and the show has none" in capsys.readouterr().err
    assert make(show, "--top", "1", "--format", "polemic") == 2


def test_a_debate_wants_two(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One host does not argue alone: that is said before anything is asked, or looked for."""
    with_hosts(show, 1, 'base_url = "http://127.0.0.1:9/v1"', 'model = "tiny"')
    for wish in ((DAY, "--papers", str(show / "list.json")), ("2403.00002",)):
        assert podcast(show, "make", *wish, "--format", "debate") == 1
        told = capsys.readouterr().err
        assert "a debate needs 2 hosts, and the show has 1" in told
        assert "cannot be reached" not in told


@pytest.mark.long
def test_a_talk_goes_back_for_what_is_heard(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is told as a list, in the words of its orders, or too soon done goes back once, and stops nothing; a
    description may name those who talk."""
    full_text(show)
    orders = "A debate is worth hearing where both could be right."

    def first_draft(body: Body) -> Any:
        said = answer(body)
        if "motion" in said.get("form", {}):
            said["description"] = "Ada and Ben read it twice."
            spoken = next(line["claims"] for line in said["lines"] if line["claims"])
            for line in said["lines"]:
                words, line["claims"] = line["text"].split(), line["claims"] or spoken
                line["text"] = line["text"] if "AI" in words else " ".join(words[: len(words) * 3 // 5])
            said["lines"][9]["text"] = f"Now to my second point. {orders}"
            said["lines"][10]["text"] = f"And so on. {orders}"
        return said

    with running(first_draft) as server:
        with_hosts(show, 2, f'base_url = "{server.base_url}"', 'model = "tiny"')
        assert podcast(show, "fetch", DAY, "--papers", str(show / "list.json"), "--top", "1") == 0
        assert podcast(show, "read", DAY, "--top", "1") == 0
        capsys.readouterr()
        assert podcast(show, "write", PAPER, "--format", "debate") == 0
        turns = [
            one.body["messages"] for one in server.requests if "You write a debate" in str(one.body["messages"][0])
        ]
    assert len(turns) == 2
    wrong = turns[1][-1]["content"]
    assert "line 10 says 'my second point': let it come out of what was said before" in wrong
    assert "line 11 says 'a debate is worth hearing where both could be right', which are words" in wrong
    assert "are wanted: work through what is only named" in wrong
    assert "'Ben'" not in wrong
    assert capsys.readouterr().err.count("briefs and scripts by a language model") == 1


def test_an_episode_keeps_its_hosts(made: Path) -> None:
    """A show that has one host from now on can still mend what two said, in their voices and by their names."""
    before = load(folder_of(made, PAPER) / "episode.json")
    settings = made / "podcast.toml"
    settings.write_text(settings.read_text() + '[[hosts]]\nkey = "A"\nname = "Cleo"\n')
    line = next(cue["line"] for cue in before["cues"] if cue["host"] == "Ben")
    assert podcast(made, "regenerate", PAPER, "--retake", str(line)) == 0
    after = load(folder_of(made, PAPER) / "episode.json")
    assert after["hosts"] == before["hosts"] == {"A": "Ada", "B": "Ben"}
    assert after["made_with"]["voice B"] == before["made_with"]["voice B"]
    takes = [(old["take"], new["take"]) for old, new in zip(before["cues"], after["cues"], strict=True)]
    assert sum(old != new for old, new in takes) == 1


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ("ABCDE", "one to four hosts"),
        ("AA", "one to four hosts"),
    ],
)
def test_too_many_hosts(show: Path, people: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Five hosts, or two of one key, are refused in a sentence."""
    text = "".join(f'[[hosts]]\nkey = "{key}"\nname = "N{at}"\n' for at, key in enumerate(people))
    (show / "podcast.toml").write_text(text)
    assert podcast(show, "config") == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("count", [1, 3, 4])
def test_the_papers_sentences_by_so_many(made: Path, count: int, tmp_path: Path) -> None:
    """Without a model each host has lines, and one alone asks nothing."""
    shutil.rmtree(made / "episodes" / DAY / PAPER)
    with_hosts(made, count)
    assert podcast(made, "read", PAPER) == 0
    assert podcast(made, "write", PAPER) == 0
    lines = load(folder_of(made, PAPER) / "script.json")["lines"]
    assert {line["host"] for line in lines} == set([*NAMES][:count])
    assert count > 1 or not any("?" in line["text"] for line in lines)


@given(st.lists(st.sampled_from(["", "asks", "answers", "doubts", "reports"]), min_size=1, max_size=4))
def test_each_host_has_a_role_of_its_own(roles: list[str]) -> None:
    """However roles are named, no two hosts have one, and a named one stays."""
    named = [role for role in roles if role]
    if len(set(named)) < len(named):
        return
    hosts = [
        Host.model_validate({"key": key, "name": key, "role": role}) for key, role in zip("ABCD", roles, strict=False)
    ]
    found = [host.role for host in in_roles(hosts)]
    assert all(found)
    assert len(set(found)) == len(hosts)
    assert all(new == old for new, old in zip(found, roles, strict=True) if old)


DOIS = st.from_regex(r"10\.[0-9]{4}/[a-z0-9._()-]{1,20}(\.(brief|critique|debate))?", fullmatch=True)


@given(
    st.from_regex(ids.ARXIV_ID, fullmatch=True) | st.sampled_from(["math_0309136", "file-0123456789abcdef"])
    | DOIS.map(lambda doi: str(ids.of_doi(doi))),
    st.sampled_from(FORMATS),
)  # fmt: skip
def test_an_id_tells_paper_and_format(paper: str, told: Any) -> None:
    """What is put together comes apart again, of whatever form the paper's id is; that is its dialogue's."""
    made = paper if told == "dialogue" else f"{paper}.{told}"
    assert (paper_of(made), format_of(made)) == (paper, told)
    assert ids.is_paper(paper)
    assert ids.is_episode(made)
    assert ids.is_paper(made) == (told == "dialogue")
    assert re.fullmatch(ids.EPISODE_ID, made)
    doi = ids.doi_of(paper)
    assert doi is None or ids.of_doi(doi) == paper


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Why does it work? Because it reads twice.", True),
        ("As you said, it reads twice.", True),
        ("You may ask what that costs.", True),
        ("What they wanted to know was why it works.", False),
        ('They call it "what comes next?" and leave it.', False),
    ],
)
def test_one_voice_does_not_talk_to_itself(text: str, alone: bool) -> None:
    """A question with its answer, and words to another host, go back."""
    lines = [Line(host="A", text=text, chapter="One"), Line(host="A", text="It costs 8 percent.", chapter="One")]
    passage = rules.Passage(words=20, slack=20, chapters=("One",), hosts=("A",))
    assert bool(rules.dull(lines, passage)) == alone


@pytest.mark.parametrize("count", [1, 3, 4])
def test_a_new_show_of_so_many_hosts(tmp_path: Path, count: int, capsys: pytest.CaptureFixture[str]) -> None:
    """`podcast new --hosts N` writes them, and what the show says of itself to match."""
    assert podcast(tmp_path, "new", str(tmp_path / "mine"), "--hosts", str(count)) == 0
    capsys.readouterr()
    assert podcast(tmp_path / "mine", "config", "--json") == 0
    settings = {row["setting"]: row["value"] for row in json.loads(capsys.readouterr().out)}
    assert [settings[f"hosts.{at}.name"] for at in range(count)] == [*NAMES.values()][:count]
    assert f"hosts.{count}.name" not in settings
    assert "Two hosts" not in str(settings["show.description"])
