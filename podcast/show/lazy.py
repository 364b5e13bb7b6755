"""What a value works out when it is first asked for, once for all threads."""

from collections.abc import Callable
from functools import cached_property
from threading import RLock
from typing import Any, Self, TypeVar, overload

T = TypeVar("T")


class lazy(cached_property[T]):
    """A cached property that is worked out once, whoever asks first: threads that ask meanwhile wait for it.

    functools' own takes no lock from Python 3.12 on (cpython issue 87634), and two threads got two of what there is to
    be one of: a meter of the budget, a limit of requests.
    """

    def __init__(self, work: Callable[[Any], T]) -> None:
        super().__init__(work)
        self._lock = RLock()

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> T: ...
    def __get__(self, instance: object | None, owner: type[Any] | None = None) -> Self | T:
        if instance is None:
            return self
        with self._lock:
            return super().__get__(instance, owner)
