"""The command `route`: shows which way a referral would go, and why."""

from pathlib import Path
from typing import Annotated, Any, cast

import typer
import yaml

from referral_api.directory_files import ContentError, RoutingContent, read_routing_content
from referral_api.domain.coded_facts import FactsError, facts_from_codes
from referral_api.domain.routing import Plan, plan_route

command = typer.Typer(add_completion=False)

_POLICE = "  [police only with consent]"
_MARKS = {True: "+", False: "-"}


@command.callback(invoke_without_command=True)
def route(
    explain: Annotated[
        Path, typer.Option(help="YAML or JSON file with coded fields; '-' reads standard input")
    ],
    consent: Annotated[
        list[str] | None, typer.Option(help="organisation the consent names; may be repeated")
    ] = None,
    language: Annotated[str, typer.Option(help="language of the explanation")] = "nl",
    content: Annotated[Path, typer.Option(help="folder with the content files")] = Path("content"),
) -> None:
    """Plan the route of the referral in FILE and explain every rule."""
    try:
        known = read_routing_content(content)
        facts = facts_from_codes(_coded(explain))
    except (ContentError, FactsError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(code=1) from error
    plan = plan_route(facts, frozenset(consent or ()), known.directory, known.regions, known.rules)
    typer.echo("\n".join(_lines(plan, known, language)))


def _coded(path: Path) -> dict[str, object]:
    text = typer.get_text_stream("stdin").read() if str(path) == "-" else _text(path)
    try:
        # BaseLoader: the answer `no` stays the word `no`.
        coded: Any = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  plain words only
    except yaml.YAMLError as error:
        message = f"{path}: not valid YAML or JSON"
        raise FactsError(message) from error
    if not isinstance(coded, dict):
        message = f"{path}: a referral is a list of 'field: code' lines"
        raise FactsError(message)
    return cast("dict[str, object]", coded)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: the file cannot be read"
        raise FactsError(message) from error


def _lines(plan: Plan, known: RoutingContent, language: str) -> list[str]:
    names = known.directory.organisations
    lines = [f"lead    {plan.lead}: {names[plan.lead].name}"]
    lines += [f"other   {name}: {names[name].name}" for name in plan.others]
    for door in plan.shown:
        mark = (
            "  [police only with consent]" if names[door.organisation].needs_police_consent else ""
        )
        lines.append(f"shown   {door.organisation}{mark}")
        lines.append(f"        {known.texts.write(door.note, language)}")
    lines.append("")
    lines += [
        f"{_MARKS[line.matched]} {line.rule}: {line.text}"
        for line in known.texts.explain(plan, language)
    ]
    return lines
