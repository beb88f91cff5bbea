"""Stories that go on, as readers meet them: an item's thread in the order of time, and what each item is in it."""

from items.threads.reading import Step, desk_thread, mark, threads_of
from items.threads.words import said_of

__all__ = ["Step", "desk_thread", "mark", "said_of", "threads_of"]
