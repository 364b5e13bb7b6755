"""What `podcast run` does by itself."""

from pydantic import Field, field_validator

from podcast.show.schema import Record, Seconds
from podcast.show.settings.patterns import variable


class RunSettings(Record):
    """What `podcast run` does every day by itself."""

    days: int = Field(7, ge=1, le=60)
    """How many days back a day that is missing is made up for."""
    engine: str = ""
    """Where `make` and `run` have lines recorded, many papers' at once: `processes`, `threads`, `ray` (this machine),
    `ray:auto` or `ray://HOST:10001` (a cluster), `package.module:Class`; "" for [record] workers, a paper at a time."""
    gpus: float = Field(0.0, ge=0, le=8)
    """With `ray`, how many GPUs each worker has; 0.25 is four workers to a GPU."""
    pauses: tuple[Seconds, ...] = (60.0, 300.0)
    """Seconds to wait for the papers' sources or the language model, whenever one does not answer; over the whole run
    as many waits as there are, then the day is left to the next run."""
    ping: str = ""
    """The name of the environment variable that holds an address to call after each run that ends with 0: a service
    behind it says when the call does not come, as where the timer itself has died."""

    @field_validator("ping")
    @classmethod
    def _names_avariable(cls, name: str) -> str:
        return variable(name)
