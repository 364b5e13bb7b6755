"""One conversation with a language model: asked as strictly as the server can, checked, repaired, and paid for once."""

import json
import logging
import re
import shlex
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, JsonValue

from podcast.show import store
from podcast.show.errors import ConfigError, WriterError
from podcast.show.lazy import lazy
from podcast.show.schema import Record, Usage
from podcast.show.settings import WriterSettings
from podcast.writers import shapes
from podcast.writers.ability import LEVELS, Ability, Level, Memory
from podcast.writers.asking import Answer, Ask, Turn, echoes, size, whole
from podcast.writers.drafts import Draft
from podcast.writers.echoes import Message
from podcast.writers.messages import written
from podcast.writers.meter import Meter, tokens
from podcast.writers.refusals import Refused, TooLong
from podcast.writers.server import Server

__all__ = ["Answer", "Ask", "Chat", "Message", "NotKept", "TooLong", "size", "tokens"]

log = logging.getLogger(__name__)

T = TypeVar("T", bound=BaseModel)

VERSION = 1
MOST_REPAIRS = 2

_MARGIN = 1.1
"""By how much another paper's text may be dearer in tokens than those that were counted."""
_LEAST_SCALE = 0.4

_LEAST_COUNTED = 1000
"""Tokens of a prompt below which the server's count does not tell whether it read all."""


class Packing(Record):
    """How tightly a paper's sentences are packed into prompts, fixed when it is begun."""

    scale: float


class NotKept(WriterError):
    """Answers are only recalled, and this one does not lie in the drafts."""


class _NotKept(Exception):
    """The answer does not lie in the drafts."""


def nothing(value: object) -> Sequence[str]:
    """Find no problem."""
    return ()


