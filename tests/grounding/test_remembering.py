"""Lines on earlier episodes, held to what that one's paper says and to when it was."""

import datetime as dt

import pytest

from podcast import grounding
from podcast.grounding import ago
from podcast.show.config import Config
from podcast.show.schema import Brief, Carried, Claim, Document, Experiments, Line, Memory, Paper, Remembered, Script
from podcast.show.schema import Section as Part

CONFIG = Config()
OWN = ("We present StrideNet, which takes long strides.", "StrideNet reaches 68.4% on StepBench in one run.")
DOCUMENT = Document(
    paper_id="2403.00012", source="abstract", sections=(Part(title="Abstract", sentences=OWN),)
)  # fmt: skip
BRIEF = Brief(
    paper_id="2403.00012", tldr=Claim(text=OWN[0], evidence=(1,)),
    experiments=Experiments(results=(Claim(text=OWN[1], evidence=(2,)),)),
)  # fmt: skip
PAPER = Paper(
    id="2403.00012", title="Long Strides", summary="-", authors=("Eva Novak", "Per Dahl"), rank=1, upvotes=30,
    listed_on=dt.date(2024, 3, 7), upvotes_read_at=dt.datetime(2024, 3, 7, tzinfo=dt.UTC),
)  # fmt: skip
EARLIER, RESULT = "2403.00011", "experiments.results.0"
DATED, RUNS = "experiments.results.1", "experiments.limitations.0"
"""Of the earlier paper: a claim of a date, and one of an episode's number that is none of a show's."""


def remembered(path: str, number: int, text: str) -> Remembered:
    return Remembered(path=path, text=text, sentences=(Carried(number=number, section="Abstract", text=text),))


MEMORY = Memory(
    paper_id=EARLIER, episode_id=EARLIER, day=dt.date(2024, 3, 5), number=1, why="result", shared=("StepBench",),
    title="Small Steps Suffice: Skipping What Changes Little", authors=("Ana Lima", "Bo Okafor"),
    claims=(
        remembered("tldr", 1, "We present StepSkip, which skips 40% of the steps."),
        remembered(RESULT, 8, "StepSkip reaches 61.5% on StepBench in one run."),
        remembered(DATED, 9, "On problems of StepBench released after May 2023 it solves 61%."),
        remembered(RUNS, 10, "It stops learning after episode 500, three weeks before the end."),
    ),
)  # fmt: skip
THEN = "On Tuesday it was StepSkip, at 61.5 percent on StepBench."
"""Right, of the earlier one."""


def found(*texts: str, language: str = "en") -> list[tuple[int, str, str]]:
    """Return what is found of these lines; one that begins with < is on the earlier episode."""
    lines = tuple(
        Line(host="A", chapter="x", text=text.removeprefix("<"), claims=(RESULT,),
             earlier=EARLIER if text.startswith("<") else None)
        for text in texts
    )  # fmt: skip
    show = CONFIG.show.model_copy(update={"language": language})
    script = Script(title="x", description="x", lines=lines)
    faults = grounding.faults(script, BRIEF, DOCUMENT, PAPER, show, CONFIG.hosts, (MEMORY,))
    return [(fault.line, fault.grade, fault.fact) for fault in faults]


@pytest.mark.parametrize("lines", [
    (f"<{THEN}",),
    ("<On Tuesday we had a paper on the same test, Small Steps Suffice, and it stood at 61.5 percent.",
     "StrideNet reaches 68.4 percent, about seven points more than Tuesday's 61.5."),
    ("<Two days ago, in episode 1, we had one by Ana Lima and Bo Okafor.", "<It got to about 61 percent on StepBench.",
     "This one gets to 68 percent.", "So that's nearly seven points up on what we had on Tuesday."),
    ("<On the 5th of March we had Small Steps Suffice; it got 61.5 percent.",),
    (f"<{THEN.removesuffix('.')}, and in episode 1 may be more of it.",),
    (f"<{THEN}", *["That is fine."] * 6, "So it is better than Tuesday's paper on its own test."),
])  # fmt: skip
def test_what_is_so_may_be_said(lines: tuple[str, ...]) -> None:
    """Of an earlier episode by day, title, people or number; this paper's figure beside it, and their difference."""
    assert found(*lines) == []


@pytest.mark.parametrize(("lines", "fault"), [
    ((f"<{THEN.replace('61.5', '62.5')}",), (1, "refused", "62.5")),
    ((f"<{THEN.replace('Tuesday', 'Monday')}",), (1, "refused", "Monday")),
    ((f"<{THEN} Two weeks ago!",), (1, "refused", "Two weeks ago")),
    (("<In episode 4 it was Small Steps Suffice, at 61.5 percent.",), (1, "refused", "In episode 4")),
    (("<On 6 March it was Small Steps Suffice, at 61.5 percent.",), (1, "refused", "6 March")),
    (("<On Tuesday it was StepSkip, at 68.4 percent.",), (1, "refused", "68.4")),
    (("<On Tuesday it was StrideNet, at 61.5 percent.",), (1, "refused", "StrideNet")),
    (("<On Tuesday, Small Steps Suffice came. This paper is at 61.5 percent.",),
     (1, "refused", "This paper is at 61.5 percent")),
    (("<StepSkip reaches 61.5 percent.",), (1, "refused", "StepSkip reaches 61.5 percent.")),
    ((f"<{THEN}", "StrideNet reaches 61.5 percent."), (2, "refused", "61.5")),
    ((f"<{THEN}", "Our paper reaches 61.5 percent, as Tuesday's did."), (2, "refused", "61.5")),
    ((f"<{THEN}", "So it is better than Monday's paper."), (2, "doubted", "Monday's paper")),
    (("As we saw last week, that can go wrong.",), (1, "doubted", "we saw last week")),
])  # fmt: skip
def test_what_is_not_so_is_seen(lines: tuple[str, ...], fault: tuple[int, str, str]) -> None:
    """Another figure, another day, a figure of the one said of the other, an episode that never was."""
    assert fault in found(*lines)


