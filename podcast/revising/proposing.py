"""What a change would come to, before anything of it is done: the script, what is wrong with it, what is recorded."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from podcast import grounding, judging
from podcast.recording import ordering, portrait, prices
from podcast.show import mistakes
from podcast.show.errors import InvalidScript, naming
from podcast.show.saying import speakable, unsayable
from podcast.show.schema import Brief, Document, Paper, Script
from podcast.show.settings import Host
from podcast.studio import Studio

Edit = Callable[[Script], Script]


@dataclass(frozen=True)
class Proposal:
    """A script as a change would have it."""

    script: Script
    orders: tuple[ordering.Order, ...]
    """What would be recorded: lines without a take, each sound once."""
    faults: tuple[grounding.Fault, ...]
    """What is wrong with the lines that are new; the refused of them stop an episode unless they are let pass."""

    @property
    def seconds(self) -> float:
        """About how much would be recorded, in seconds of sound."""
        return sum(map(seconds, self.orders))

    @property
    def cost(self) -> float | None:
        """What paid voices would take for it, in US dollars; None where no voice names a price."""
        return prices.cost(self.orders)


def seconds(order: ordering.Order) -> float:
    """Return about how long the line is, in seconds of sound."""
    return prices.SECONDS_A_LETTER * len(order.spoken)


def propose(
    studio: Studio, paper: Paper, before: Script, edit: Edit, brief: Brief | None = None, text: Document | None = None,
    option: str = "",
) -> Proposal:  # fmt: skip
    """Return what the edit would make of the script `before`. Nothing is changed.

    `brief` and `text`, if given, take the place of those on disk, and every line is judged by them; `option` is that of
    the command that asks for voices. Raises
    InvalidScript where no script would come of it, ConfigError where two hosts would sound alike.
    """
    folder = studio.folder(paper)
    try:
        with naming(folder.named):
            changed = edit(before)
        after = Script.model_validate(changed.model_dump())  # a copy made by a change is checked like any other
    except ValidationError as error:
        said = "; ".join(_placed(problem) for problem in error.errors())
        raise InvalidScript(f"no script would come of it: {said}", "give the line words, or --delete-line") from error
    people = studio.people(before, folder)
    _check_hosts(people, before, after)
    _check_words((*people, *studio.config.hosts), before, after)
    kept = set() if brief else {judging.said_of(line) for line in before.lines}
    found = tuple(fault for fault in judging.faults(studio, paper, after, brief, text)
                  if judging.said_of(after.lines[fault.line - 1]) not in kept)  # fmt: skip
    after = grounding.marked(after, found)
    cast = studio.cast_of(after, folder)
    if after.voices != before.voices:
        way = f"by {option} {{}}=…" if option else "in this episode"
        own = {host: way.format(host) for host, voice in after.voices.items() if voice != before.voices.get(host)}
        portrait.check_apart(cast, studio.gallery, studio.config.record.min_semitones, own)
    orders = ordering.orders(after, cast, studio.lexicon_of(after, folder), folder)
    return Proposal(after, ordering.unmade(orders, folder), found)


def _placed(problem: Mapping[str, Any]) -> str:
    """Return what is wrong with a script, and where: "line 4: chapter: must not be empty"."""
    loc = [f"line {each + 1}" if isinstance(each, int) else str(each) for each in problem["loc"] if each != "lines"]
    return ": ".join([*loc, mistakes.said(problem)])


def _check_hosts(people: Sequence[Host], before: Script, after: Script) -> None:
    hosts = [host.key for host in people]
    if strange := sorted(set(after.voices) - set(hosts) - set(before.voices)):
        raise InvalidScript(f"{strange[0]} is no host of the show", f"the hosts are {', '.join(hosts)}")
    for number, line in enumerate(after.lines, 1):
        if line.host not in hosts:
            raise InvalidScript(
                f"line {number} is spoken by {line.host}, who is no host", f"the hosts are {', '.join(hosts)}"
            )


def _check_words(people: Sequence[Host], before: Script, after: Script) -> None:
    known, names = {line.text for line in before.lines}, [host.name for host in people]
    for number, line in enumerate(after.lines, 1):
        if line.text not in known and unsayable(line.text, names):
            clean = speakable(line.text, names)
            raise InvalidScript(
                f"line {number} holds what nobody is to say (a name, a stage direction, a picture): {line.text}",
                f"say: {clean}" if clean else "give it words, or --delete-line",
            )