class Chat:
    """A model at a server: one a process, safe for threads.

    `memory` is a JSON file that keeps what each model can do.
    """

    def __init__(self, settings: WriterSettings, memory: Path, meter: Meter | None = None) -> None:
        self._settings = settings
        self._memory = Memory(memory)
        self._meter = meter or Meter(settings)
        self._server = Server(settings)
        self._empty = set[Level]()
        """Levels at which an answer came that was empty."""

    @lazy
    def model(self) -> str:
        """The model's name. Raises ConfigError where none is set and the server has not just one."""
        if self._settings.model:
            return self._settings.model
        names, url = self._server.models(), self._server.url
        if len(names) == 1:
            return names[0]
        if not names:
            raise ConfigError(f"the server at {url} has no model", "load one there, or set model in [writer]")
        more = f" and {len(names) - 20} more" if len(names) > 20 else ""
        raise ConfigError(
            f"the server at {url} has {len(names)} models", f"set model in [writer]: {', '.join(names[:20])}{more}"
        )

    @property
    def server(self) -> str:
        """The address that answers."""
        return self._server.url

    @property
    def spent(self) -> Usage:
        """What all answers took that came in this process; those that lay in drafts took nothing."""
        return self._meter.spent

    @property
    def meter(self) -> Meter:
        """What counts its answers; another model's may count with it, so that one budget holds for both."""
        return self._meter

    def close(self) -> None:
        """Let go of the server."""
        self._server.close()

    def ask(self, ask: Ask[T], drafts: Path, check: Callable[[T], Sequence[str]] = nothing) -> Answer[T]:
        """Return the model's answer, of the shape wanted and without what `check` finds wrong.

        Each answer lies in `drafts` before anybody looks at it, and what lies there is never asked for again. One
        that is wrong goes back with what is wrong, at most twice.
        """
        return self._dialogue(ask, drafts, check, offline=False)

    def recall(self, ask: Ask[T], drafts: Path, check: Callable[[T], Sequence[str]] = nothing) -> Answer[T] | None:
        """Return what `ask` would return if all that it needs lies in drafts; None where it would send something."""
        try:
            return self._dialogue(ask, drafts, check, offline=True)
        except _NotKept:
            return None

    def _dialogue(self, ask: Ask[T], drafts: Path, check: Callable[[T], Sequence[str]], *, offline: bool) -> Answer[T]:
        wanted, bounded = shapes.schema(ask.shape), shapes.schema(ask.shape, bounded=True)
        messages, limit = ask.messages, ask.max_tokens
        lowest, repairs, usage = LEVELS[0], 0, Usage()
        before: tuple[str, Level] | None = None
        ignored = True
        seen, reasons, cuts = list[Path](), list[str](), list[tuple[Draft, Path]]()
        while True:
            turn = Turn(ask.name, messages, wanted, bounded, ask.shape.__name__, limit)
            try:
                draft, path, fresh = self._draft(turn, lowest, drafts, offline=offline)
            except WriterError as error:
                kept = whole(ask, cuts, check, messages, reasons)
                if kept is None:
                    raise
                log.warning("%s: %s; what stands whole in the answer that was cut is used", ask.name, error)
                return replace(kept, usage=usage)
            say = log.warning if fresh else log.debug
            seen.append(path)
            usage += draft.usage
            anew = f"to ask anew: rm {' '.join(shlex.quote(str(one)) for one in seen)}"
            _check_read(draft, anew)
            _check_held(draft, self._settings.context, anew)
            if draft.refusal:
                raise WriterError(
                    f"{ask.name}: the model refuses: {draft.refusal[:500]} ({path})", f"ask another model, or {anew}"
                )
            if draft.cut:
                looped = draft.looped
                cuts.append((draft, path))
                if not looped and limit == ask.max_tokens and turn.size + 2 * limit <= self._settings.context:
                    say("%s: cut after %s tokens; asking again for up to %s", ask.name, f"{limit:,}", f"{2 * limit:,}")
                    limit *= 2
                    continue
                if kept := whole(ask, cuts, check, messages, reasons):
                    say("%s: the answer %s; what stands whole in it is used", ask.name, draft.why_cut(limit))
                    return replace(kept, usage=usage)
                raise WriterError(
                    f"{ask.name}: the answer {draft.why_cut(limit)} ({path})",
                    "take a larger model: small ones lose themselves so; " + anew
                    if looped
                    else "raise max_tokens in [writer], and context where the model holds more; models that think "
                    f"first need more; {anew}",
                )
            value, wrong, by_schema = shapes.read(draft.words, ask.shape)
            if value is None and draft.thoughts:
                value = shapes.read(draft.thoughts, ask.shape)[0]
            if value is not None:
                wrong = [*check(value), *echoes(ask, value, messages, reasons)]
                reasons += wrong
                if not wrong:
                    if fresh:
                        level = draft.level if ignored else LEVELS[0]
                        self._memory.remember(self._place, Ability(level=level, scale=_scale(turn, draft)))
                    return Answer(value, draft.words, path, usage)
            listed = "\n".join(f"- {one}" for one in wrong[:20])
            stuck = bool(draft.words) and (draft.words, draft.level) == before
            if repairs == MOST_REPAIRS:
                raise WriterError(
                    f"{ask.name}: the answer is still wrong after {repairs} repairs ({path}):\n{listed}",
                    f"ask another model, or {anew}",
                )
            before = (draft.words, draft.level)
            ignored = not draft.empty or draft.level in self._empty  # one empty answer says nothing of its level
            if fresh and draft.empty:
                self._empty.add(draft.level)
            repairs += 1
            lowest = LEVELS[min(LEVELS.index(draft.level) + by_schema, len(LEVELS) - 1)]
            messages = (
                *ask.messages,
                {"role": "assistant", "content": draft.words or "(nothing)"},
                {
                    "role": "user",
                    "content": f"This is {'still ' if repairs > 1 else ''}not right:\n{listed}\n"
                    "Give the whole answer again, as JSON, with that put right.",
                },
            )
            turn = Turn(ask.name, messages, wanted, bounded, ask.shape.__name__, limit)
            if stuck and not self._kept(turn, lowest, drafts):
                raise WriterError(
                    f"{ask.name}: the answer came word for word again ({path}):\n{listed}",
                    f"ask another model, or {anew}",
                )
            say("%s: repair %d of %d, by %s: %s", ask.name, repairs, MOST_REPAIRS, lowest, "; ".join(wrong[:5]))

    def _paths(self, turn: Turn, lowest: Level, drafts: Path) -> dict[Level, Path]:
        return {level: drafts / f"{self._key(turn, level)}.json" for level in LEVELS[LEVELS.index(lowest) :]}

    def _kept(self, turn: Turn, lowest: Level, drafts: Path) -> Path | None:
        """Return where an answer to this turn lies, if one does."""
        return next((path for path in self._paths(turn, lowest, drafts).values() if path.is_file()), None)

    def _draft(self, turn: Turn, lowest: Level, drafts: Path, *, offline: bool) -> tuple[Draft, Path, bool]:
        """Return the answer to this turn, where it lies, and whether it came just now."""
        paths = self._paths(turn, lowest, drafts)
        if path := self._kept(turn, lowest, drafts):
            return store.load(Draft, path), path, False
        if offline:
            raise _NotKept
        ability = self._memory.recall(self._place).at_most(lowest)
        refused_any = False
        while True:
            try:
                draft = self._asked(turn, ability, paths[ability.level])
            except Refused as refused:
                other = ability.after(refused)
                if other is None:
                    known = self._memory.knows(self._place)
                    raise self._server.meaning.of(refused, self.model, known=known) from None
                log.warning("%s: the server refuses that (%s); asking otherwise", turn.name, refused.words)
                ability, refused_any = other, True
            else:
                if refused_any:
                    self._memory.remember(self._place, ability)
                return draft, paths[ability.level], True

    def _asked(self, turn: Turn, ability: Ability, path: Path) -> Draft:
        """Ask the server; its answer lies at `path` when this returns."""
        request = self._request(turn, ability)

        def keep(came: object) -> None:
            """Keep what is no whole answer beside where that would be; it may have been paid for."""
            whole = {"name": turn.name, "request": request, "response": came}
            data = json.dumps(whole, indent=2, ensure_ascii=False).encode(errors="replace")
            store.write_atomic(path.with_suffix(".partial.json"), data)
            body = came if isinstance(came, dict) else {}
            if body.get("usage") or body.get("choices"):
                first = body["choices"][0] if isinstance(body.get("choices"), list) and body["choices"] else {}
                words = written(first.get("message") or {}) if isinstance(first, dict) else ""
                held.add(self._meter.usage(body.get("usage"), prompt=turn.size, answer=tokens(words), answers=0))
            elif isinstance(came, str) and came.lstrip().startswith("{"):  # a body that was cut
                held.add(self._meter.usage(None, prompt=turn.size, answer=tokens(came), answers=0))

        with self._meter.may_ask(turn.name, turn.size, turn.limit) as held:
            began = time.monotonic()
            response = self._server.complete(request, keep, held)
            seconds = round(time.monotonic() - began, 3)
            words = written(response["choices"][0]["message"])
            usage = self._meter.usage(response.get("usage"), prompt=turn.size, answer=tokens(words))
            draft = Draft(name=turn.name, request=request, response=response, seconds=seconds, usage=usage)
            store.write_atomic(path, store.to_json(draft))
            self._meter.add(usage)
        taken = f"{usage.prompt_tokens:,} tokens in, {usage.completion_tokens:,} out"
        log.debug("%s: %s, %.1f s, %s", turn.name, taken, seconds, ability.level)
        return draft

    @property
    def counted(self) -> float | None:
        """How many of the server's tokens one of our estimate is, as it counted them before; None: it never did."""
        return self._memory.recall(self._place).scale

    def scale(self, drafts: Path, *, keep: bool = False) -> float:
        """Return how many of the server's tokens one of our estimate is, as it was when the paper was begun.

        A paper that was begun keeps it, so that its prompts stay the same and no answer is asked for twice; with
        `keep`, it begins now.
        """
        path = drafts / "packing.json"
        if path.is_file():
            return store.load(Packing, path).scale
        begun = any(drafts.glob("[0-9a-f]*.json"))
        known = None if begun else self.counted
        found = Packing(scale=min(1.0, known * _MARGIN) if known else 1.0)
        if keep and not begun:
            store.create_once(path, store.to_json(found))
        return found.scale

    @property
    def _place(self) -> str:
        return f"{self._server.url} {self.model}"

    def _key(self, turn: Turn, level: Level) -> str:
        """Return what names the answer: all that was asked, but for parameters that a server does not take."""
        inputs: dict[str, JsonValue] = {
            "base_url": self._server.url,
            "model": self.model,
            "messages": turn.sent(level),
            "level": level,
            "max_tokens": turn.limit,
            "temperature": self._settings.temperature,
            "schema": turn.wanted,
        }
        return store.fingerprint("draft", VERSION, inputs)

    def _request(self, turn: Turn, ability: Ability) -> dict[str, Any]:
        level = ability.level
        request: dict[str, Any] = {"model": self.model, "messages": turn.sent(level), ability.limit: turn.limit}
        if "temperature" not in ability.without:
            request["temperature"] = self._settings.temperature
        if self._server.streams or ability.streams:
            request["stream"] = True
            if "stream_options" not in ability.without:
                request["stream_options"] = {"include_usage": True}
        if level == "json_schema":
            held = turn.wanted if "bounds" in ability.without else turn.bounded
            named = {"name": re.sub(r"\W", "_", turn.shape, flags=re.ASCII)[:64], "schema": held}
            request["response_format"] = {"type": level, "json_schema": {**named, "strict": True}}
            if f".{urlsplit(self._server.url).hostname}".endswith(".openrouter.ai"):
                request["extra_body"] = {"provider": {"require_parameters": True}}
        elif level == "json_object":
            request["response_format"] = {"type": level}
        return request


