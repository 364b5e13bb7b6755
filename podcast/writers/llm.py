"""A writer that asks a language model, on any OpenAI-compatible server, and checks what it says."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from podcast.show.schema import Brief, Paper, Retelling, Roundup, Scores, Script, Usage
from podcast.show.settings import Host, ShowSettings, WriterSettings
from podcast.writers import Assignment, Prompt, driving, retelling, second
from podcast.writers.chat import Ask, Chat, size
from podcast.writers.checking import Desk
from podcast.writers.driving import Steps
from podcast.writers.formats import FORMATS
from podcast.writers.prompting import fingerprint
from podcast.writers.reading import Reader
from podcast.writers.rounding import Rounder
from podcast.writers.rules import WORDS_A_MINUTE
from podcast.writers.scoring import BATCH, Scorer
from podcast.writers.scripting import Scripter
from podcast.writers.telling import Teller

_SCORE = 80
"""Tokens of an answer, a paper."""
_SCALE = 0.58
"""What servers count, of what `tokens` takes a prompt with its schema for, until one was counted: that is too much on
purpose, for contexts. This and what follows is measured on a strong model's answers to twelve papers: docs/bench.md."""
_INSTRUCTIONS = 900
"""Of a prompt to read, without the paper."""
_CLAIMS = (700, 0.55, 2700)
"""Of an answer with a paper's claims: so many, and that part of the paper's; the third at most."""
_A_WORD = 2.5
"""Of a spoken word in an answer, with what a line has besides."""
_WORDS_A_CLAIM_TOKEN = 1.2
"""Words that an episode has for each token of its claims, at most."""
_SENT_BACK = 0.12
"""Of all long answers, those that are asked for once more, with the whole conversation before it."""


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
        desk = Desk(self._chat, self._second, settings, show, hosts)
        self._scripter, self._teller = Scripter(desk), Teller(desk)
        self._rounder = Rounder(self._chat, settings, show, hosts)
        self._scorer = Scorer(self._chat, settings, show)

    def brief(self, assignment: Assignment) -> Brief:
        brief = self._reader.read(assignment)
        return brief.model_copy(update={"made_with": self._made_with()})

    def script(self, assignment: Assignment, brief: Brief) -> Script:
        script = driving.script(self._steps(assignment, brief), assignment.drafts)
        made_with = {**script.made_with, **self._made_with()}
        made_with["second reader"] = made_with.pop("second reader")  # who read comes after who wrote
        return script.model_copy(update={"made_with": made_with})

    def _steps(self, assignment: Assignment, brief: Brief) -> Steps:
        """Return what is asked for the script, by the format that is wanted."""
        how = self._scripter if assignment.format == "dialogue" else self._teller
        return second.completed(how.steps(assignment, brief))

    def roundup(
        self, roundup: Roundup, parts: Sequence[tuple[Assignment, Brief]], minutes: float, drafts: Path
    ) -> Script:
        script = self._rounder.script(roundup, parts, minutes, drafts)
        return script.model_copy(update={"made_with": self._made_with()})

    def estimate(self, assignment: Assignment, stages: Sequence[str], brief: Brief | None = None) -> Usage:
        usage, scale = Usage(), self._chat.counted or _SCALE
        least, part, most = _CLAIMS
        claims = 0.0
        for ask in self._reader.asks(assignment):
            prompt = size(ask) * scale
            said = min(most, least + part * (prompt - _INSTRUCTIONS))
            claims = min(most, claims + said)
            if "read" in stages and not self._chat.recall(ask, assignment.drafts):
                usage += self._once(prompt, said) + self._priced(300 + 0.35 * said, 0.07 * said)
        if "write" in stages:
            told = assignment.format
            minutes = min(self._settings.minutes, FORMATS[told].minutes)
            words = min(minutes * WORDS_A_MINUTE, _WORDS_A_CLAIM_TOKEN * claims)
            if brief and told == "dialogue":
                words = self._scripter.target(brief, assignment.document)
            elif brief:
                words = self._teller.target(told, brief)
            talk: dict[str, Usage] = {told: self._once(2600 + 1.75 * claims, 700 + _A_WORD * words)}
            if told == "dialogue":
                talk = {
                    "outline": self._once(1750 + 0.8 * claims, 1800),
                    "dialogue": self._once(4200 + 1.75 * claims, _A_WORD * words),
                }
            wanted = {
                **talk,
                "second reader": self._priced(500 + 2 * claims, 0.3 * words),
                "mend lines": self._priced(3000 + 0.8 * claims, 0.28 * words),
            }
            if not self._settings.second_reader:
                del wanted["second reader"]
            steps = list(wanted)
            begun = driving.reached(self._steps(assignment, brief), assignment.drafts) if brief else steps[0]
            first = next((at for at, step in enumerate(steps) if begun and begun.startswith(step)), len(steps))
            usage += sum((wanted[step] for step in steps[first:]), Usage())
        return usage

    def _once(self, prompt: float, answer: float) -> Usage:
        """Return what an ask takes on the average, with those that are sent back."""
        again = self._priced(_SENT_BACK * (prompt + answer), _SENT_BACK * answer)
        return self._priced(prompt, answer) + again.model_copy(update={"answers": 0})

    def prompts(self, assignment: Assignment, stage: str, brief: Brief | None) -> Iterator[Prompt]:
        if stage == "read":
            yield from map(_prompt, self._reader.asks(assignment))
        elif brief:
            yield from map(_prompt, driving.asks(self._steps(assignment, brief), assignment.drafts))

    def score(self, papers: Sequence[Paper], criteria: str, drafts: Path) -> Scores:
        scores, failed, usage = self._scorer.score(papers, criteria, drafts)
        made_with = self._made_with()
        return Scores(criteria=criteria, scores=tuple(scores), failed=tuple(failed), made_with=made_with, usage=usage)

    def retell(self, paper: Paper, told: Mapping[str, str], language: str, drafts: Path, of: str = "en") -> Retelling:
        texts, usage = retelling.retell(self._chat, told, language, self._settings, drafts, of)
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

    def _priced(self, prompt: float, completion: float) -> Usage:
        prompt, completion = round(prompt), round(completion)
        price = self._settings.price_per_million
        cost = (prompt * price.input + completion * price.output) / 1e6 if price else None
        return Usage(answers=1, prompt_tokens=prompt, completion_tokens=completion, cost=cost)


def _prompt(ask: Ask) -> Prompt:  # type: ignore[type-arg]
    return Prompt(ask.name, ask.messages, size(ask))
