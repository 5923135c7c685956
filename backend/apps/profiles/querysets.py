"""Reads of people together with what they published."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from apps.accounts.models import User
from apps.posts.models import Post


def due_counts_by_author() -> Counter[int]:
    """Posts that are due but not settled yet, by who writes them: visible already, but not in the stored counters.
    One query, over an index that holds scheduled posts alone."""
    due = Post.objects.due().order_by()
    own = due.values_list("author_id").annotate(number=Count("pk"))
    shared = due.exclude(co_author_count=0).values_list("co_author_links__user_id").annotate(number=Count("pk"))
    counts: Counter[int] = Counter()
    for pk, number in own.union(shared, all=True):
        counts[pk] += number
    return counts


def writers(due: Counter[int]) -> QuerySet[User]:
    """Active accounts with at least one visible post."""
    users: QuerySet[User] = User.objects.visible_to(None)
    return users.filter(Q(post_count__gt=0) | Q(pk__in=list(due))) if due else users.filter(post_count__gt=0)


def add_due(users: Iterable[User], due: Counter[int]) -> None:
    """Make the counters of these rows say what readers see now. For showing: do not save the rows."""
    for user in users:
        user.post_count += due[user.pk]
