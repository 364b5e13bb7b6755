"""Where what comes with the project lies, installed or in a checkout: counted from one file, this one."""

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


def folder(*names: str) -> Path:
    """Return a folder of files that a wing carries, such as `folder("press", "templates")`."""
    return _PACKAGE.joinpath(*names)


def voices() -> Path:
    """Return the folder of the voices, which stand at the top of a checkout, where a person looks for them."""
    installed = _PACKAGE / "voices"
    return installed if installed.is_dir() else _PACKAGE.parent / "voices"
