"""Why something could not be fetched."""


class FetchError(Exception):
    """There is no answer."""


class FetchRefused(FetchError):
    """We do not go there, now or later: a private address, another protocol, too many redirects, too large."""


class FetchFailed(FetchError):
    """They did not answer, or made no sense. It may go better later."""