def _scale(turn: Turn, draft: Draft) -> float | None:
    """Return the server's count of a prompt's tokens as a part of ours; None of prompts that are not papers."""
    told = draft.usage.prompt_tokens
    if not turn.name.startswith("read") or turn.size < _LEAST_COUNTED or not draft.counted:
        return None
    return max(_LEAST_SCALE, told / turn.size)


def _check_read(draft: Draft, anew: str) -> None:
    """Raise ConfigError where the server read far less than it was sent: some cut prompts and do not say so."""
    used, about = draft.usage, draft.sent // 4
    apart = used.cached_tokens > used.prompt_tokens  # a server that does not count them among the prompt's
    read = used.prompt_tokens + (used.cached_tokens if apart else 0)
    if about >= _LEAST_COUNTED and 0 < read < about / 2:
        raise ConfigError(
            f"{draft.name}: the server read only {read:,} of about {about:,} tokens",
            "set context in [writer] to what the server gives the model, or give it more there "
            f"(OLLAMA_CONTEXT_LENGTH for Ollama); {anew}",
        )


def _check_held(draft: Draft, context: int, anew: str) -> None:
    """Raise TooLong where nothing is said to a prompt that is more than the model is known to hold."""
    read = draft.usage.prompt_tokens
    if draft.empty and draft.counted and read > context:
        raise TooLong(
            f"{draft.name}: the answer is empty, and the prompt was {read:,} tokens, of a context of {context:,}",
            f"set context in [writer] to what the server gives the model, or give it more there; {anew}",
        )
