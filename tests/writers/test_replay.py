"""The built-in day's scripts: kept answers of a strong model to the real prompts, checked as any answer is."""

from pathlib import Path

import pytest

from podcast import grounding, sources
from podcast.show.config import Config
from podcast.show.errors import ConfigError
from podcast.show.schema import Paper, Usage
from podcast.writers import Assignment, rules
from podcast.writers.replay import Replay

CONFIG = Config()
DEMO = sources.demo().day(sources.DEMO_DAY).papers


@pytest.mark.parametrize("paper", DEMO, ids=lambda paper: paper.id)
def test_its_answers_are_of_these_very_prompts(paper: Paper, tmp_path: Path) -> None:
    """Nothing is asked of anybody, and each script is grounded, read twice, credited, and five minutes at most."""
    writer = Replay(CONFIG.writer, CONFIG.show, CONFIG.hosts, tmp_path)
    document = sources.demo().document(paper)
    assignment = Assignment(paper, document, tmp_path / "drafts")
    brief = writer.brief(assignment)
    script = writer.script(assignment, brief)
    assert script.made_with["model"] == brief.made_with["model"] == "claude"
    grounding.check(script, brief, document, paper, CONFIG.show, CONFIG.hosts)
    assert script.second
    assert {one.verdict for one in script.second} == {"supported"}
    assert sum(rules.words(line.text) for line in script.lines) <= 820
    assert not list(rules.dull(script.lines, passage(script.lines)))
    assert script.usage == brief.usage == writer.spent == Usage()


def passage(lines: object) -> rules.Passage:
    return rules.Passage(words=800, slack=200, chapters=(), hosts=("A", "B"))


def test_without_an_answer_the_papers_own_sentences_are_read(tmp_path: Path) -> None:
    """A paper that nobody was asked about has a script all the same."""
    writer = Replay(CONFIG.writer, CONFIG.show, CONFIG.hosts, tmp_path)
    document = sources.demo().document(DEMO[0]).model_copy(update={"paper_id": "2403.00001"})
    assignment = Assignment(DEMO[0].model_copy(update={"id": "2403.00001"}), document, tmp_path / "drafts")
    brief = writer.brief(assignment)
    assert writer.script(assignment, brief).made_with["writer"] == "extractive"


def test_its_answers_are_english(tmp_path: Path) -> None:
    """A show in another language is told to take a language model."""
    with pytest.raises(ConfigError, match="the show's language is zh"):
        Replay(CONFIG.writer, CONFIG.show.model_copy(update={"language": "zh"}), CONFIG.hosts, tmp_path)
