"""A writer that asks nobody: a strong model's answers to this project's own prompts, kept, and given again.

The built-in day is made so: its three papers' answers lie in `sources/demo/drafts/`, as any answer lies in a paper's
`drafts/`. They are checked as any answer is. `bench/answers.py` makes them.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from podcast.show import packaged, store
from podcast.show.errors import ConfigError
from podcast.show.iso639 import primary
from podcast.show.schema import Brief, Roundup, Script, Usage
from podcast.show.settings import Host, ShowSettings, WriterSettings
from podcast.writers import Assignment, Prompt
from podcast.writers.chat import Answer, Ask, Chat, NotKept, T, nothing
from podcast.writers.extractive import Extractive
from podcast.writers.llm import LLM

log = logging.getLogger(__name__)

HOSTS = (
    Host(key="A", name="Ada", persona="speaks for those who use such systems: bills, harm, whether the sums are right"),
    Host(key="B", name="Ben", persona="speaks for those who build them: how a thing works, what else could explain it"),
)
SETTINGS = WriterSettings(name="llm", base_url="https://drafts.invalid/v1", model="claude", minutes=5.5)
"""What the kept answers were asked with: `.invalid` is nobody's (RFC 2606), for no server gave them."""
SHOW = ShowSettings()


def kept() -> Path:
    """Return the folder with the built-in day's answers, one folder a paper."""
    return packaged.folder("sources", "demo", "drafts")


class Kept(Chat):
    """A model whose every answer is kept."""

    def ask(self, ask: Ask[T], drafts: Path, check: Callable[[T], Sequence[str]] = nothing) -> Answer[T]:
        answer = self.recall(ask, drafts, check)
        if answer is None:
            raise NotKept(f"no answer is kept to its prompt ({ask.name})", "bench/answers.py has it answered anew")
        return answer


class Replay:
    """Reads and writes as `LLM` does, out of kept answers alone."""

    def __init__(self, settings: WriterSettings, show: ShowSettings, hosts: Sequence[Host], memory: Path) -> None:
        if primary(show.language) != "en":
            raise ConfigError(
                f"the kept answers are English, and the show's language is {show.language}",
                "set [writer] base_url or a key, so that a language model writes",
            )
        self._hosts = {old.key: new.key for old, new in zip(HOSTS, hosts, strict=False)} if len(hosts) == 2 else {}
        self._llm = LLM(SETTINGS, SHOW, HOSTS, memory, Kept)
        self._plain = Extractive(settings, show, hosts, memory)

    def brief(self, assignment: Assignment) -> Brief:
        try:
            brief = self._llm.brief(_laid(assignment))
        except NotKept as none:
            log.warning("%s: %s; the paper's own sentences are read", assignment.paper.id, none)
            return self._plain.brief(assignment)
        return brief.model_copy(update={"usage": Usage()})

    def script(self, assignment: Assignment, brief: Brief) -> Script:
        if not self._hosts or assignment.format != "dialogue":  # the answers are a dialogue of two
            return self._plain.script(assignment, brief)
        try:
            script = self._llm.script(_laid(assignment), brief)
        except NotKept as none:
            log.warning("%s: %s; the paper's own sentences are read", assignment.paper.id, none)
            return self._plain.script(assignment, brief)
        lines = tuple(line.model_copy(update={"host": self._hosts[line.host]}) for line in script.lines)
        return script.model_copy(update={"lines": lines, "usage": Usage()})

    def roundup(
        self, roundup: Roundup, parts: Sequence[tuple[Assignment, Brief]], minutes: float, drafts: Path
    ) -> Script:
        return self._plain.roundup(roundup, parts, minutes, drafts)

    def estimate(self, assignment: Assignment, stages: Sequence[str], brief: Brief | None = None) -> Usage:
        return Usage()

    def prompts(self, assignment: Assignment, stage: str, brief: Brief | None) -> Iterator[Prompt]:
        return self._llm.prompts(_laid(assignment), stage, brief)

    @property
    def spent(self) -> Usage:
        return Usage()

    def close(self) -> None:
        self._llm.close()


def _laid(assignment: Assignment) -> Assignment:
    """Return the assignment with the kept answers in its drafts; of earlier episodes it knows nothing, as they did."""
    for path in sorted((kept() / assignment.paper.id).glob("*.json")):
        store.create_once(assignment.drafts / path.name, path.read_bytes())
    return replace(assignment, earlier=tuple, memories=lambda brief: ())
