"""The figures as a page for people: docs/understanding.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

HEADS = {
    "messages": "messages",
    "right": "right",
    "among_three": "right among three",
    "danger_caught": "danger caught",
    "danger_needless": "asked needlessly",
    "out_of_scope_kept": "out of scope kept out",
    "wrong_direct": "wrong answer given",
    "answered_directly": "answered without asking",
}
BAR_LENGTH = 40
WORST = 12


def page_of(report: Mapping[str, Any]) -> str:
    """Markdown: a table per language, a chart, thresholds, calibration and the worst intents."""
    parts = [
        "# How well the bot understands",
        "",
        "Written by `make evaluate`; do not edit. The messages are written apart from the training"
        f" examples. Reading: {report['understanding']}.",
        "",
        *_languages(report),
        "",
        *_chart(report),
        "",
        *_thresholds(report),
        "",
        *_calibration(report),
        "",
        *_intents(report),
    ]
    copies = report["near_copies"]
    parts += ["", f"Near copies of training examples in the sets: {len(copies)}.", ""]
    return "\n".join(parts)


def _languages(report: Mapping[str, Any]) -> list[str]:
    bars = report["bars"]
    limits = [_limit(bars[name]) if name in bars else "" for name in HEADS]
    rows = [
        _row(["", *HEADS.values()]),
        _row(["---"] + ["---:"] * len(HEADS)),
        _row(["bar", *limits]),
    ]
    held = dict(report["languages"])
    held["**trained**"], held["**untrained**"] = report["trained"], report["untrained"]
    for language, found in held.items():
        if found:
            rows.append(_row([language, *(_cell(name, found[name], bars) for name in HEADS)]))
    return ["## Languages", "", *rows, "", "A figure below its bar is marked with (!)."]


def _chart(report: Mapping[str, Any]) -> list[str]:
    lines = ["## Right intent at once (#) and among the first three (+)", "", "```"]
    for language, found in report["languages"].items():
        first = round(found["right"] * BAR_LENGTH)
        three = round(found["among_three"] * BAR_LENGTH) - first
        bar = "#" * first + "+" * three
        lines.append(
            f"{language:4}{bar:{BAR_LENGTH}} {found['right']:.2f} {found['among_three']:.2f}"
        )
    return [*lines, "```"]


def _thresholds(report: Mapping[str, Any]) -> list[str]:
    rows = [
        _row(
            [
                "answer directly from",
                "answered without asking",
                "wrong answer given",
                "out of scope kept out",
            ]
        ),
        _row(["---:"] * 4),
    ]
    for found in report["direct_thresholds"]:
        rows.append(
            _row(
                [
                    f"{found['direct']:.1f}",
                    *(
                        _percent(found[name])
                        for name in ("answered_directly", "wrong_direct", "out_of_scope_kept")
                    ),
                ]
            )
        )
    now = ", ".join(f"{name} {value}" for name, value in report["thresholds"].items())
    return ["## Thresholds", "", f"Now: {now}.", "", *rows]


def _calibration(report: Mapping[str, Any]) -> list[str]:
    rows = [_row(["sureness", "messages", "mean", "right"]), _row(["---", "---:", "---:", "---:"])]
    for found in report["calibration"]:
        rows.append(
            _row(
                [
                    f"from {found['from']:.1f}",
                    str(found["messages"]),
                    f"{found['sure']:.2f}",
                    f"{found['right']:.2f}",
                ]
            )
        )
    return ["## Is it as sure as it is right?", "", *rows]


def _intents(report: Mapping[str, Any]) -> list[str]:
    rows = [
        _row(["intent", "messages", "right", "taken for"]),
        _row(["---", "---:", "---:", "---"]),
    ]
    for found in report["intents"][:WORST]:
        taken_for = ", ".join(found["taken_for"])
        rows.append(
            _row([found["intent"], str(found["messages"]), f"{found['right']:.2f}", taken_for])
        )
    return ["## The intents it finds hardest", "", *rows]


def _cell(name: str, value: float | None, bars: Mapping[str, Any]) -> str:
    if name == "messages":
        return str(value)
    if value is None:
        return "–"
    mark = ""
    if name in bars:
        limit, kind = bars[name]
        mark = " (!)" if (value < limit if kind == "least" else value > limit) else ""
    return _percent(value) + mark


def _limit(bar: tuple[float, str]) -> str:
    value, kind = bar
    return f"{'≥' if kind == 'least' else '≤'} {_percent(value)}"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value * 100:.1f} %"


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
