"""Have the project's own prompts answered by hand, or by anybody: prompts are written to files, answers read from them.

    python bench/answers.py FOLDER                    the built-in day; when all is answered, its drafts are laid anew
    python bench/answers.py FOLDER --papers day.json  the papers of a day, for a reading of the prompts

    python bench/answers.py FOLDER --papers day.json --format critique --hosts 3   told otherwise, by so many

For what is asked next of each paper there is `FOLDER/ID/NAME.KEY.prompt.md`; its answer goes beside it as
`NAME.KEY.answer.json`. An answer that breaks a rule is asked for again, as of any model. With `--reuse`, a prompt that
changed takes the answer that lies under the same name.
"""

import argparse
import datetime as dt
import json
import sys
from pathlib import Path

from podcast import sources
from podcast.cli.newshow import people
from podcast.show import store
from podcast.show.errors import PodcastError
from podcast.show.schema import FORMATS, Usage
from podcast.sources.file import FileSource
from podcast.writers import Assignment
from podcast.writers.chat import Chat
from podcast.writers.drafts import Draft
from podcast.writers.llm import LLM
from podcast.writers.replay import HOSTS, SETTINGS, SHOW, kept


class Pending(Exception):
    """A prompt waits for its answer."""


def by_hand(folder: Path, reuse: bool) -> type[Chat]:
    """Return a model whose answers are files of the folder."""

    class ByHand(Chat):
        def _asked(self, turn, ability, path):  # type: ignore[no-untyped-def]
            name = turn.name.replace(" ", "-").replace(",", "")
            prompt = folder / f"{name}.{path.stem[:8]}.prompt.md"
            answer = prompt.with_name(prompt.name.replace(".prompt.md", ".answer.json"))
            older = sorted(folder.glob(f"{name}.*.answer.json"), key=lambda one: one.stat().st_mtime)
            if not answer.is_file() and not (reuse and older):
                prompt.parent.mkdir(parents=True, exist_ok=True)
                shown = "\n\n".join(f"--- {one['role']} ---\n{one['content']}" for one in turn.sent(ability.level))
                prompt.write_text(f"{shown}\n\n--- schema ---\n{json.dumps(turn.wanted)}\n")
                raise Pending(str(prompt))
            text = (answer if answer.is_file() else older[-1]).read_text()
            message = {"role": "assistant", "content": text}
            request = {"model": self.model, "messages": turn.sent(ability.level)}
            response = {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}
            draft = Draft(name=turn.name, request=request, response=response, seconds=0.0, usage=Usage(answers=1))
            store.write_atomic(path, store.to_json(draft))
            return draft

    return ByHand


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--papers", type=Path)
    parser.add_argument("--day", type=dt.date.fromisoformat, default=sources.DEMO_DAY)
    parser.add_argument("--id", action="append", help="only this paper; may be given more than once")
    parser.add_argument("--format", choices=FORMATS, default=FORMATS[0])
    parser.add_argument("--hosts", type=int, default=2, choices=range(1, 5))
    parser.add_argument("--minutes", type=float, default=9.0, help="of the papers of a day")
    parser.add_argument("--reuse", action="store_true")
    given = parser.parse_args()
    source = FileSource(given.papers) if given.papers else sources.demo()
    waiting = 0
    for paper in source.day(given.day).papers:
        if given.id and paper.id not in given.id:
            continue
        folder = given.folder / paper.id
        settings = SETTINGS if not given.papers else SETTINGS.model_copy(update={"minutes": given.minutes})
        hosts = HOSTS if given.hosts == len(HOSTS) else people(given.hosts)
        writer = LLM(settings, SHOW, hosts, folder, by_hand(folder, given.reuse))
        assignment = Assignment(paper, source.document(paper), folder / "drafts", format=given.format)
        try:
            brief = writer.brief(assignment)
            script = writer.script(assignment, brief)
        except Pending as prompt:
            waiting += 1
            print(f"answer {prompt}")
        except PodcastError as error:
            waiting += 1
            print(f"{paper.id}: {error}")
        else:
            told = "script" if given.format == FORMATS[0] else f"script-{given.format}"
            several = "" if given.hosts == len(HOSTS) else f"-{given.hosts}"
            store.write_atomic(folder / f"{told}{several}.json", store.to_json(script))
            store.write_atomic(folder / "brief.json", store.to_json(brief))
            print(f"{paper.id}: {len(script.lines)} lines")
            if not given.papers and given.format == FORMATS[0] and given.hosts == len(HOSTS):
                for old in (kept() / paper.id).glob("*.json"):
                    old.unlink()
                for draft in (folder / "drafts").glob("*.json"):
                    if draft.name != "ledger.json":
                        store.write_atomic(kept() / paper.id / draft.name, draft.read_bytes())
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
