"""A key that nothing may show: servers echo keys in their errors, whole or masked."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

_PIECE = 8
"""So many signs of a key in a row are no chance; ..."""
_MASKED = 3
"""... fewer will do in a word that is visibly masked."""


class Secret:
    """The key of a server; `value` is for the request's header alone."""

    def __init__(self, value: str) -> None:
        self.value = value
        self._pieces = {size: _runs(value, size) for size in (_MASKED, _PIECE)}

    def clean(self, value: Any, *, in_words: bool = False) -> Any:
        """Return JSON without the key, and without halves of characters, which no file can hold."""
        if isinstance(value, str):
            return self.hide(value.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), in_words=in_words)
        if isinstance(value, list):
            return [self.clean(one, in_words=in_words) for one in value]
        if isinstance(value, Mapping):
            return {name: self.clean(one, in_words=in_words or name == "error") for name, one in value.items()}
        return value

    def hide(self, text: str, *, in_words: bool = False) -> str:
        """Return the text without the key and its pieces, in whatever invisible signs; in a server's own words also
        without masked keys."""
        shown = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
        if shown != text and any(piece in shown for piece in self._pieces[_PIECE]):
            text = shown
        if any(piece in text for piece in self._pieces[_PIECE]):
            for size in range(len(self.value), _PIECE - 1, -1):
                for piece in _runs(self.value, size):
                    text = text.replace(piece, "[key]")
        if in_words:
            if 0 < len(self.value) < _PIECE:
                text = re.sub(rf"(?<!\w){re.escape(self.value)}(?!\w)", "[key]", text)
            text = re.sub(r"""[^\s"',:;(){}]+""", self._unmasked, text)
        return text

    def _unmasked(self, word: re.Match[str]) -> str:
        masked = "..." in word[0] or "…" in word[0]
        ours = masked and any(piece in word[0] for piece in self._pieces[_MASKED])
        return "[key]" if ours or "**" in word[0] or word[0].startswith("sk-") else word[0]


def _runs(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(len(text) - size + 1)]
