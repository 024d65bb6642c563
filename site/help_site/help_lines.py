"""The few phone numbers that help without coming back, for pages where something went wrong."""

from dataclasses import dataclass

from help_site.directory import Channel, Directory

# First the ones for danger; children hear of a number of their own, and so does an unknown age.
_FOR_ALL = ("112", "113", "comensha")
_FOR_CHILDREN = ("kindertelefoon",)
_CHILD_BANDS = ("0-8", "9-17")


@dataclass(frozen=True, slots=True)
class HelpLine:
    """An organisation with the number that may be shown."""

    name: str
    summary: str
    channel: Channel


def help_lines(directory: Directory, age_band: str = "") -> tuple[HelpLine, ...]:
    """Numbers that a source vouches for; one that may not be published is left out."""
    wanted = _FOR_ALL + (_FOR_CHILDREN if age_band in _CHILD_BANDS else ())
    lines: list[HelpLine] = []
    for name in wanted:
        organisation = directory.organisations.get(name)
        channel = directory.first_phone(organisation) if organisation else None
        if organisation is not None and channel is not None:
            lines.append(HelpLine(organisation.name, organisation.summary, channel))
    return tuple(lines)
