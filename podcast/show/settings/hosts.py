"""The people on the show, and what each does in a talk."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from pydantic import Field

from podcast.show.schema import HostKey, Record, Text


class Host(Record):
    """A person on the show."""

    key: HostKey
    name: Text = Field(min_length=1, max_length=64)
    persona: Text = ""
    voice: str = "auto"
    """A voice of `voices/`, or "auto" for one of the synthesizer picked."""
    role: Literal["", "asks", "answers", "doubts", "reports"] = ""
    """What the host does in a talk; "" for what is left of them, in the order of the hosts."""


_ROLES: Mapping[int, tuple[str, ...]] = MappingProxyType(
    {
        1: ("reports",),
        2: ("asks", "answers"),
        3: ("asks", "answers", "doubts"),
        4: ("asks", "answers", "doubts", "reports"),
    }
)
"""What hosts do, by how many they are."""


def in_roles(hosts: Sequence[Host]) -> tuple[Host, ...]:
    """Return the hosts, each with a role: its own, or in their order those that nobody took."""
    taken = {host.role for host in hosts}
    left = iter([role for role in (*_ROLES[len(hosts)], *_ROLES[4]) if role not in taken])
    return tuple(host if host.role else host.model_copy(update={"role": next(left)}) for host in hosts)


def who(hosts: Sequence[Host], *roles: str) -> Host:
    """Return the host who has the first of these roles that one has; the first of them where none does."""
    have = {host.role: host for host in in_roles(hosts)}
    return next((have[role] for role in roles if role in have), hosts[0])
