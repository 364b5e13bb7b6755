"""The child process of `espeak` (see `child`). The functions and constants are those of eSpeak NG's speak_lib.h."""

import ctypes

import espeakng_loader

from podcast.synthesizers import child

_AUDIO_OUTPUT_SYNCHRONOUS = 2
_RATE, _PITCH = 1, 3
_CHARS_UTF8 = 1
_PHONEMES = 0x100
"""What stands in [[ ]] is phonemes."""


def main() -> None:
    """Speak each order, until there are no more."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    rate = library.espeak_Initialize(_AUDIO_OUTPUT_SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0)
    child.answer_all(lambda order: _say(library, rate, order))


def _say(library: ctypes.CDLL, rate: int, order: child.Order) -> child.Said:
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


if __name__ == "__main__":
    main()
