"""How the command line is read and explained: one look for every help, and options that may stand anywhere."""

import os
import re
import shlex
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from podcast import __version__
from podcast.cli.manual import EXAMPLES, NEEDS

if TYPE_CHECKING:
    from typer.core import TyperArgument

    Parameter = TyperOption | TyperArgument

_UsageError: Any = typer.BadParameter.__mro__[1]
"""Click's, of whichever click typer has, which does not hand it on."""
_ANYWHERE = ("show", "verbose", "quiet", "no_wait")
"""Options of the program that each command takes too."""
_CHANGES = {"line", "text", "host", "retake", "delete_line", "insert_after", "stage", "because"}
"""Options that say what is to be changed, of the commands that change an episode."""
_CHANGING = {"regenerate", "fix"}
_LINES = {"--line", "--retake", "--delete-line", "--insert-after"}
"""Options that take a line's number."""
_TYPED = "podcast.typed"
"""Under which a context has the command's words as they were typed."""
_WIDEST = 120
"""Columns of a help page at most; a narrower terminal has its own."""

SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": _WIDEST}
"""What every command of the program is read with."""


class _Spoken:
    """What commands and groups of them do alike."""

    settle: Callable[[typer.Context], None]
    """Called with the program's context where a command was given options of the program."""

    def get_params(self, ctx: Any) -> list[Any]:
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        root = ctx.find_root()
        if ctx is root:
            return params
        return [*params, *(param for param in root.command.params if param.name in _ANYWHERE)]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        try:
            rest: list[str] = super().parse_args(ctx, args)  # type: ignore[misc]
        except _UsageError as error:
            error.ctx = error.ctx or ctx  # the parser's own errors name no command
            raise
        root = ctx.find_root()
        if ctx is root:
            return rest
        said = {name: ctx.params.pop(name) for name in _ANYWHERE if name in ctx.params}
        given = {name: value for name, value in said.items() if _typed(ctx, name)}
        if given:
            root.params.update(given)
            root.command.settle(root)
        return rest

    def format_help(self, ctx: Any, formatter: Any) -> None:
        root = ctx.find_root()
        name = ctx.command_path.removeprefix(root.command_path).strip()
        own = [param for param in ctx.command.get_params(ctx) if ctx is root or param.name not in _ANYWHERE]
        arguments = [param for param in own if param.param_type_name == "argument"]
        options = [param for param in own if param.param_type_name == "option" and not param.hidden]
        commands = ["COMMAND"] if isinstance(self, TyperGroup) else []
        formatter.write_usage(ctx.command_path, " ".join([*map(_placed, arguments), *commands, "[OPTIONS]"]))
        self.format_help_text(ctx, formatter)  # type: ignore[attr-defined]
        if examples := EXAMPLES.get(name):
            with formatter.section(_bold("Examples")):
                for line in _examples(examples, formatter.width - 2):
                    formatter.write(f"  {line}\n")
        if isinstance(self, TyperGroup):
            for title, names in (NEEDS if ctx is root else {"Commands": tuple(self.list_commands(ctx))}).items():
                with formatter.section(_bold(title)):
                    found = ((each, self.get_command(ctx, each)) for each in names)
                    formatter.write_dl([(each, _first(command.help or "")) for each, command in found if command])
        for title, params in (("Arguments", arguments), ("Options", options)):
            if params:
                with formatter.section(_bold(title)):
                    formatter.write_dl([_row(param, ctx) for param in params])
        self.format_epilog(ctx, formatter)  # type: ignore[attr-defined]
        if ctx is not root:
            formatter.write("\nEvery command takes -C DIR, -v, -q and --no-wait too: podcast help\n")


class Command(_Spoken, TyperCommand):
    """A command. An option that says what of an episode is to be changed is given once: of two the first would be lost
    unsaid."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        ctx.meta[_TYPED] = typed = list(args)
        rest = super().parse_args(ctx, args)
        if self.name in _CHANGING:
            given = [param for param in self.make_parser(ctx).parse_args(typed)[2] if param.name in _CHANGES]
            if twice := next((param for param in given if given.count(param) > 1), None):
                from podcast.show.errors import WrongUsage

                raise WrongUsage(f"{max(twice.opts, key=len)} is given twice", "make one change after the other")
        return rest


class Group(_Spoken, TyperGroup):
    """Commands under one word."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Read `help`, `help COMMAND` and `version` as people write them, too."""
        if ctx is ctx.find_root() and args[0] in ("help", "version"):
            if args[0] == "version" or not args[1:]:
                typer.echo(__version__ if args[0] == "version" else ctx.get_help())
                raise typer.Exit
            args = [*args[1:], "--help"]
        return super().resolve_command(ctx, args)


