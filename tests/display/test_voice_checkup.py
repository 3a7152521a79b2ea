"""A recorded pack is checked: every clip, its length, level and ends, and each mistake has its remedy."""

import shutil
from array import array
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from config.hall import Hall
from display.voice.build import build
from display.voice.checkup import checked, mend
from display.voice.join import joined, seconds, silence
from display.voice.level import values
from display.voice.pack import PackUnusable, read_clip, write_clip
from tests.display.voices import ToneVoice
from ui.speech.synthesiser import Espeak, repaired

needs_espeak = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")


@pytest.fixture
def pack(tmp_path: Path, muara_enim: Hall) -> Path:
    build(tmp_path / "id", "id", muara_enim, ToneVoice())
    return tmp_path / "id"


def louder(sound: bytes, factor: float) -> bytes:
    return array("h", [max(-32_768, min(32_767, round(value * factor))) for value in values(sound)]).tobytes()


def codes(pack: Path, hall: Hall | None = None) -> list[tuple[str, str]]:
    return [(fault.key, fault.code) for fault in checked(pack, hall)]


def test_a_pack_that_was_made_has_no_fault(pack: Path, muara_enim: Hall) -> None:
    assert codes(pack, muara_enim) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda sound: louder(sound, 0.3), "voice_soft"),
        (lambda sound: louder(sound, 2.2), "voice_loud"),
        (lambda sound: silence(200) + sound, "voice_silence"),
        (lambda sound: sound + silence(200), "voice_silence"),
        (lambda sound: sound[:2000], "voice_short"),
        (lambda sound: sound * 10, "voice_long"),
        (lambda sound: array("h", [32_767]).tobytes() + sound[2:], "voice_peak"),
    ],
)
def test_a_clip_that_a_hall_would_hear_is_wrong_is_told(change, code: str, pack: Path) -> None:
    clip = pack / "tiga.wav"
    write_clip(clip, change(read_clip(clip)))

    assert codes(pack) == [("tiga.wav", code)]


def test_a_clip_that_is_not_there_is_told_with_its_text(pack: Path) -> None:
    (pack / "silakan-menuju-loket.wav").unlink()

    fault = checked(pack)[0]

    assert fault.sentence("en") == (
        "silakan-menuju-loket.wav: The clip “silakan menuju loket” is not there. "
        "Record it and save it under this name, or run `antrean voice build` if the voice is espeak-ng."
    )


def test_a_clip_that_nothing_says_is_told_with_what_was_likely_meant(pack: Path, muara_enim: Hall) -> None:
    (pack / "delapan.wav").rename(pack / "dlapan.wav")
    write_clip(pack / "halo.wav", read_clip(pack / "tiga.wav"))

    assert codes(pack, muara_enim) == [
        ("delapan.wav", "voice_missing"), ("dlapan.wav", "voice_misnamed"), ("halo.wav", "voice_superfluous"),
    ]  # fmt: skip


def test_agencies_clips_are_not_superfluous_to_a_hall_that_was_not_named(pack: Path) -> None:
    assert codes(pack) == []


@pytest.mark.parametrize("content", [b"", b"ID3 music", b"RIFF0000WAVEfmt "])
def test_a_file_that_is_no_wav_is_told(content: bytes, pack: Path) -> None:
    (pack / "tiga.wav").write_bytes(content)

    assert codes(pack) == [("tiga.wav", "voice_format")]


def test_an_end_form_may_be_lacking(pack: Path) -> None:
    (pack / "tiga.end.wav").unlink()

    assert codes(pack) == []


def test_clips_are_mended_where_they_can_be(pack: Path) -> None:
    clip = read_clip(pack / "tiga.wav")
    write_clip(pack / "tiga.wav", joined([(0, silence(400)), (0, louder(clip, 0.2)), (0, silence(400))]))

    changed = mend(pack)

    assert changed == 1
    assert codes(pack) == []
    assert seconds(read_clip(pack / "tiga.wav")) == pytest.approx(seconds(clip), abs=0.05)


def test_a_folder_without_settings_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(PackUnusable):
        checked(tmp_path)


def test_words_that_espeak_would_say_wrongly_are_phonemes() -> None:
    assert repaired("Loket empat, tempat.", {"empat": "@mp'at", "loket": "lok'Et"}) == "[[lok'Et]] [[@mp'at]], tempat."


@needs_espeak
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_pack_that_espeak_makes_has_no_fault(language: str, tmp_path: Path, oku_timur: Hall) -> None:
    build(tmp_path, language, oku_timur, Espeak())

    assert codes(tmp_path, oku_timur) == []


@needs_espeak
def test_the_whole_way_by_commands(tmp_path: Path) -> None:
    run, packs, wav = CliRunner(), str(tmp_path / "voice"), tmp_path / "call.wav"

    built = run.invoke(app, ["voice", "build", "--packs", packs])
    found = run.invoke(app, ["voice", "check", f"{packs}/id"])
    said = run.invoke(app, ["voice", "say", "A043", "--counter", "2", "--wav", str(wav), "--packs", packs])

    assert [built.exit_code, found.exit_code, said.exit_code] == [0, 0, 0]
    assert 6 < seconds(read_clip(wav)) < 10


def test_the_script_lists_each_file_with_its_text(muara_enim: Hall) -> None:
    lines = CliRunner().invoke(app, ["voice", "script"]).stdout.splitlines()

    assert "nomor-antrean.wav\tNomor antrean" in lines
    assert "lima.end.wav\tlima (akhir kalimat, nada turun)" in lines


def test_the_check_ends_with_1_and_a_remedy_for_each_fault(pack: Path) -> None:
    (pack / "nol.wav").unlink()

    found = CliRunner().invoke(app, ["voice", "check", str(pack), "--words", "en"])

    assert found.exit_code == 1
    assert found.stdout.splitlines()[-1] == "1 things to mend."