@pytest.mark.parametrize(("path", "said", "fault"), [
    (DATED, "on StepBench problems from May 2023 on it solves 61 percent", ""),
    (DATED, "on StepBench problems from June 2023 on it solves 61 percent", "from June 2023"),
    (DATED, "on StepBench problems from May 2022 on it solves 61 percent", "from May 2022"),
    (RUNS, "it stops learning after episode 500", ""),
    (RUNS, "it stops learning after episode 400", "episode 400"),
    (RUNS, "it stops learning 3 weeks before the end", ""),
    (RUNS, "it stops learning 2 weeks before the end", "2 weeks before"),
    (RESULT, "it stops learning after episode 500", "episode 500"),
])  # fmt: skip
def test_dates_of_the_earlier_paper_are_not_the_episodes(path: str, said: str, fault: str) -> None:
    """What the line's own evidence says of days and episodes may be said; no other day, and not by other evidence."""
    line = Line(host="A", chapter="x", text=f"On Tuesday we had Small Steps Suffice, and {said}.", claims=(path,),
                earlier=EARLIER)  # fmt: skip
    script = Script(title="x", description="x", lines=(line,))
    faults = grounding.faults(script, BRIEF, DOCUMENT, PAPER, CONFIG.show, CONFIG.hosts, (MEMORY,))
    assert [one.fact for one in faults if one.grade == "refused"] == ([fault] if fault else [])


def test_may_and_march_are_months_with_a_capital() -> None:
    """What may be, and those who march 3 miles, are no dates, nor do they put a weekday into the past."""
    when = ago.When(dt.date(2026, 11, 24), dt.date(2026, 11, 26))
    assert list(ago.wrong("On Tuesday's paper 12 may need a human; they march 3 miles.", when)) == []
    assert list(ago.wrong("On Tuesday's paper of 12 May, or March 3, or in may.", when)) == [
        "12 May",
        "March 3",
        "in may",
    ]
    long = ago.When(dt.date(2026, 10, 27), dt.date(2026, 11, 26))
    assert list(ago.wrong("On Tuesday we had one that may help.", long)) == ["Tuesday"]


def test_weekdays_are_read_in_other_languages() -> None:
    """A German line that names another weekday than the episode's is refused."""
    assert found("<Am Dienstag war es StepSkip, mit 61,5 Prozent auf StepBench.", language="de") == []
    (fault,) = found("<Am Montag war es StepSkip, mit 61,5 Prozent auf StepBench.", language="de")
    assert fault == (1, "refused", "Montag")


def test_what_is_told_to_be_said_is_right() -> None:
    """However long ago an episode was, what hosts are told to say of that is right by the rules that judge it."""
    today = dt.date(2026, 11, 27)
    for days in range(1, 900):
        when = ago.When(today - dt.timedelta(days=days), today)
        said = ago.spoken(when.day, today)
        assert ago.says(f"And {said} we had it.", when), said
        assert not list(ago.wrong(f"And {said} we had it.", when)), said


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", "Gestern hatten wir eine Arbeit dazu."), ("fr", "Hier, nous avions un article."), ("es", "Ayer lo vimos."),
     ("it", "Ieri ne avevamo uno."), ("pt", "Ontem tivemos um artigo."), ("nl", "Gisteren hadden we er een."),
     ("pl", "Wczoraj był taki."), ("zh", "昨天我们讲过。"), ("ja", "昨日紹介しました。")],
)  # fmt: skip
def test_other_languages_know_yesterday(language: str, said: str) -> None:
    """It says when the episode was where that was the day before, and is not so where it was two days before."""
    one, two = (ago.When(dt.date(2024, 3, 7) - days * ago.DAY, dt.date(2024, 3, 7)) for days in (1, 2))
    assert ago.says(said, one, language)
    assert not list(ago.wrong(said, one, language))
    assert list(ago.wrong(said, two, language))


@pytest.mark.parametrize(
    ("language", "said", "grades"),
    [("de", "In der letzten Folge ging es auch darum.", []), ("fr", "Dans l'épisode précédent, c'était pareil.", []),
     ("es", "En el episodio anterior lo vimos.", []), ("it", "Nella puntata precedente c'era.", []),
     ("nl", "In de vorige aflevering zat dat ook.", []), ("de", "Da ging es auch darum.", ["doubted"])],
)  # fmt: skip
def test_what_does_not_say_when_is_doubted_where_few_words_are_known(
    language: str, said: str, grades: list[str]
) -> None:
    """The last episode is named as such; and where we cannot know all words for that, nothing stops an episode."""
    assert [grade for _, grade, _ in found(f"<{said}", language=language)] == grades
