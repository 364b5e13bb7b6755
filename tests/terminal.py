"""A terminal to type in: a pseudo-terminal of a width, with what is seen there."""

import os
import pty
import re
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ


@dataclass(frozen=True)
class Seen:
    """What a command left on the screen."""

    code: int
    raw: str
    """As it came, with colours."""

    @property
    def text(self) -> str:
        """Return it without colours and other controls."""
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.raw).replace("\r\n", "\n")

    @property
    def coloured(self) -> bool:
        return bool(re.search(r"\x1b\[[0-9;]*3[1-7]m", self.raw))


def typed(
    command: Sequence[str], folder: Path, columns: int = 80, answer: str = "", more: Mapping[str, str] | None = None
) -> Seen:
    """Run `podcast …`, or another program, in a terminal of that width, and return what was seen when it ended."""
    words = [sys.executable, "-m", *command] if command[0] == "podcast" else list(command)
    parent, child = pty.openpty()
    ioctl(child, TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")}
    environment |= {"TERM": "xterm-256color", **(more or {})}
    process = subprocess.Popen(words, cwd=folder, stdin=child, stdout=child, stderr=child, env=environment)
    os.close(child)
    if answer:
        os.write(parent, answer.encode())
    seen = b""
    while True:
        try:
            read = os.read(parent, 65536)
        except OSError:  # Linux says EIO where the other side is closed
            break
        if not read:
            break
        seen += read
    os.close(parent)
    return Seen(process.wait(), seen.decode())
