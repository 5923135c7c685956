"""What guards secrets from being guessed."""

from django.db import models


class SignInFailure(models.Model):
    """Tries at one secret or from one address, in the current window. In the database, so that the limit holds with
    the cache away. `subject` is a keyed digest, so the table names nobody."""

    subject = models.CharField(max_length=80, unique=True)
    count = models.PositiveIntegerField(default=0)
    window_ends_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["window_ends_at"], name="sign_in_failure_window")]

    def __str__(self) -> str:
        return f"{self.subject}: {self.count}"
