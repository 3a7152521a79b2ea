"""The sound of a call: clips of a pack that somebody recorded or a synthesiser made, a whole sentence, or the chime."""

from pathlib import Path

import pytest

from config.hall import Hall
from config.wording import Words
from display.voice.bank import Bank
from display.voice.build import build, file_of, lacking
from display.voice.join import CHIME, RECALL_CHIME, chime, joined, seconds, silence
from display.voice.level import mended
from display.voice.pack import Pack, PackUnusable, read_clip, settings_of, write_clip
from display.voice.script import Piece, bank, pieces_of
from display.voice.turns import REST_S, Part
from display.voice.voice import Voice
from tests.display.voices import Timeline, ToneVoice, call, heard

RECORDED = 'language = "id"\nvoice = "Ibu Sari"\n'


@pytest.fixture
def tone() -> ToneVoice:
    return ToneVoice()


@pytest.fixture
def folder(tmp_path: Path, tone: ToneVoice, muara_enim: Hall) -> Path:
    """A folder with the pack of one language."""
    build(tmp_path / "id", "id", muara_enim, tone)
    return tmp_path


def ready(folder: Path, voice: ToneVoice, hall: Hall) -> Bank:
    made = Bank(folder, voice)
    made.prepare(hall)
    return made


def test_a_call_is_the_chime_and_its_clips_with_a_gap_between_words_and_a_longer_one_at_marks(
    folder: Path, tone: ToneVoice, muara_enim: Hall
) -> None:
    made = call(1, "A043", 2)

    sound = ready(folder, tone, muara_enim).sound(Part(made, "id", opens=True), muara_enim)

    names = ("nomor-antrean", "a", "nol", "empat", "tiga", "silakan-menuju-loket", "dua.end")
    first, a, nol, empat, tiga, please, dua = (read_clip(folder / "id" / f"{name}.wav") for name in names)
    long, short = silence(180), silence(90)
    assert sound == b"".join(
        [chime(), long, first, long, a, long, nol, short, empat, short, tiga, long, please, short, dua]
    )


def test_a_recall_has_another_chime_and_a_second_language_none(folder: Path, tone: ToneVoice, muara_enim: Hall) -> None:
    made = ready(folder, tone, muara_enim)
    again = call(1, "A043", 2, attempt=2)

    recalled = made.sound(Part(again, "id", opens=True), muara_enim)
    english = made.sound(Part(again, "en", opens=False), muara_enim)

    assert recalled.startswith(chime(RECALL_CHIME))
    assert not english.startswith((chime(CHIME), chime(RECALL_CHIME)))
    assert english


def test_a_pack_may_have_a_chime_of_its_own(folder: Path, tone: ToneVoice, muara_enim: Hall) -> None:
    own = mended(tone.speak("ding", "id"))
    write_clip(folder / "id" / "chime.wav", own)

    sound = ready(folder, tone, muara_enim).sound(Part(call(1, "A001"), "id", opens=True), muara_enim)

    assert sound.startswith(own)


def test_a_sentence_that_the_pack_lacks_a_clip_of_is_spoken_whole(
    folder: Path, tone: ToneVoice, muara_enim: Hall
) -> None:
    (folder / "id" / "voice.toml").write_text(RECORDED)
    (folder / "id" / "empat.wav").unlink()
    made = ready(folder, tone, muara_enim)

    sound = made.sound(Part(call(1, "A043"), "id", opens=True), muara_enim)

    assert tone.texts[-1] == "Nomor antrean, a, nol empat tiga, silakan menuju loket dua."
    assert sound.startswith(chime())
    assert len(sound) > len(chime())


def test_without_clip_and_synthesiser_there_is_the_chime_alone(tmp_path: Path, muara_enim: Hall) -> None:
    made = ready(tmp_path, ToneVoice(silent=True), muara_enim)

    assert made.sound(Part(call(1, "A043"), "id", opens=True), muara_enim) == chime()
    assert made.sound(Part(call(1, "A043"), "en", opens=False), muara_enim) == b""


