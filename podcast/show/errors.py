"""What can go wrong, by what the person at the terminal can do next.

    PodcastError                 exit 1
    ├── WrongUsage               say it otherwise: exit 2
    ├── ConfigError              fix podcast.toml or a voice file
    ├── MissingDependency        install something (the exact command)
    ├── NotReady                 run the stage before this one
    ├── DocumentError            mend or delete the file that cannot be read
    ├── StorageError             make room, or let podcast write there
    ├── Busy                     wait until the other command is done
    ├── SourceError              try later, or mend the list of papers
    │   ├── NoPapers             nothing to say that day: exit 0
    │   └── NoText               the paper has no such form: take another
    ├── ModelUnavailable         start the server, wait, or pay: no paper can be written now
    ├── Endless                  look at the server: its answer does not end
    ├── OverBudget               raise the budget, or take fewer papers
    ├── WriterError              look at the draft, change model or prompt
    │   ├── InvalidScript        fix the line
    │   │   ├── NoSuchLine       name one that there is: exit 2
    │   │   └── Stale            look at what another command made of it meanwhile
    │   └── Ungrounded           the line says what the paper does not
    ├── SynthesisError           change the line or retake
    ├── MixError                 read ffmpeg's last lines
    │   └── DamagedTake          record the line again
    ├── MailError                look at [digest.mail], or try later: what went is not sent again
    └── PublishError             publish again: the target did not answer, or others were first
        └── Refused              put right what the target refuses: credentials, bucket, rights, room, clock

Every error is a sentence (what happened, where) and a hint (what to do next).
"""

import errno
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def quoted(path: Path | str) -> str:
    """Return the path as a shell takes it, whatever signs are in it: hints are typed as they stand."""
    return shlex.quote(str(path))


def as_typed(words: str) -> str:
    r"""Return somebody's words between quotes, as they wrote them but for signs that no terminal shows.

    >>> print(as_typed(r"a \textbf{word}"), as_typed(r"it\'s"), as_typed("a line\n"), as_typed("'so' \"said\""))
    'a \textbf{word}' "it\'s" 'a line\n' ''so' "said"'
    """
    quote = '"' if "'" in words and '"' not in words else "'"
    return f"{quote}{''.join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in words)}{quote}"


