"""No secret and nothing personal leaves the hall or stands in a log: looked for in every file that is left."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import pytest
import urllib3
from push_halls import held_journal
from whole_hall import HALL, Stage

from config.load import read
from hub.client.http import CommandRefused
from region.door import set_password
from region.invitations import Invitations
from region.store import open_store

REMARK, NIK, PIN, CODE = "Ibu hamil, mohon didahulukan", "1608012345670001", "482915", "48151623"
PASSWORD = "sandi wilayah yang panjang"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with ExitStack() as cleaning:
        yield Stage(tmp_path, None, cleaning)


def busy_day(stage: Stage) -> dict[str, str]:
    """Do all that has a secret or could be personal; return the secrets by what they are."""
    head, kiosk = stage.head, stage.head.pair(stage.head.pairing_code("kiosk", "anjungan-1")["code"])
    hall = read(stage.hall)
    kiosks = [{**each, "service_code": CODE} for each in hall["kiosks"]]
    head.ask("POST", "/v1/hall", {"content": {**hall, "kiosks": kiosks}})
    head.command("/v1/clerks", {"clerk": "P01", "pin": PIN})
    number = head.issue("layanan-0-0", kiosk="anjungan-1")["ticket"]["number"]
    head.remark(number, REMARK)
    for wrong in (lambda: head.remark(number, f"NIK {NIK}"), lambda: head.sign_in(1, "P01", "000000")):
        with pytest.raises(CommandRefused):
            wrong()
    head.sign_in(1, "P01", PIN)
    head.open_counter(1)
    head.call_next(1)
    stage.pushed()
    set_password(stage.region_data, PASSWORD)
    url = f"http://127.0.0.1:{stage.region_port}"
    urllib3.request("POST", f"{url}/login", body=urlencode({"password": "sandi yang salah"}))
    answer = urllib3.request("POST", f"{url}/login", body=urlencode({"password": PASSWORD}), redirect=False)
    return {
        "a remark": REMARK, "an identity card's number": NIK, "a clerk's PIN": PIN, "a technician's code": CODE,
        "a kiosk's token": kiosk["token"], "the head's token": head.token, "the region's password": PASSWORD,
        "a session": answer.headers["set-cookie"].partition("=")[2].partition(";")[0],
        "an invitation": Invitations(stage.region_data).make("mpp-lain", 0),
    }  # fmt: skip


def test_nothing_personal_and_no_secret_is_pushed_or_logged_and_a_remark_is_erased_with_its_key(stage: Stage) -> None:
    secrets = busy_day(stage)
    keys = list((stage.data / "remarks").iterdir())
    stage.head.set_clock(stage.clock("10:00") + 86_400_000)
    left = list((stage.data / "remarks").iterdir())
    stage.write()
    stage.pushed()
    assert stage.end() == [0, 0, 0]
    with open_store(stage.region_data) as store:
        pushed = b"\n".join(held_journal(store, HALL))
    logs = {path: path.read_bytes() for path in stage.folder.glob("*.log")}
    kept = {path: path.read_bytes() for path in stage.region_data.rglob("*") if path.is_file()}

    assert (len(keys), left, stage.verified()) == (1, [], 0)
    assert b"ticket.remarked" in pushed
    assert len(logs) == 3
    for name, secret in secrets.items():
        found = [str(path) for path, content in {**logs, **kept}.items() if secret.encode() in content]
        assert found == [], name
        assert secret.encode() not in pushed, name
