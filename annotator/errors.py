"""The one error a user may meet: what went wrong, and what to do about it."""


class AnnotatorError(Exception):
    """A refusal in two short sentences; `message` says what, `hint` says the way out."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()
