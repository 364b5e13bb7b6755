"""The child process of `espeak`: orders on standard input, each a line of JSON; answers on standard output.

An answer is the rate in Hz and the number of bytes that follow, each in 4 bytes, the lowest first; then 16-bit PCM, or,
where the rate is 0, what went wrong. The functions and constants are those of eSpeak NG's speak_lib.h.
"""

import ctypes
import json
import os
import sys

import espeakng_loader

_AUDIO_OUTPUT_SYNCHRONOUS = 2
_RATE, _PITCH = 1, 3
_CHARS_UTF8 = 1
_PHONEMES = 0x100
"""What stands in [[ ]] is phonemes."""


def main() -> None:
    """Speak each order, until there are no more."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    rate = library.espeak_Initialize(_AUDIO_OUTPUT_SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0)
    for order in sys.stdin.buffer:
        # eSpeak says a text otherwise after another text: each is said by a copy of the process that has said none
        speaker = os.fork()
        if not speaker:
            try:
                _answer(*_say(library, rate, json.loads(order)))
            finally:
                os._exit(0)
        os.waitpid(speaker, 0)


def _say(library: ctypes.CDLL, rate: int, order: dict[str, str | int]) -> tuple[int, bytes]:
    if rate <= 0:
        return 0, b"eSpeak could not be started"
    if library.espeak_SetVoiceByName(str(order["voice"]).encode()) != 0:
        return 0, f"eSpeak has no voice {order['voice']!r}".encode()
    library.espeak_SetParameter(_RATE, order["pace"], 0)
    library.espeak_SetParameter(_PITCH, order["pitch"], 0)
    spoken = bytearray()

    def hear(samples: "ctypes._Pointer[ctypes.c_short]", count: int, _events: int) -> int:
        if samples and count > 0:
            spoken.extend(ctypes.string_at(samples, count * 2))
        return 0

    callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)(hear)
    library.espeak_SetSynthCallback(callback)
    text = str(order["text"]).encode() + b"\0"
    flags = _CHARS_UTF8 | (_PHONEMES if order["sounds"] else 0)
    if library.espeak_Synth(text, ctypes.c_size_t(len(text)), 0, 0, 0, flags, None, None) != 0:
        return 0, b"eSpeak refused the text"
    library.espeak_Synchronize()
    return rate, bytes(spoken)


def _answer(rate: int, data: bytes) -> None:
    sys.stdout.buffer.write(rate.to_bytes(4, "little") + len(data).to_bytes(4, "little") + data)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
