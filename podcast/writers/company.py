"""How a prompt speaks of those who talk: one host, two, or more."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from podcast.show.settings import Host, in_roles

_TWO: Mapping[str, str] = MappingProxyType(
    {
        "talk": "two hosts talk about",
        "voices": "two voices",
        "are": "Both are AI, and both have read",
        "they": "They have read",
        "shares": "Each could be told from the other by what they ask for. The one who speaks for the users has "
        "35 to 45\n"
        "percent of the words, and draws at least half of the consequences. Neither is the pupil.",
        "other": "the other",
        "other_host": "the\n  other host",
        "such": "Both hosts have such lines, in every chapter",
        "argument": "the hosts disagree from the first line",
        "hands": "who explains and who\ndraws the consequence, how it hands over",
        "doubt": "in four to six turns",
        "pupil": " Neither is the pupil.",
        "again": "by the other host",
        "manner": "As two people who like each other and do not flatter: short turns and long ones, a question that a "
        "sharp listener\n  would ask, an answer that says compared to what.",
        "speak": "  Both hosts speak.",
        "they_talk": "they talk",
    }
)
"""To the letter what prompts said when every show had two: the answers that are kept were given to them."""
_ONE = {
    "talk": "one host tells of",
    "voices": "one voice",
    "are": "The host is AI, and has read",
    "they": "The host has read",
    "argument": "a common belief is put to the test from the first line",
    "hands": "how it leads on to the next",
    "doubt": "in a passage of its own",
    "pupil": "",
    "again": "",
    "manner": "As one who tells a friend, and does not flatter: what it does, what a sharp listener would "
    "object, and what is\n"
    "  known of that. No question to which the same voice has the answer.",
    "speak": "  The one after follows from the one before.",
    "they_talk": "it is told",
}
_MORE = {
    "talk": "{count} hosts talk about",
    "voices": "{count} voices",
    "are": "All are AI, and all have read",
    "shares": "Each could be told from the others by what they ask for, and is in the talk for their part: who "
    "asks speaks for\n"
    "the listener and the user, who answers lays down how it works, who doubts holds each result to what it was "
    "measured\n"
    "on, who reports knows the field around it, what came before and what others do. Each has at least {share} "
    "percent of\n"
    "the words, nobody more than {most}; in a chapter two or three of them speak, not always all. With so many "
    "voices a\n"
    "listener loses who is who: whoever speaks after a silence of some lines is called by name by the one "
    "before, or says\n"
    "what only they would say. A line goes on from the one before it, whoever said that; nobody sums up what "
    "two others\n"
    "have said, and nobody only agrees. Nobody is the pupil.",
    "other": "another",
    "other_host": "another\n  host",
    "such": "All hosts have such lines",
    "pupil": " Nobody is the pupil.",
    "again": "by another host",
    "manner": "As {count} people who like each other and do not flatter: short turns and long ones, a question "
    "that a sharp\n"
    "  listener would ask, an answer that says compared to what.",
    "speak": "  All hosts speak; who speaks after a silence is called by name.",
}
_SHARES = {3: (20, 50), 4: (12, 40)}
"""Of the words, in percent: what each host has at least, and at most."""


def words(hosts: Sequence[Host]) -> Mapping[str, str]:
    """Return what stands in a prompt for the names of how many talk."""
    if len(hosts) == 2:
        return _TWO
    if len(hosts) == 1:
        return {**_TWO, **_ONE}
    share, most = _SHARES[len(hosts)]
    count = {3: "three", 4: "four"}[len(hosts)]
    return {**_TWO, **{key: text.format(count=count, share=share, most=most) for key, text in _MORE.items()}}


def people(hosts: Sequence[Host], parts: Mapping[str, str] | None = None) -> str:
    """Return the hosts as a list for a prompt; each with a part in this talk where that is told by `parts`, by key."""
    told = parts if parts is not None else _roles(hosts)
    return "\n".join(
        f"- {host.key}: {host.name}, who {host.persona or 'is a host'}."
        + (f" {told[host.key]}" if host.key in told else "")
        for host in hosts
    )


def _roles(hosts: Sequence[Host]) -> Mapping[str, str]:
    """Return what each is there for, where it cannot be told by the order of two."""
    if len(hosts) == 1 or (len(hosts) == 2 and not any(host.role for host in hosts)):
        return {}
    return {host.key: f"In this talk the one who {host.role}." for host in in_roles(hosts)}
