"""Draws the four sounds of the till from sums of sines. Run it to write `pos/resources/sounds` anew."""

from __future__ import annotations

import math
import wave
from pathlib import Path

RATE = 16_000
FOLDER = Path(__file__).resolve().parent.parent / "pos" / "resources" / "sounds"

# (frequency in Hz, start in s, length in s, loudness 0..1)
SOUNDS = {
    "accepted": [(1_760.0, 0.0, 0.07, 0.45)],
    "unknown": [(440.0, 0.0, 0.16, 0.6), (330.0, 0.18, 0.24, 0.6)],
    "error": [(294.0, 0.0, 0.14, 0.6), (294.0, 0.2, 0.14, 0.6), (220.0, 0.4, 0.26, 0.6)],
    "new_order": [(659.3, 0.0, 0.3, 0.4), (784.0, 0.16, 0.3, 0.4), (987.8, 0.32, 0.6, 0.5)],
}


def draw(notes: list[tuple[float, float, float, float]]) -> bytes:
    """16-bit samples of the notes: a soft attack, a bell's decay, one overtone."""
    length = max(start + duration for _, start, duration, _ in notes)
    samples = [0.0] * (int(length * RATE) + 1)
    for frequency, start, duration, loudness in notes:
        first = int(start * RATE)
        for step in range(int(duration * RATE)):
            moment = step / RATE
            envelope = min(1.0, moment / 0.006) * (1.0 - moment / duration) ** 1.5
            tone = math.sin(math.tau * frequency * moment) + 0.3 * math.sin(2 * math.tau * frequency * moment)
            samples[first + step] += loudness * envelope * tone / 1.3
    return b"".join(round(32_000 * max(-1.0, min(1.0, sample))).to_bytes(2, "little", signed=True) for sample in samples)


def main() -> None:
    for name, notes in SOUNDS.items():
        with wave.open(str(FOLDER / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(draw(notes))


if __name__ == "__main__":
    main()
