"""A cache in the memory of each process that gives what it was given, not a copy of it.

Django's own writes each value out and reads it back, so that nobody changes what others are given. To read a page of a
hundred kilobytes back costs more than all else that is done for a kept answer, and nobody can change bytes and tuples.
"""

from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache


class Memory(LocMemCache):
    """Only for what cannot be changed. What Django's can do besides getting and setting is refused."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        key = self.make_key(key, version=version)
        with self._lock:
            if self._has_expired(key):
                self._delete(key)
                return default
            self._cache.move_to_end(key, last=False)
            return self._cache[key]

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        key = self.make_key(key, version=version)
        with self._lock:
            self._set(key, value, timeout)

    def add(self, *_: Any, **__: Any) -> bool:
        raise NotImplementedError("what is kept here is set, and got")

    incr = add
