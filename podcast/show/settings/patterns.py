"""What several sections hold their values to: addresses, secrets, names of variables."""

import re

EXAMPLE_EMAIL = "podcast@example.org"

MAILBOX = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*"
"""A pattern: an address as HTML's e-mail fields take it, in ASCII, which every server passes on."""

WEBHOOK = r"https://[\x21-\x7e]+|http://(localhost|127\.0\.0\.1)(:\d+)?/\S*"
"""A pattern: the addresses that a webhook may have."""

SECRET = r"[A-Za-z0-9_-]{22,128}"
"""A pattern: what nobody guesses, in signs that any address may have; 22 of them at random are 128 bits."""

HOOK = "SHOW_WEBHOOK, not an address"
"""A name as it should be, for who gave what it holds."""


def variable(name: str, such: str = HOOK) -> str:
    """Return the name of an environment variable, or "" for none; ValueError where it can be none."""
    if name and not re.fullmatch(r"[A-Z][A-Z0-9_]*", name):
        raise ValueError(f"the name of an environment variable is wanted, such as {such}")
    return name
