"""Days of the calendar as configuration writes them."""

from datetime import date, timedelta

from crmgov.check.governance.scene import Scene


def day(text: object) -> date | None:
    """The day a text stands for; None where it is none, such as 2026-02-30."""
    try:
        return date.fromisoformat(text) if isinstance(text, str) and len(text) == 10 else None
    except ValueError:
        return None


def is_to_come(scene: Scene, when: date) -> bool:
    """Whether a day has not begun anywhere: a day's difference is a matter of time zones."""
    return when - scene.today > timedelta(days=1)


def days(number: int) -> str:
    """A number of days in words."""
    return f"{number:,} day{'' if number == 1 else 's'}"
