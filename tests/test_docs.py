"""The documents are true: every command in them exists with its options, every file they name is there."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from babel.messages.pofile import read_po

from cli.main import app
from tests.conftest import ROOT

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMAND = re.compile(r"^(?:\./)?antrean (.+?)(?:\s+#.*)?$", re.MULTILINE)
INLINE = re.compile(r"`(?:\./)?antrean ([^`]+)`")
FILE = re.compile(r"`([a-z][\w/]*\.(?:py|md|toml|po|db|txt))`")
FOLDERS = ("", "docs/")
MADE_BY_THE_HUB = {"hall.db", "sync.db"}


def commands() -> list[str]:
    found = []
    for path in DOCUMENTS:
        text = path.read_text()
        for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL):
            found += COMMAND.findall(block)
        found += INLINE.findall(text)
    return sorted(set(found))


def test_the_readme_shows_commands() -> None:
    assert {"demo", "test"} <= set(commands())


GROUPS = ("hall", "printer", "region", "sync", "ui", "voice")


@pytest.mark.parametrize("line", commands())
def test_a_command_in_the_documents_exists_with_its_options(line: str) -> None:
    command = typer.main.get_command(app)
    words = shlex.split(line)
    while hasattr(command, "commands") and words and words[0] in command.commands:
        command = command.commands[words.pop(0)]
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    unknown = [word for word in words if word.startswith("-") and word not in known | {"--help"}]

    assert not hasattr(command, "commands") or line.split(maxsplit=1)[0] in GROUPS, f"there is no command {line}"
    assert not unknown or command.name == "test"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_files_a_document_names_are_there(path: Path) -> None:
    named = {name for name in FILE.findall(path.read_text()) if "/" in name} - MADE_BY_THE_HUB

    assert [name for name in sorted(named) if not any((ROOT / folder / name).exists() for folder in FOLDERS)] == []


def test_links_between_the_documents_lead_somewhere() -> None:
    broken = []
    for path in DOCUMENTS:
        links = re.findall(r"(?:\]\(|src=\")([^)\"#:]+)[)\"]", path.read_text())
        broken += [f"{path.name}: {link}" for link in links if not (path.parent / link).exists()]

    assert broken == []


def test_every_runtime_dependency_has_its_reason() -> None:
    project = (ROOT / "pyproject.toml").read_text()
    block = project.split("dependencies = [", 1)[1].split("]\n", 1)[0]
    names = re.findall(r'"([A-Za-z0-9-]+)', block)
    reasons = (ROOT / "docs" / "dependencies.md").read_text().lower()

    assert [name for name in names if name.lower() not in reasons] == []


@pytest.mark.parametrize(
    "command",
    [
        "",
        "hub",
        "kiosk",
        "display",
        "counter",
        "keypad",
        "numpad",
        "voice",
        "printer run",
        "printer render",
        "printer list",
        "printer test",
        "printer virtual",
        "ui shots",
        "sync",
        "sync run",
        "sync enrol",
        "sync status",
        "region",
        "region run",
        "region invite",
        "region password",
        "region verify",
    ],
)
def test_every_process_explains_itself(command: str) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "cli", *command.split(), "--help"], capture_output=True, text=True, check=False, cwd=ROOT
    )

    assert told.returncode == 0
    assert "Usage" in told.stdout
    assert not command or "Example" in told.stdout


def refusals() -> dict[str, tuple[str, str]]:
    """Return every refusal's code with its sentences."""
    found = []
    for language in ("id", "en"):
        with (ROOT / "config" / "words" / language / "refusal.po").open("rb") as file:
            found.append({message.id: message.string for message in read_po(file) if message.id})
    return {code: (found[0][code], found[1][code]) for code in found[0]}


def test_the_page_of_rules_lists_every_code_with_its_sentences() -> None:
    page = (ROOT / "docs" / "rules.md").read_text()

    assert [code for code, (i, e) in refusals().items() if f"| `{code}` | {i} | {e} |" not in page] == []


def test_every_code_in_the_program_has_its_sentences() -> None:
    sources = " ".join(path.read_text() for path in (ROOT / "hub").rglob("*.py"))
    used = set(re.findall(r'(?:Refused\(\s*|refuse\(send, \d+, |refusal\(\d+, |\(\d{3}, )"(\w+)"', sources))

    assert used - refusals().keys() == set()
    assert len(used) > 40
