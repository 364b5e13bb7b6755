"""What is worked out when it is first asked for is worked out once."""

import threading
import time

from podcast.show.lazy import lazy


class Counted:
    made = 0

    @lazy
    def thing(self) -> object:
        type(self).made += 1
        time.sleep(0.02)
        return object()

    @lazy
    def of_thing(self) -> tuple[object, str]:
        return self.thing, "seen"


def test_threads_get_one() -> None:
    """Eight that ask at once have the same; another instance has its own."""
    shared, got = Counted(), list[object]()
    threads = [threading.Thread(target=lambda: got.append(shared.of_thing[0])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counted.made == 1
    assert {id(each) for each in got} == {id(shared.thing)}
    assert Counted().thing is not shared.thing
