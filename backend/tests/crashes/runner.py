"""Killing a step at its points, one after the other, and looking at what is left."""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import time_machine
from django.utils import timezone

from apps.common import outbox
from apps.common.models import OutboxMessage
from apps.posts import services
from tests.crashes.points import Work, run_and_die
from tests.crashes.state import Announcements, State, clear, state_of
from tests.crashes.steps import STEPS, Scene, Step, claims_run_out, set_scene


class Half(AssertionError):
    """The promise was broken; says where."""


@dataclass(frozen=True)
class Report:
    """One step: how many points it has, at how many it was killed, how the kills divide, and how long it took."""

    step: str
    points: int
    kills: int
    left_old: int
    tried_again: int
    """Runs in which a subscriber had been begun by the process that died."""
    seconds: float


def run(folder: Path, *, sample: int | None = None, seed: int = 1, only: str = "") -> Iterator[Report]:
    """Kill each step at each of its points, or at `sample` points of each: the first, the last, and some between."""
    announcements = Announcements(folder)
    for step in STEPS:
        if only in {"", step.name}:
            yield _try_step(step, announcements, sample, random.Random(f"{seed}/{step.name}"))


def _try_step(step: Step, announcements: Announcements, sample: int | None, chance: random.Random) -> Report:
    started = time.monotonic()
    scene = _anew(step)
    old = state_of(scene.post)
    step.run(scene)  # in this process first: what is remembered between requests is remembered in all runs
    new = state_of(scene.post)
    total = run_and_die(_work_of(step, _anew(step)), last=None)
    if total is None:
        raise Half(f"{step.name}: was killed though nobody asked for it")
    kills = list(range(1, total + 1))
    if sample is not None and sample < total:
        kills = sorted([1, total, *chance.sample(kills[1:-1], max(0, sample - 2))])
    left_old = tried_again = 0
    for point in kills:
        scene = _anew(step)
        if run_and_die(_work_of(step, scene), last=point) is not None:
            raise Half(f"{step.name}: ended before point {point} of {total}")
        left_old += _look(step, scene, old, new, point)
        tried_again += announcements.attempts(scene.post) > 0
        _go_on(step, scene, old, point)
        _look_at_the_end(step, scene, new, announcements, point)
    return Report(step.name, total, len(kills), left_old, tried_again, time.monotonic() - started)


def _anew(step: Step) -> Scene:
    clear()
    return set_scene(step)


def _work_of(step: Step, scene: Scene) -> Work:
    return lambda: step.run(scene)


def _look(step: Step, scene: Scene, old: State, new: State, point: int) -> bool:
    """Whether the state is the old one. If it is neither that nor the new one, the promise is broken."""
    state = state_of(scene.post)
    if state not in (old, new):
        raise Half(f"{step.name}, killed at point {point}: {_difference(state, old)}; {_difference(state, new)}")
    return state == old


def _go_on(step: Step, scene: Scene, old: State, point: int) -> None:
    """Repeat the request, or let the next worker do its work, until there is none."""
    was_old = state_of(scene.post) == old
    status = step.run(scene)
    if status is not None and not _fits(status, was_old, step):
        raise Half(f"{step.name}, killed at point {point}: repeating it answered {status}")
    with time_machine.travel(timezone.now() + claims_run_out()):
        while outbox.drain():
            pass


def _fits(status: int, was_old: bool, step: Step) -> bool:
    """A repeated request is carried out if the first one was not, else refused."""
    return 200 <= status < 300 if was_old else status in step.done


def _look_at_the_end(step: Step, scene: Scene, new: State, announcements: Announcements, point: int) -> None:
    where = f"{step.name}, killed at point {point} and repeated"
    state = state_of(scene.post)
    if state != new:
        raise Half(f"{where}: {_difference(state, new)}")
    if state["events"].get("posts.published", 0) != step.publications:
        raise Half(f"{where}: published {state['events']}")
    left = OutboxMessage.objects.filter(done_at__isnull=True)
    if left.exists():
        raise Half(f"{where}: never carried out: {[str(message) for message in left]}")
    if announcements.effects(scene.post) != (step.publications, step.publications):
        raise Half(f"{where}: effects {announcements.effects(scene.post)}")
    services.recount()
    if state_of(scene.post) != new:
        raise Half(f"{where}: counters are off: {_difference(state_of(scene.post), new)}")


def _difference(found: State, wanted: State) -> dict[str, tuple[object, object]]:
    return {name: (found[name], wanted[name]) for name in wanted if found[name] != wanted[name]}
