"""What a line says in other languages than English, as the rules of a dialogue and of a retelling hear it."""

from contextlib import closing, nullcontext
from pathlib import Path

import pytest
from llm import Reply, running

from podcast.show.errors import WriterError
from podcast.show.schema import Line
from podcast.show.settings import WriterSettings
from podcast.writers import quoting, retelling, rules
from podcast.writers.chat import Chat


@pytest.mark.parametrize(
    ("said", "discloses"),
    [
        ("Script and voices are made by AI.", True),
        ("We're AI, and so is the script.", True),
        ("An AI wrote the script. We're glad that you are here.", False),
        ("本节目的脚本和声音均由AI生成。", True),
        ("台本も音声もAIによって作られています。", True),
        ("대본과 음성은 인공지능이 만들었습니다.", True),
        ("Copione e voci sono fatti con l'intelligenza artificiale.", True),
        ("O roteiro e as vozes são feitos por inteligência artificial.", True),
        ("Skript und Stimmen sind von KI gemacht.", True),
        ("Le texte et les voix sont de l'IA.", True),
        ("The script and the voices are said again.", False),
        ("Il copione e le voci parlano di AIDA.", False),
        ("他们的脚本和声音很好。", False),
    ],
)
def test_that_ai_made_it_is_heard_in_every_language(said: str, discloses: bool) -> None:
    """By the word for it alone, beside signs without spaces too, and not as a part of another word."""
    passage = rules.Passage(words=1, slack=10_000, chapters=("c",), hosts=("A",), english=False)
    found = rules.broken([Line(host="A", text=said, chapter="c")], passage)
    assert any("made by AI" in one for one in found) != discloses


@pytest.mark.parametrize(
    ("code", "said", "stands"),
    [
        ("de", "Es hat 12.500 Bilder und 0,5 Prozent Fehler.", True),
        ("de", "Es hat 12,500 Bilder und 0.5 Prozent Fehler.", True),
        ("fr", "Il y a 12 500 images et 0,5 pour cent d'erreur.", True),
        ("de", "Es hat 125.00 Bilder und 0,5 Prozent Fehler.", False),
        ("de", "Es hat 12.500 Bilder und 5 Prozent Fehler.", False),
    ],
)
def test_a_retelling_writes_numbers_as_its_language_does(tmp_path: Path, code: str, said: str, stands: bool) -> None:
    """12,500 is 12.500 in German; copied as it stands it is no less right; another number is refused."""
    with running(lambda _: Reply({"tldr": said})) as server:
        settings = WriterSettings(base_url=server.base_url, model="tiny", retries=0)
        source = {"tldr": "It has 12,500 images and 0.5 percent of errors."}
        with (
            closing(Chat(settings, tmp_path / "models.json")) as chat,
            nullcontext() if stands else pytest.raises(WriterError),
        ):
            texts, _ = retelling.retell(chat, source, code, settings, tmp_path / "drafts")
            assert texts == {"tldr": said}


@pytest.mark.parametrize(
    "tail", ["which is so only when the test set leaks into the training data", "which is no better than a guess"]
)
def test_a_long_sentence_keeps_what_takes_it_back(tail: str) -> None:
    """A last clause that may be left out holds no condition and no denial."""
    head = "The sorter keeps every one of the heavier pebbles of a beach in the right order from the first of all the "
    head += "weighings of the day to the very last of them all in all of the tests"
    assert quoting.said(f"{head}, {tail}.") == f"{head}, {tail}."
    assert quoting.said(f"{head}, which makes it quite a useful tool for all who like to sort.") == f"{head}."


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Method (about 100 words; notes method.pipeline.0)", True),
        ("It has idea.0.", True),
        ("GPT-4.5 beats llama3.1 by 0.5 points.", False),
        ("It ends. 5 remain.", False),
    ],
)
def test_the_name_of_a_note_is_no_word(said: str, names: bool) -> None:
    """A plan said as a line goes back."""
    passage = rules.Passage(words=1, slack=10_000, chapters=("c",), hosts=("A",), opens=False)
    found = rules.broken([Line(host="A", text=said, chapter="c")], passage)
    assert any("the name of a note" in one for one in found) == names
