"""The loudspeaker behind this machine's sound card; without one it is silent and says so once."""

from typing import TYPE_CHECKING

import structlog
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject

from ui.speech.synthesiser import RATE

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice, QAudioSink

log = structlog.get_logger("voice")


class CardSpeaker(QObject):
    """Plays by QtMultimedia in the thread that it lives in, on the output that is the default when a sound begins.

    The module is loaded for the first sound: that takes half a second, and a silent screen does not need it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sink: QAudioSink | None = None
        self._sound = QBuffer(self)
        self._said = False

    def play(self, sound: bytes, volume: int) -> None:
        """Begin a sound, volume in percent as people hear it."""
        from PySide6.QtMultimedia import QMediaDevices  # noqa: PLC0415

        self.stop()
        device = QMediaDevices.defaultAudioOutput()
        if device.isNull():
            self._say_silent()
            return
        self._said = False
        self._sound.setData(QByteArray(sound))
        self._sound.open(QIODevice.OpenModeFlag.ReadOnly)
        self._sink = sink_of(device, volume, self)
        self._sink.start(self._sound)

    def stop(self) -> None:
        """Let nothing be heard any more."""
        sink, self._sink = self._sink, None
        if sink is not None:
            sink.stop()
            sink.deleteLater()
        self._sound.close()

    def _say_silent(self) -> None:
        if not self._said:
            self._said = True
            log.warning("no sound card: what would be spoken is only shown")


def sink_of(device: "QAudioDevice", volume: int, parent: QObject) -> "QAudioSink":
    """Return the way for our sounds to a device, volume in percent as people hear it."""
    from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QtAudio  # noqa: PLC0415

    form = QAudioFormat()
    form.setSampleRate(RATE)
    form.setChannelCount(1)
    form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    sink, scale = QAudioSink(device, form, parent), QtAudio.VolumeScale
    loud = QtAudio.convertVolume(volume / 100, scale.LogarithmicVolumeScale, scale.LinearVolumeScale)
    sink.setVolume(loud)
    return sink
