"""Changes of the hall file as people read them: agencies and services by their names, ids in brackets."""

from copy import deepcopy

from bench.hall import generated_hall
from config.load import Content
from config.wording import Words
from hub.pages.settings_told import change_text, names_in
from hub.settings.changes import changes


def told(before: Content, after: Content, language: str = "id") -> list[str]:
    found = list(changes(before, after))
    return [change_text(Words(language), names_in(after, found), change) for change in found]


def test_rows_on_the_way_and_rows_that_are_referred_to_bear_their_names() -> None:
    before = generated_hall(2, 2, 1)
    after = deepcopy(before)
    after["agencies"][0]["services"][1]["daily_quota"] = 90
    after["counters"][1]["services"] = ["layanan-1-0"]

    quota, services = told(before, after)

    assert quota.startswith("Instansi dan layanan · Instansi 0 (instansi-0) · Layanan · Layanan 0.1 (layanan-0-1) · ")
    assert quota.endswith("(agencies[instansi-0].services[layanan-0-1].daily_quota): nilai baku → 90")
    assert services.endswith("Layanan 1.0 (layanan-1-0), Layanan 1.1 (layanan-1-1) → Layanan 1.0 (layanan-1-0)")


def test_a_row_that_goes_is_told_by_the_name_it_had() -> None:
    before = generated_hall(2, 1, 1)
    after = deepcopy(before)
    gone = after["agencies"].pop()
    after["counters"].pop()

    agency, counter = told(before, after, "en")

    assert agency.startswith("Agencies and services · Instansi 1 (instansi-1)")
    assert agency.endswith("→ not there")
    assert gone["services"][0]["name_id"] in agency
    assert "Instansi 1 (instansi-1)" in counter


def test_a_class_and_a_key_of_no_table_are_told_as_they_are() -> None:
    before = generated_hall(1, 1, 1)
    after = deepcopy(before) | {"colour": {"of": "sky"}}
    after["classes"]["priority"]["weight"] = 4

    assert [line.partition(": ")[2] for line in told(before, after)] == ["3 → 4", "tidak ada → of: sky"]
