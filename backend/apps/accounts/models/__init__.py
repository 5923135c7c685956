"""Accounts, how they are proved, and how they stand to each other."""

from apps.accounts.models.api_token import ApiToken
from apps.accounts.models.challenge import Challenge
from apps.accounts.models.limits import SignInFailure
from apps.accounts.models.relations import Block, Follow
from apps.accounts.models.security_event import SecurityEvent
from apps.accounts.models.session import Session
from apps.accounts.models.user import User

__all__ = ["ApiToken", "Block", "Challenge", "Follow", "SecurityEvent", "Session", "SignInFailure", "User"]