def test_an_agency_that_nobody_has_recorded_is_left_out(folder: Path, muara_enim: Hall) -> None:
    agency = next(agency for agency in muara_enim.agencies if agency.letter == "C")
    rhyming = Part(call(1, "C001", 3, service=agency.services[0].id), "id", opens=True)
    (folder / "id" / "voice.toml").write_text(RECORDED)
    voice = ToneVoice(silent=True)

    whole = ready(folder, voice, muara_enim).sound(rhyming, muara_enim)
    brief = ready(folder, voice, muara_enim).sound(rhyming, muara_enim, brief=True)
    for path in folder.glob("id/be-pe-je-es*.wav"):
        path.unlink()
    without = ready(folder, voice, muara_enim).sound(rhyming, muara_enim)

    assert len(whole) > len(brief)
    assert without == brief


def test_a_pack_is_made_once_and_later_only_what_it_lacks(tmp_path: Path, tone: ToneVoice, muara_enim: Hall) -> None:
    first = build(tmp_path, "id", None, tone)
    second = build(tmp_path, "id", None, tone)
    agencies = build(tmp_path, "id", muara_enim, tone)

    assert first == len(bank(Words("id")))
    assert second == 0
    assert agencies == 2 * len(muara_enim.agencies)
    assert lacking(tmp_path, bank(Words("id"), muara_enim)) == []


def test_a_pack_that_somebody_has_recorded_is_left_alone(tmp_path: Path, tone: ToneVoice) -> None:
    (tmp_path / "voice.toml").write_text(RECORDED)

    assert build(tmp_path, "id", None, tone) == 0
    assert list(tmp_path.iterdir()) == [tmp_path / "voice.toml"]


def test_a_voice_may_make_shorter_pauses(folder: Path) -> None:
    (folder / "id" / "voice.toml").write_text(f"{RECORDED}gap_ms = 100\npause_ms = 120\n")

    clips = Pack(folder / "id").clips((Piece("a"), Piece("nol", pause=True), Piece("satu")))

    assert clips is not None
    assert [gap_ms for gap_ms, _ in clips] == [100, 120, 100]


@pytest.mark.parametrize(
    "text", ["", "language = 3", 'language = "xx"\nvoice = "a"', f"{RECORDED}gap_ms = 20", f"{RECORDED}loud = 1", "="]
)
def test_a_folder_whose_settings_cannot_be_read_is_no_pack(tmp_path: Path, text: str) -> None:
    (tmp_path / "voice.toml").write_text(text)

    with pytest.raises(PackUnusable):
        settings_of(tmp_path / "voice.toml")


def test_a_broken_pack_does_not_keep_a_hall_from_being_chimed(folder: Path, muara_enim: Hall) -> None:
    (folder / "id" / "voice.toml").write_text("=")

    sound = ready(folder, ToneVoice(silent=True), muara_enim).sound(Part(call(1, "A1"), "id", opens=True), muara_enim)

    assert sound == chime()


def test_ten_calls_within_a_second_are_heard_whole_and_one_after_the_other(
    folder: Path, tone: ToneVoice, muara_enim: Hall
) -> None:
    line, sounds = Timeline(), ready(folder, tone, muara_enim)
    voice = Voice(sounds, line, line)
    calls = [call(seq + 1, f"A{seq + 1:03d}", seq % 5 + 1) for seq in range(10)]
    numbers = [each.number for each in calls]
    voice.hear(heard(muara_enim, [], []))

    for count in range(1, 11):
        line.now_s = count / 10
        voice.hear(heard(muara_enim, calls[:count], numbers[:count]))
    for number in ("A002", "A009"):
        numbers.remove(number)
        voice.hear(heard(muara_enim, calls, numbers))
    while line.now_s < 100:
        line.now_s += 0.05
        voice.run()

    whole, end = line.heard.tobytes(), 0
    for number in numbers:
        made = next(each for each in calls if each.number == number)
        sound = joined([(0, sounds.sound(Part(made, "id", opens=True), muara_enim))])
        at = whole.find(sound, end)
        assert at >= end
        assert not any(whole[end:at])
        assert end == 0 or REST_S <= seconds(whole[end:at]) <= REST_S + 0.1
        end = at + len(sound)
    assert end == len(whole)


def test_every_clip_has_its_file(tmp_path: Path, muara_enim: Hall) -> None:
    found = pieces_of(call(1, "A001", 2), muara_enim, Words("id"))

    assert file_of(tmp_path, found[0]) == tmp_path / "nomor-antrean.wav"
    assert file_of(tmp_path, found[-1]) == tmp_path / "dua.end.wav"
