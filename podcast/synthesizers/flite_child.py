"""The child process of `flite` (see `child`). The functions and types are those of flite 2's flite.h and cst_wave.h."""

import ctypes

from podcast.synthesizers import child

LIBRARY = "libflite.so.1"
"""What Debian's ffmpeg and flite are both linked with."""
_LANGUAGE = ("libflite_usenglish.so.1", "libflite_cmulex.so.1")
VOICES = ("slt", "rms", "awb")
"""Those that say here what they say by ffmpeg, sample by sample, as older takes do; kal16 does not."""


class _Wave(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_char_p),
        ("rate", ctypes.c_int),
        ("count", ctypes.c_int),
        ("channels", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    )


def main() -> None:
    """Speak each order, until there are no more."""
    library = ctypes.CDLL(LIBRARY, mode=ctypes.RTLD_GLOBAL)
    library.flite_init()
    library.flite_text_to_wave.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    library.flite_text_to_wave.restype = ctypes.POINTER(_Wave)
    for name in _LANGUAGE:
        ctypes.CDLL(name, mode=ctypes.RTLD_GLOBAL)
    child.answer_all(lambda order: _say(library, order))


def _say(library: ctypes.CDLL, order: child.Order) -> child.Said:
    name = f"cmu_us_{order['voice']}"
    register = getattr(ctypes.CDLL(f"libflite_{name}.so.1"), f"register_{name}")
    register.restype = ctypes.c_void_p
    wave = library.flite_text_to_wave(str(order["text"]).encode("ascii", "replace"), register(None))
    if not wave:
        return 0, b"flite refused the text"
    return wave.contents.rate, ctypes.string_at(wave.contents.samples, 2 * wave.contents.count)


if __name__ == "__main__":
    main()
