"""The house keeps its own rules: who may import whom, how large things grow, what stands where."""

import ast
import importlib
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest

from config.errors import AntreanError
from config.wording import catalogue
from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PACKAGES = PROJECT["tool"]["setuptools"]["packages"]
TOP = sorted({name.split(".")[0] for name in PACKAGES})
SOURCES = sorted(chain.from_iterable((ROOT / name).rglob("*.py") for name in TOP))
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, Function):
            yield node


def length(node: Function) -> int:
    """Return the lines of a function's code, without its docstring."""
    lines = (node.end_lineno or 0) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) and len(node.body) > 1:
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


def test_the_table_of_imports_holds() -> None:
    found = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.returncode == 0, found.stdout


def test_every_package_is_listed_and_its_init_is_empty() -> None:
    found = sorted(str(path.parent.relative_to(ROOT)).replace("/", ".") for path in ROOT.glob("[a-z]*/**/__init__.py"))
    ours = [name for name in found if name.split(".")[0] in TOP]

    assert ours == sorted(PACKAGES)
    assert not [name for name in ours if (ROOT / name.replace(".", "/") / "__init__.py").read_text()]


def test_no_dependency_owns_a_name_of_ours() -> None:
    owners = packages_distributions()

    assert {name: owners[name] for name in TOP if set(owners.get(name, [])) - {"antrean"}} == {}
    assert set(owners["escpos"]) == {"python-escpos"}


@pytest.mark.parametrize(
    ("modules", "absent"),
    [
        ("config.load config.wording journal.verify hub.serve sync.app region.app", "PySide6"),
        ("hub.client.http hub.client.listen hub.client.device", "fastapi"),
        ("hub.client.http hub.client.listen hub.client.device", "PySide6"),
    ],
)
def test_what_must_stand_alone_imports_nothing_more(modules: str, absent: str) -> None:
    code = f"import sys, importlib\nfor m in {modules.split()!r}: importlib.import_module(m)\n"
    code += f"sys.exit({absent!r} in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_short_and_begins_with_what_it_is_for(path: Path) -> None:
    text = path.read_text()

    assert text.count("\n") <= 330
    assert path.name == "__init__.py" or ast.get_docstring(ast.parse(text))


def test_functions_are_short() -> None:
    lengths = sorted(length(node) for path in SOURCES for node in functions(path))

    assert statistics.median(lengths) <= 9
    assert lengths[len(lengths) * 9 // 10] <= 25
    assert lengths[-1] <= 60


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_everything_is_annotated_and_what_is_public_is_described(path: Path) -> None:
    bare = []
    for node in functions(path):
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        if node.returns is None or [a for a in arguments if a.annotation is None and a.arg not in ("self", "cls")]:
            bare.append(f"{node.name}: annotations")
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, (*Function.__args__, ast.ClassDef)) and not node.name.startswith("_"):
            bare += [] if ast.get_docstring(node) else [f"{node.name}: docstring"]

    assert bare == []


INDONESIAN = re.compile(r"\b(Mohon|Silakan|Selamat|Nomor|Loket|antrean Anda|Terima kasih)\b")


@pytest.mark.parametrize("path", [p for p in SOURCES if "cli" not in p.parts], ids=lambda p: str(p.relative_to(ROOT)))
def test_words_for_people_stand_in_the_catalogues(path: Path) -> None:
    tree = ast.parse(path.read_text())
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, *Function.__args__))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]

    assert not [text for text in texts if INDONESIAN.search(text)]


def errors() -> set[type[AntreanError]]:
    """Return every error class of the house, all modules imported."""
    for package in PACKAGES:
        for path in (ROOT / package.replace(".", "/")).glob("*.py"):
            if path.stem not in ("__init__", "__main__", "env"):
                importlib.import_module(f"{package}.{path.stem}")
    found: set[type[AntreanError]] = set()
    open_ = [AntreanError]
    while open_:
        children = open_.pop().__subclasses__()
        found |= set(children)
        open_ += children
    return {error for error in found if error.__module__.split(".")[0] in TOP}


def test_the_tree_of_errors_is_complete() -> None:
    tree = (ROOT / "config" / "errors.py").read_text()

    assert [error.__name__ for error in errors() if f"{error.__name__} " not in tree] == []


def test_every_error_has_a_sentence_in_both_languages() -> None:
    lacking = []
    for error in errors():
        domain, _, name = error.key.partition(".")
        lacking += [
            (error.__name__, language) for language in ("id", "en") if not catalogue(language, domain).gettext(name)
        ]

    assert lacking == []


OUTERMOST_LOOPS = ["hub/engine.py", "printer/crew.py", "printer/press.py", "region/projector.py", "ui/commands.py"]


def test_broad_excepts_stand_in_outermost_loops_alone() -> None:
    broad = re.compile(r"except (Exception( as \w+)?)?:")
    found = [str(path.relative_to(ROOT)) for path in SOURCES if broad.search(path.read_text())]

    assert found == OUTERMOST_LOOPS


def test_ruff_is_content() -> None:
    ruff = Path(sys.executable).with_name("ruff")
    checks = [
        subprocess.run([ruff, *how, "."], cwd=ROOT, capture_output=True, text=True, check=False)
        for how in (["check"], ["format", "--check"])
    ]

    assert [check.returncode for check in checks] == [0, 0], "\n".join(check.stdout for check in checks)


def test_mypy_is_content() -> None:
    found = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert found.returncode == 0, found.stdout


def test_no_file_names_a_registry_or_a_machine() -> None:
    # Written in pieces, so that this file does not name them either.
    words = [
        "python(hosted)",
        "pypi[.](org)",
        "npmjs[.](org|com)",
        "deb[.](debian)",
        "registry[.](npm)",
        "[/](work|root)/",
    ]
    hosts = re.compile("|".join(words))
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    texts = {name: (ROOT / name).read_bytes().decode(errors="ignore") for name in tracked if (ROOT / name).is_file()}

    assert [name for name, text in texts.items() if hosts.search(text)] == []
