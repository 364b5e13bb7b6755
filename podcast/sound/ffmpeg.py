"""Finding and running ffmpeg."""

import errno
import functools
import logging
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import BinaryIO

from podcast.show.errors import MissingDependency, MixError, PodcastError, StorageError

log = logging.getLogger(__name__)

_QUIET = ("-nostdin", "-hide_banner", "-loglevel", "error", "-y")


@functools.cache
def find() -> str:
    """Return the ffmpeg to use: the system's where it is recent enough, else the one of imageio-ffmpeg.

    Recent enough is 5.1, whose limiter can make up for its own delay: `latency` of
    ffmpeg.org/ffmpeg-filters.html#alimiter, without which every cue would be early.
    """
    system = shutil.which("ffmpeg")
    if system and "latency" in _ask(system, "-h", "filter=alimiter"):
        return system
    try:
        import imageio_ffmpeg

        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError) as error:
        raise MissingDependency("there is no ffmpeg of at least version 5.1", "sudo apt install ffmpeg") from error


@functools.cache
def version() -> str:
    """Return the version of the ffmpeg in use, such as 5.1.9-0+deb12u1."""
    words = _ask(find(), "-version").split()
    return words[2] if len(words) > 2 else "unknown"


@functools.cache
def has_filter(name: str) -> bool:
    """Tell whether the ffmpeg in use has the filter or source `name`."""
    return f"Filter {name}" in _ask(find(), "-h", f"filter={name}")


def run(*arguments: str) -> bytes:
    """Run ffmpeg to its end and return its standard output; MixError holds its last lines."""
    command = [find(), *_QUIET, *arguments]
    log.debug("%s", shlex.join(command))
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode:
        raise _failure(command, done.returncode, done.stderr)
    return done.stdout


def told(*arguments: str) -> str:
    """Run ffmpeg to its end, its output thrown away, and return what it says of it; MixError holds its last lines."""
    command = [find(), "-nostdin", "-hide_banner", *arguments, "-f", "null", "-"]
    log.debug("%s", shlex.join(command))
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode:
        raise _failure(command, done.returncode, done.stderr)
    return done.stderr.decode(errors="replace")


def feed(arguments: Sequence[str], chunks: Iterable[bytes], files: Sequence[BinaryIO] = ()) -> None:
    """Run ffmpeg with `chunks` on its standard input, holding one chunk at a time in memory.

    `files` are open to it as well, as /dev/fd/N.
    """
    command = [find(), *_QUIET, *arguments]
    log.debug("%s", shlex.join(command))
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stderr=complaints, pass_fds=[file.fileno() for file in files]
        )
        assert process.stdin is not None
        try:
            for chunk in chunks:
                process.stdin.write(chunk)
            process.stdin.close()
            code = process.wait()
        except BrokenPipeError:  # ffmpeg ended first; what it said is the error to show
            code = process.wait() or 1
        finally:
            process.kill()  # of one that ended, nothing; of one whose feeder failed, the end
            with suppress(BrokenPipeError):  # what was not taken yet is lost with it
                process.stdin.close()
            process.wait()
        if code:
            complaints.seek(0)
            raise _failure(command, code, complaints.read())


def _ask(program: str, *arguments: str) -> str:
    done = subprocess.run([program, "-hide_banner", *arguments], capture_output=True, text=True, check=False)
    return done.stdout


def _failure(command: Sequence[str], code: int, complaints: bytes) -> PodcastError:
    if os.strerror(errno.ENOSPC).encode() in complaints:
        full = StorageError.of(OSError(errno.ENOSPC, "", command[-1]))
        assert full is not None
        return full
    last = " / ".join(complaints.decode(errors="replace").strip().splitlines()[-3:])
    return MixError(f"ffmpeg ended with {code}: {last or 'no message'}", f"the command was: {shlex.join(command)}")
