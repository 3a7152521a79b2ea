"""`antrean hall get` to `export`: the settings of a running hub, with the checks of its page."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

DataOption = Annotated[Path, typer.Option("--data", help="The data folder of the running hub.")]
DEFAULT_DATA = Path("/var/lib/antrean")
Change = Callable[[dict[str, Any]], dict[str, Any]]
Key = Annotated[str, typer.Argument(help="A key, for example agencies\\[samsat].close or policy.recall_max.")]
Day = Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="A date, 2026-12-25.")]


def add_to(group: typer.Typer) -> None:
    """Add the commands."""
    example = "Example: antrean hall "
    group.command(name="get", epilog=f"{example}get policy.recall_max")(get)
    group.command(name="set", epilog=f"{example}set counters[3].priority true")(set_value)
    group.command(name="open-on", epilog=f"{example}open-on 2026-12-25")(open_on)
    group.command(name="hours", epilog=f"{example}hours 2026-12-24 08:00 11:00")(hours)
    group.command(name="ramadan", epilog=f"{example}ramadan 2027-02-08 2027-03-09 08:00 14:00")(ramadan)
    group.command(name="notice", epilog=f"{example}notice 'Lift sedang diperbaiki.' --until 2026-12-01")(notice)
    group.command(name="history", epilog=f"{example}history")(history)
    group.command(name="rollback", epilog=f"{example}rollback 17")(rollback)
    group.command(name="export", epilog=f"{example}export > hall.toml")(export)


def get(key: Key, data: DataOption = DEFAULT_DATA) -> None:
    """Print what the hall file says at a key, as TOML; the default where it says nothing."""
    import json

    from hub.hub import head_client
    from hub.settings.document import plain
    from hub.settings.keys import value_at

    value = value_at(plain(head_client(data).ask("GET", "/v1/hall/file")["text"]), key)
    print(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def set_value(
    key: Key,
    value: Annotated[str, typer.Argument(help="Its new value: text as it is, all else as TOML, [1, 2].")],
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Change one key of the hall file."""
    from hub.settings.keys import with_value

    change(data, lambda content: with_value(content, key, value))


def open_on(day: Day, data: DataOption = DEFAULT_DATA) -> None:
    """Serve on a date though it is a holiday."""
    from config.wording import Words
    from hub.settings.acts import opened_on

    change(data, lambda content: opened_on(content, day.date(), Words().say("settings.name_open")))


def hours(
    day: Day,
    opens: Annotated[str, typer.Argument(help="When the hall opens, 08:00.")],
    closes: Annotated[str, typer.Argument(help="When it closes, 11:00.")],
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Serve at other hours on one date."""
    from config.wording import Words
    from hub.settings.acts import with_hours

    change(data, lambda content: with_hours(content, day.date(), opens, closes, Words().say("settings.name_hours")))


def ramadan(
    start: Day,
    end: Day,
    opens: Annotated[str, typer.Argument(help="When the hall opens, 08:00.")],
    closes: Annotated[str, typer.Argument(help="When it closes, 14:00.")],
    friday: Annotated[
        str, typer.Option(help="Hours of Fridays, 08:00-14:30; those that were expected if left out.")
    ] = "",
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Confirm the first and last day of Ramadan, with its hours."""
    from config.wording import Words
    from hub.settings.acts import with_ramadan

    begin, _, finish = friday.partition("-")
    fridays = (begin.strip(), finish.strip()) if friday else None
    name = Words().say("settings.name_ramadan")
    change(data, lambda content: with_ramadan(content, start.date(), end.date(), (opens, closes), fridays, name))


def notice(
    text: Annotated[str, typer.Argument(help="The sentence in Indonesian.")],
    english: Annotated[str, typer.Option("--english", help="The sentence in English.")] = "",
    since: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="Its first day.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Its last day.")] = None,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Let a sentence run on the displays."""
    from hub.settings.acts import with_notice

    change(data, lambda content: with_notice(content, text, english, date_of(since), date_of(until)))


def date_of(moment: datetime | None) -> date | None:
    """Return the date of a moment, None for none."""
    return moment.date() if moment else None


def history(
    before: Annotated[int | None, typer.Option(help="Only those before this line of the journal.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Print the hall files that were taken, newest first: line, date, author, and what each changed."""
    import json

    from config.load import hall_of_journal
    from config.wording import Words
    from hub.hub import head_client
    from hub.pages.settings_told import change_text, entry_facts, names_in
    from hub.settings.history import entries

    client = head_client(data)
    if as_json:
        asked = f"?before={before}" if before else ""
        print(json.dumps(client.ask("GET", f"/v1/hall/history{asked}")["entries"], ensure_ascii=False))
        return
    content, words = client.state()["hall"], Words()
    zone = hall_of_journal(content).timezone
    for entry in entries(data, before):
        at = datetime.fromtimestamp(entry.hall_ms / 1000, zone)
        author, kind, _ = entry_facts(words, entry)
        print(f"{entry.seq}  {words.day(at.date())}, {words.clock(at)} · {author} · {kind}")
        names = names_in(content, entry.changes)
        for told in entry.changes:
            print(f"    {change_text(words, names, told)}")


def rollback(
    line: Annotated[int, typer.Argument(help="The line of the journal, as `antrean hall history` prints it.")],
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Let the hall file say again what it said at a line of the journal; codes of technicians stay as they are."""
    from hub.hub import head_client

    earlier = head_client(data).ask("GET", f"/v1/hall/history/{line}")
    take(data, earlier["text"], earlier["digest"])


def export(data: DataOption = DEFAULT_DATA) -> None:
    """Print the hall file as it stands."""
    from hub.hub import head_client

    print(head_client(data).ask("GET", "/v1/hall/file")["text"], end="")


def change(data: Path, changed: Change) -> None:
    """Change what the hall file says, let the hub check and take it, and print what changed."""
    from hub.hub import head_client
    from hub.settings.document import plain, rewritten

    held = head_client(data).ask("GET", "/v1/hall/file")
    take(data, rewritten(held["text"], changed(plain(held["text"]))), held["digest"])


def take(data: Path, text: str, base: str) -> None:
    """Let the hub take a text as its hall file, and say from when it holds."""
    from config.wording import Words
    from hub.hub import head_client
    from hub.pages.settings_told import change_text, names_in
    from hub.settings.changes import changes
    from hub.settings.document import plain

    client, words = head_client(data), Words()
    before = plain(client.ask("GET", "/v1/hall/file")["text"])
    taken = client.ask("POST", "/v1/hall/file", {"text": text, "base": base})
    changed = list(changes(before, plain(text)))
    names = names_in(plain(text), changed)
    for told in changed:
        print(change_text(words, names, told))
    print(words.say("error.hall_taken" if taken["at_once"] else "error.hall_planned"))
