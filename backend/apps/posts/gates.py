"""Who else has a say before a post becomes public. Other apps put their gates up:

    @gates.register
    def refuse_unread(post: Post) -> None:
        if not post.body:
            raise InvalidState("There is nothing to read in it.")

They are asked inside the transaction that publishes or schedules, under the lock of the post's row; imports pass.
"""

from collections.abc import Callable

from apps.posts.models import Post

Gate = Callable[[Post], None]
_gates: list[Gate] = []


def register(gate: Gate) -> Gate:
    """Ask this gate about every publication from now on; registering it twice is registering it once."""
    if gate not in _gates:
        _gates.append(gate)
    return gate


def ask(post: Post) -> None:
    """Raises whatever a gate objects with."""
    for gate in _gates:
        gate(post)
