"""The page of the protocol is enough to write a hall: a client made of its examples alone is taken by the region."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import urllib3
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from push_regions import served

from region.app import create
from region.invitations import FOLDER, digest_of
from region.store import Store, open_sqlite
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "protocol.md").read_text()
EXAMPLES = dict(re.findall(r"```(?:text|json) ([\w-]+)\n(.*?)\n```", PAGE, re.DOTALL))
HALL = "mpp-contoh"
OF_PAGES = {"no_password", "no_entry", "too_many_guesses"}
CODE = json.loads(EXAMPLES["enrolment"])["code"]
RECEIPT = json.loads(EXAMPLES["receipt"])


def key(name: str) -> Ed25519PrivateKey:
    """Return a key of the page by the name of its seed."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(EXAMPLES[name]))


@dataclass
class Stranger:
    """A hall's end by somebody who has read the page and none of our code."""

    url: str

    def send(self, method: str, path: str, base: str, signature: str, content: bytes | None = None) -> tuple[int, Any]:
        """Send what a signature base lists, with its signature."""
        lines = dict(line.split(": ", 1) for line in base.splitlines())
        headers = {name.strip('"'): value for name, value in lines.items() if "@" not in name}
        headers["Signature-Input"] = "a=" + lines['"@signature-params"']
        headers["Signature"] = f"a=:{signature}:"
        answer = urllib3.request(method, self.url + path, body=content, headers=headers, retries=False)
        return answer.status, answer.json()

    def enrol(self) -> tuple[int, Any]:
        content = EXAMPLES["enrolment"].encode()
        base, signature = EXAMPLES["enrolment-base"], EXAMPLES["enrolment-signature"]
        return self.send("POST", f"/v1/halls/{HALL}/key", base, signature, content)

    def push(self) -> tuple[int, Any]:
        content = base64.b64decode(EXAMPLES["content"])
        base, signature = EXAMPLES["batch-base"], EXAMPLES["batch-signature"]
        return self.send("POST", f"/v1/halls/{HALL}/epochs/1/lines?first=1", base, signature, content)

    def ask(self) -> tuple[int, Any]:
        name = hashlib.sha256(key("hall-seed").public_key().public_bytes_raw()).hexdigest()[:32]
        params = f'("@method" "@path");keyid="{name}";tag="antrean"'
        base = f'"@method": GET\n"@path": /v1/halls/{HALL}\n"@signature-params": {params}'
        signature = base64.b64encode(key("hall-seed").sign(base.encode())).decode()
        return self.send("GET", f"/v1/halls/{HALL}", base, signature)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_sqlite(tmp_path) as store:
        yield store


@pytest.fixture
def stranger(store: Store, tmp_path: Path) -> Iterator[Stranger]:
    """A stranger who was given the page's code, at a region with the page's key and clock."""
    (tmp_path / FOLDER).mkdir()
    invitation = {"digest": digest_of(CODE), "until_ms": RECEIPT["received_ms"]}
    (tmp_path / FOLDER / f"{HALL}.json").write_text(json.dumps(invitation))

    def clock() -> int:
        return int(RECEIPT["received_ms"])

    with served(create(store, tmp_path, key("region-seed"), accept_simulated=False, clock=clock)) as url:
        yield Stranger(url)


def test_a_client_written_from_the_page_enrols_pushes_and_gets_the_receipts_of_the_page(stranger: Stranger) -> None:
    assert stranger.enrol() == (200, json.loads(EXAMPLES["enrolment-answer"]))
    assert stranger.push() == (200, RECEIPT)
    assert stranger.ask() == (200, RECEIPT)


def test_before_it_has_enrolled_it_is_refused(stranger: Stranger) -> None:
    status, told = stranger.push()

    assert (status, told["code"]) == (401, "unsigned")


def test_the_hashes_are_those_of_the_lines() -> None:
    hashes = [hashlib.sha256(b"antrean/1" + HALL.encode()).digest()]
    for line in EXAMPLES["lines"].splitlines():
        hashes.append(hashlib.sha256(hashes[-1] + line.encode()).digest())

    assert [digest.hex() for digest in hashes] == EXAMPLES["hashes"].split()


@pytest.mark.parametrize("name", ["enrolment", "batch"])
def test_the_signatures_are_the_halls_over_the_bases(name: str) -> None:
    signature = key("hall-seed").sign(EXAMPLES[f"{name}-base"].encode())

    assert base64.b64encode(signature).decode() == EXAMPLES[f"{name}-signature"]


def test_the_receipt_is_signed_over_the_statement() -> None:
    statement = EXAMPLES["receipt-statement"].format(**RECEIPT)

    key("region-seed").public_key().verify(base64.b64decode(RECEIPT["signature"]), statement.encode())


def test_the_manifest_is_signed_over_its_exact_text() -> None:
    told = json.loads(EXAMPLES["manifest"])

    signed = b"antrean-manifest/1\n" + told["manifest"].encode()
    key("region-seed").public_key().verify(base64.b64decode(told["signature"]), signed)
    assert set(json.loads(told["manifest"])) == {"hall", "version", "files"}


def test_every_code_the_region_answers_stands_on_the_page() -> None:
    sources = [*(ROOT / "region").glob("*.py"), ROOT / "sync" / "wire.py", ROOT / "sync" / "signature.py"]
    codes = set(re.findall(r'^    code = "(\w+)"', "\n".join(path.read_text() for path in sources), re.MULTILINE))

    assert codes - OF_PAGES - set(re.findall(r"`(\w+)`", PAGE)) == set()
