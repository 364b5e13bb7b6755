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
"""Tokens of an answer with a paper's claims, about; of an abstract's, half of what the prompt's sentences have."""
_OUTLINE = 1500
"""Of a form with its chapters."""
_SCORE = 80
"""Of an answer, a paper."""
_INSTRUCTIONS = 1500
"""Of a prompt, without the paper."""
_NOTES = 4500
"""Of a full brief with its sentences, at most; a short paper has four fifths of what it has itself."""
_DIALOGUE_A_WORD = 2.0
_SENT_BACK = 0.1
"""Of all long answers, those that are asked for once more, with the whole conversation before it."""
_ESTIMATE = 1 / 1.2
"""What servers count, of what `tokens` takes a text for: that is 20 % too much on purpose, for contexts."""


class LLM:
    """Reads and writes with a language model."""

    def __init__(
        self, settings: WriterSettings, show: ShowSettings, hosts: Sequence[Host], memory: Path,
        chat: type[Chat] = Chat,
    ) -> None:  # fmt: skip
        self._settings = settings
        self._chat = chat(settings, memory / "models.json")
        self._reader = Reader(self._chat, settings, show)
        other = settings.model_copy(update={"model": settings.second_model})
        self._second = chat(other, memory / "models.json", self._chat.meter) if settings.second_model else self._chat
        self._scripter = Scripter(self._chat, self._second, settings, show, hosts)
        self._rounder = Rounder(self._chat, settings, show, hosts)
        self._scorer = Scorer(self._chat, settings, show)

    def brief(self, assignment: Assignment) -> Brief:
        brief = self._reader.read(assignment)
        return brief.model_copy(update={"made_with": self._made_with()})

    def script(self, assignment: Assignment, brief: Brief) -> Script:
        script = self._scripter.script(assignment, brief)
        reader = {"second reader": self._second.model if script.second else "none"}
        return script.model_copy(update={"made_with": {**script.made_with, **self._made_with(), **reader}})

    def roundup(
        self, roundup: Roundup, parts: Sequence[tuple[Assignment, Brief]], minutes: float, drafts: Path
    ) -> Script:
        script = self._rounder.script(roundup, parts, minutes, drafts)
        return script.model_copy(update={"made_with": self._made_with()})

    def estimate(self, assignment: Assignment, stages: Sequence[str], brief: Brief | None = None) -> Usage:
        usage = Usage()
        asks = self._reader.asks(assignment)
        if "read" in stages:
            for ask in asks:
                if not self._chat.recall(ask, assignment.drafts):
                    usage += self._once(size(ask) * _ESTIMATE, min(_READ, 700 + size(ask) / 3))
        if "write" in stages:
            notes = min(_NOTES, 0.8 * sum(size(ask) * _ESTIMATE - _INSTRUCTIONS for ask in asks))
            words = min(self._settings.minutes * WORDS_A_MINUTE, 450 + notes / 3)
            spoken = words * _DIALOGUE_A_WORD
            wanted = {
                "outline": self._once(_INSTRUCTIONS + notes / 2, _OUTLINE),
                "dialogue": self._once(_INSTRUCTIONS + _OUTLINE + notes, spoken),
                "second reader": self._priced(round(_INSTRUCTIONS / 3 + 0.4 * (spoken + notes)), round(words / 2)),
                "mend lines": self._priced(round(_INSTRUCTIONS / 3 + notes / 4), round(words / 8)),
            }
            if not self._settings.second_reader:
                del wanted["second reader"]
            begun = self._scripter.reached(assignment, brief) if brief else "outline"
            steps = list(wanted)
            first = next((at for at, step in enumerate(steps) if begun and begun.startswith(step)), len(steps))
            usage += sum((wanted[step] for step in steps[first:]), Usage())
        return usage

    def _once(self, prompt: float, answer: float) -> Usage:
        """Return what an ask takes on the average, with those that are sent back."""
        again = self._priced(round(_SENT_BACK * (prompt + answer)), round(_SENT_BACK * answer))
        return self._priced(round(prompt), round(answer)) + again.model_copy(update={"answers": 0})

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
        self._second.close()

    def _made_with(self) -> dict[str, str]:
        server = urlsplit(self._chat.server).hostname or ""
        return {"writer": "llm", "model": self._chat.model, "server": server, "prompts": fingerprint()}

    def _priced(self, prompt: int, completion: int) -> Usage:
        price = self._settings.price_per_million
        cost = (prompt * price.input + completion * price.output) / 1e6 if price else None
        return Usage(answers=1, prompt_tokens=prompt, completion_tokens=completion, cost=cost)


def _prompt(ask: Ask) -> Prompt:  # type: ignore[type-arg]
    return Prompt(ask.name, ask.messages, size(ask))
