"""What is shown before it is built, and what makes it.

Everything here happens on the server's event loop; looks are made in a thread of their own.
"""

import asyncio
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor

from gazette.preview.look import Looks, first_look, second_look
from gazette.publish.kept import Planned, Published


class Ahead:
    """Looks at pages, each with the number of the last change that it knows of."""

    def __init__(self) -> None:
        self._looks: Looks = {}
        self._numbers: dict[str, int] = {}
        self._planned: tuple[Planned, int] | None = None
        self._looker = ThreadPoolExecutor(1, "gazette-look")

    def close(self) -> None:
        """No more looks."""
        self._planned = None
        self._looker.shutdown(wait=False, cancel_futures=True)

    def get(self, path: str) -> bytes | None:
        """What is shown at this output path; None if that is what the folder holds."""
        return self._looks.get(path)

    def look(
        self, made: Published | None, changed: Iterable[str], open_pages: Iterable[str]
    ) -> "Future[Looks]":
        """Begin a first look; what it gives can be `put`."""
        return self._looker.submit(first_look, made, changed, open_pages)

    def put(self, looks: Looks, number: int) -> None:
        """Show these; `number` is that of the change that was looked at."""
        self._looks |= looks
        self._numbers |= dict.fromkeys(looks, number)

    def plan(self, planned: Planned, number: int) -> list[str]:
        """A build that knows of changes up to `number` is under way: the looks that are over by that.

        The folder holds already what the build would make at their paths.
        """
        self._planned = planned, number
        return self._forget(path for path in self._up_to(number) if path not in planned.outputs)

    def published(self, number: int) -> list[str]:
        """The folder holds all changes up to `number`: the looks that are over by that."""
        return self._forget(self._up_to(number))

    def ended(self) -> None:
        """No build is under way."""
        self._planned = None

    async def make(self, path: str) -> bool:
        """Look at what the build that is under way makes of this path; whether that is news."""
        under_way = self._planned
        if under_way is None or self._knows(path, under_way[1]):
            return False
        planned, number = under_way
        if path not in planned.outputs:
            return False
        loop = asyncio.get_running_loop()
        data = await loop.run_in_executor(self._looker, second_look, planned, path)
        if data is None or self._planned is not under_way or self._knows(path, number):
            return False
        self.put({path: data}, number)
        return True

    def _knows(self, path: str, number: int) -> bool:
        return self._numbers.get(path, -1) >= number

    def _up_to(self, number: int) -> list[str]:
        return [path for path, known in self._numbers.items() if known <= number]

    def _forget(self, paths: Iterable[str]) -> list[str]:
        found = list(paths)
        for path in found:
            del self._looks[path], self._numbers[path]
        return found
