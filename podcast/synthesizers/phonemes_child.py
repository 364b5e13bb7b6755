"""The child process of `phonemes`: a line of JSON in, an order; a line of JSON out, its phonemes.

The functions and constants are those of eSpeak NG's speak_lib.h.
"""

import ctypes
import json
import re
import sys

import espeakng_loader

_AUDIO_OUTPUT_SYNCHRONOUS = 2
_CHARS_UTF8 = 1
_IPA, _TIE = 0x02, 0x80
_LANGUAGE = re.compile(r"\([a-z-]+\)")
"""A flag where eSpeak changes the language for a word: (en)."""


def main() -> None:
    """Answer orders until there are no more."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    if library.espeak_Initialize(_AUDIO_OUTPUT_SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0) <= 0:
        sys.exit("eSpeak could not be started")
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    for line in sys.stdin.buffer:
        order = json.loads(line)
        if library.espeak_SetVoiceByName(order["voice"].encode()) != 0:
            answer: dict[str, object] = {"error": f"it has no voice {order['voice']!r}"}
        else:
            mode = _IPA | (_TIE | ord(order["tie"]) << 8 if order["tie"] else 0)
            answer = {"phonemes": [_phonemes(library, text, mode) for text in order["texts"]]}
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


def _phonemes(library: ctypes.CDLL, text: str, mode: int) -> str:
    rest, said = ctypes.c_char_p(text.replace("\0", " ").encode()), []
    while rest.value:  # a call reads one clause, and moves the pointer on
        said.append(library.espeak_TextToPhonemes(ctypes.byref(rest), _CHARS_UTF8, mode).decode())
    return " ".join(_LANGUAGE.sub("", each).strip() for each in said if each)


if __name__ == "__main__":
    main()
