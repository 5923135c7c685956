"""Periodic jobs of accounts."""

from apps.accounts.api_tokens import forget_old_tokens
from apps.accounts.challenges import forget_old_challenges
from apps.accounts.guessing import forget_old_failures
from apps.accounts.relations import recount_followers
from apps.accounts.security_log import forget_old_events
from apps.accounts.sessions import forget_old_sessions
from apps.common.periodic import every


@every(hours=1)
def clean_up_sign_ins() -> None:
    """Drop sessions, tokens, steps and events that are long over, and windows of failed tries that have passed."""
    forget_old_sessions()
    forget_old_failures()
    forget_old_challenges()
    forget_old_tokens()
    forget_old_events()


@every(hours=24)
def recount() -> None:
    """Set right what a restored backup or a hand in the database may have put wrong."""
    recount_followers()