def told(error: Any) -> tuple[str, str]:
    """Return what is wrong with the command line, and the way out: what was meant, as far as that can be guessed."""
    from podcast.show import mistakes

    context = getattr(error, "ctx", None)
    more = f"{context.command_path if context else 'the command with'} -h says what it takes"
    written = getattr(error, "option_name", "")
    if context and type(error).__name__ == "NoSuchOption" and written:
        if others := _having(context, written):
            return f"there is no option {written} here", f"{', '.join(others)} {_has(others)} it; {more}"
        known = [name for param in context.command.get_params(context) for name in param.opts if name.startswith("--")]
        return f"there is no option {written}", f"{mistakes.meant(written, known)} {more}".removeprefix(":").strip()
    if context and type(error).__name__ == "BadOptionUsage":
        value = next((_value(param) for param in context.command.get_params(context) if written in param.opts), "")
        more = f"{written} {value}; {more}" if value else more
    message = str(error.format_message()).rstrip(".")
    message, _, guess = message.partition(". Did you mean ")
    if type(error).__name__ == "BadParameter":
        name = max(error.param.opts, key=len) if error.param and error.param.opts else ""
        problems: list[Any] = getattr(error.__cause__, "errors", list)()
        said = mistakes.said(problems[0]) if problems else error.message.rstrip(".")
        message = f"{name}: {said}".removeprefix(": ")
        value = str(problems[0].get("input")) if problems else ""
        if name in _LINES and (several := re.fullmatch(r"(\d+)\s*(?:[-–,]|\.\.)\s*\d.*", value)):
            return message, f"one line at a time: {name} {several[1]}; {more}"
        if context and name in _LINES and re.fullmatch(r"\d{1,3}(:\d\d){1,2}", value):
            given = context.command.make_parser(context).parse_args(list(context.meta[_TYPED]))[0]
            episode = shlex.quote(given.get("target") or given.get("paper") or "latest")
            return message, (
                f"podcast script {episode} --at {value} tells the number of the line heard there; "
                f"podcast fix {episode} {value} changes its words"
            )
    return f"{message[:1].lower()}{message[1:]}", f"did you mean {guess.rstrip('?')}? {more}" if guess else more


def _having(context: Any, written: str) -> list[str]:
    """Return the commands that have the option, which this one has not."""
    commands = context.find_root().command.commands
    names = {name: {each for param in one.params for each in (*param.opts, *param.secondary_opts)}
             for name, one in commands.items()}  # fmt: skip
    return [name for name in names if written in names[name]]


def _has(names: list[str]) -> str:
    return "has" if len(names) == 1 else "have"


def _typed(ctx: Any, name: str) -> bool:
    source = ctx.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _bold(text: str) -> str:
    """Return the heading; bold, which whatever is no terminal is spared."""
    return text if "NO_COLOR" in os.environ else typer.style(text, bold=True)


def _placed(argument: "TyperArgument") -> str:
    name = _value(argument)
    return name if argument.required or name.startswith("[") else f"[{name}]"


def _value(param: "Parameter") -> str:
    """Return what stands for the parameter's value; "" for a flag. A test holds every other to have a metavar."""
    return "" if getattr(param, "is_flag", False) else str(param.metavar or "VALUE")


def _row(param: "Parameter", ctx: Any) -> tuple[str, str]:
    """Return how the parameter is written, and what it is for."""
    names = ", ".join(sorted([*param.opts, *param.secondary_opts], key=len)) if param.opts else ""
    head = _value(param) if param.param_type_name == "argument" else f"{names} {_value(param)}".rstrip()
    said = [str(getattr(param, "help", "") or "")]
    default = param.default
    if isinstance(default, int | str) and not isinstance(default, bool) and default != "":
        said.append(f"Default: {default}.")
    return head, " ".join(said)


def _first(text: str) -> str:
    """Return the first sentence: what a list of commands has room for."""
    sentence = " ".join(text.split("\n\n")[0].split()).partition(". ")[0].partition(": ")[0]
    return sentence.rstrip(".") + "."


def _examples(examples: Any, width: int) -> Iterator[str]:
    """Yield a line an example, never broken; what it does stands beside it, or above where there is no room."""
    column = max((len(each) for each in examples if len(each) <= width // 2), default=0)
    for command, told in examples.items():
        if told and len(command) <= column and column + len(told) + 4 <= width:
            yield f"{command:<{column}}  # {told}"
        else:
            yield from ([f"# {told}", command] if told else [command])
