"""A writer that asks a language model, on any OpenAI-compatible server, and checks what it says."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from podcast.show.schema import Brief, Paper, Retelling, Roundup, Scores, Script, Usage
from podcast.show.settings import Host, ShowSettings, WriterSettings
from podcast.writers import Assignment, Prompt, retelling
from podcast.writers.chat import Ask, Chat, size
from podcast.writers.prompting import fingerprint
from podcast.writers.reading import Reader
from podcast.writers.rounding import Rounder
from podcast.writers.rules import WORDS_A_MINUTE
from podcast.writers.scoring import BATCH, Scorer
from podcast.writers.scripting import Scripter

_READ = 2500
"""Tokens of an answer with a paper's claims, about."""
_OUTLINE = 1000
_SCORE = 80
"""Of an answer, a paper."""
_INSTRUCTIONS = 1200
"""Of a prompt, without the paper."""
_NOTES = 9000
"""Of a full brief with its sentences, at most; a short paper has as many as it has itself."""
_DIALOGUE_A_WORD = 2.4


class LLM:
    """Reads and writes with a language model."""

    def __init__(self, settings: WriterSettings, show: ShowSettings, hosts: Sequence[Host], memory: Path) -> None:
        self._settings = settings
        self._chat = Chat(settings, memory / "models.json")
        self._reader = Reader(self._chat, settings, show)
        self._scripter = Scripter(self._chat, settings, show, hosts)
        self._rounder = Rounder(self._chat, settings, show, hosts)
        self._scorer = Scorer(self._chat, settings, show)

    def brief(self, assignment: Assignment) -> Brief:
        brief = self._reader.read(assignment)
        return brief.model_copy(update={"made_with": self._made_with()})

    def script(self, assignment: Assignment, brief: Brief) -> Script:
        script = self._scripter.script(assignment, brief)
        return script.model_copy(update={"made_with": self._made_with()})

    def roundup(
        self, roundup: Roundup, parts: Sequence[tuple[Assignment, Brief]], minutes: float, drafts: Path
    ) -> Script:
        script = self._rounder.script(roundup, parts, minutes, drafts)
        return script.model_copy(update={"made_with": self._made_with()})

    def estimate(self, assignment: Assignment, stages: Sequence[str]) -> Usage:
        usage = Usage()
        asks = self._reader.asks(assignment)
        if "read" in stages:
            for ask in asks:
                if not self._chat.recall(ask, assignment.drafts):
                    usage += self._priced(size(ask), _READ)
        if "write" in stages:
            notes = min(_NOTES, sum(size(ask) - _INSTRUCTIONS for ask in asks))
            words = self._settings.minutes * WORDS_A_MINUTE
            usage += self._priced(_INSTRUCTIONS + notes // 3, _OUTLINE)
            usage += self._priced(_INSTRUCTIONS + notes, round(words * _DIALOGUE_A_WORD))
        return usage

    def prompts(self, assignment: Assignment, stage: str, brief: Brief | None) -> Iterator[Prompt]:
        if stage == "read":
            yield from map(_prompt, self._reader.asks(assignment))
        elif brief:
            yield from map(_prompt, self._scripter.asks(assignment, brief))

    def score(self, papers: Sequence[Paper], criteria: str, drafts: Path) -> Scores:
        scores, failed, usage = self._scorer.score(papers, criteria, drafts)
        made_with = self._made_with()
        return Scores(criteria=criteria, scores=tuple(scores), failed=tuple(failed), made_with=made_with, usage=usage)

    def retell(self, paper: Paper, told: Mapping[str, str], language: str, drafts: Path) -> Retelling:
        texts, usage = retelling.retell(self._chat, told, language, self._settings, drafts)
        return Retelling(
            paper_id=paper.id, language=language, told=dict(told), made_with=self._made_with(), usage=usage, **texts
        )

    def outlay(self, papers: Sequence[Paper], criteria: str, drafts: Path) -> Usage:
        usage = Usage()
        for ask in self._scorer.asks(papers, criteria):
            if not self._chat.recall(ask, drafts):
                usage += self._priced(size(ask), _SCORE * min(len(papers), BATCH))
        return usage

    @property
    def spent(self) -> Usage:
        return self._chat.spent

    def close(self) -> None:
        self._chat.close()

    def _made_with(self) -> dict[str, str]:
        server = urlsplit(self._chat.server).hostname or ""
        return {"writer": "llm", "model": self._chat.model, "server": server, "prompts": fingerprint()}

    def _priced(self, prompt: int, completion: int) -> Usage:
        price = self._settings.price_per_million
        cost = (prompt * price.input + completion * price.output) / 1e6 if price else None
        return Usage(answers=1, prompt_tokens=prompt, completion_tokens=completion, cost=cost)


def _prompt(ask: Ask) -> Prompt:  # type: ignore[type-arg]
    return Prompt(ask.name, ask.messages, size(ask))