class PodcastError(Exception):
    """Something a person can put right; `hint` says how."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@contextmanager
def naming(paper: str) -> Iterator[None]:
    """Have what is raised meanwhile name that one where its hint speaks of PAPER: who changes a script does not know
    whose it is."""
    try:
        yield
    except PodcastError as error:
        error.hint = error.hint.replace("PAPER", paper)
        raise


class WrongUsage(PodcastError):
    """The command line asks for what cannot be; the hint is how that wish can be met, or what comes nearest to it."""

    exit_code = 2


class ConfigError(PodcastError):
    """podcast.toml, an environment variable or a voice file says something that cannot be."""


class MissingDependency(PodcastError):
    """A program or package is not installed; the hint is the command that installs it."""


class NotReady(PodcastError):
    """A stage was asked for before the one it needs; the hint is the command for that one."""


class DocumentError(PodcastError):
    """A file of the show cannot be read; the message names the file and the place in it."""


class StorageError(PodcastError):
    """The machine has no room, no leave or no way to write a file; what was there before is whole."""

    @classmethod
    def of(cls, error: OSError) -> "StorageError | None":
        """Return what the system's error means to a person; None where it may be a bug of ours."""
        path = error.filename if error.filename is not None else "a file"
        again = "then run the command again: what is finished stays"
        said = {
            errno.ENOSPC: ("the disk is full", f"make room (podcast clean removes what is not needed), {again}"),
            errno.EDQUOT: ("your quota of the disk is used up", f"make room (podcast clean), {again}"),
            errno.EFBIG: ("the file would be larger than the system allows", f"raise the limit (ulimit -f), {again}"),
            errno.EROFS: (
                "it is on a disk that can only be read",
                f"mount it for writing, or choose another with -C, {again}",
            ),
            errno.EACCES: ("permission is denied", f"check who owns it (ls -ld), {again}"),
            errno.EPERM: ("the system does not permit it", f"check who owns it (ls -ld), {again}"),
            errno.EMFILE: ("too many files are open", f"raise the limit (ulimit -n), {again}"),
            errno.ENFILE: ("the machine has too many files open", f"close other programs, {again}"),
            errno.EISDIR: ("a folder lies in its place", f"move the folder away, {again}"),
            errno.ENOTDIR: ("a file lies in the place of its folder", f"move that file away, {again}"),
            errno.EEXIST: ("another thing lies in its place", f"move it away (ls -ld shows it), {again}"),
            errno.ENOTEMPTY: ("a folder lies in its place", f"move the folder away, {again}"),
            errno.ELOOP: ("it is a link that leads in circles", f"remove the link, {again}"),
            errno.ESTALE: ("the network folder it lies on was exchanged", f"mount that folder anew, {again}"),
            errno.ENAMETOOLONG: ("its name is too long for the disk", f"choose a folder nearer the top, {again}"),
            errno.ENOTSUP: ("the disk it lies on cannot do that", f"choose another disk with -C, {again}"),
            errno.ENOSYS: ("the disk it lies on cannot do that", f"choose another disk with -C, {again}"),
            errno.EMLINK: ("the file has too many links for the disk", f"copy the show's folder, {again}"),
            errno.ETIMEDOUT: ("the disk does not answer in time", f"look at the network folder it lies on, {again}"),
            errno.EIO: ("the disk does not answer as it should", "check the disk; what was published is kept in feed/"),
        }.get(error.errno or 0)
        return cls(f"{path} cannot be used: {said[0]}", said[1]) if said else None


class Busy(PodcastError):
    """Another command works on the same thing, and this one was told not to wait for it."""


class SourceError(PodcastError):
    """The papers could not be read; the message names the entry and the field."""


class NoPapers(SourceError):
    """The day has no papers: there is nothing to say, and that is no failure."""

    exit_code = 0


class NoText(SourceError):
    """The paper's text is not to be had in this form, now or later: another form may do."""


class Walled(SourceError):
    """A service does not let us in, as it does browsers: that says nothing of the paper, and another may."""


class Unanswered(SourceError):
    """A service is out, or lets us wait: it would give no answer to anything else now."""


class ModelUnavailable(PodcastError):
    """The language model cannot be asked now, for any paper: no server, no quota, or no answer that is one."""


class Endless(PodcastError):
    """A server's answer took more time, or more room, than any right one does; the message names the server."""


class OverBudget(PodcastError):
    """What is wanted costs more than it may; nothing was asked that is not kept."""


class WriterError(PodcastError):
    """The writer gave no usable brief or script; the message names the saved draft."""


class InvalidScript(WriterError):
    """A line of the script breaks a rule; the message names the line."""


class NoSuchLine(InvalidScript):
    """A line is named by a number that the script does not go to."""

    exit_code = 2


class Stale(InvalidScript):
    """The script is another version than the one that was changed; the message says which."""


class Ungrounded(WriterError):
    """A line states what its evidence does not; the message names the line and the fact."""


class SynthesisError(PodcastError):
    """A line could not be spoken; the message names line, host and what was heard."""


class MixError(PodcastError):
    """ffmpeg could not make the episode; the message holds its last lines."""


class DamagedTake(MixError):
    """Takes on disk are not what was recorded, and were removed; the message names their lines."""


class MailError(PodcastError):
    """The mail server does not answer, let us in or take a mail; who has the mail already gets it no second time."""


class PublishError(PodcastError):
    """The feed could not be put in place; what was published before still stands."""


class Refused(PublishError):
    """The target does not take what is published, and will not until a person puts something right."""
