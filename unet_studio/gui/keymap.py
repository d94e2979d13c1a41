"""Which keys each command has: the user's own before the preset's, the preset's before the Studio's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtGui import QKeySequence

from unet_studio.gui.actions import COMMANDS, Command
from unet_studio.gui.key_presets import PRESETS

_NATIVE = QKeySequence.SequenceFormat.NativeText
DIGITS = tuple(str(digit) for digit in range(10))


@dataclass(frozen=True, slots=True)
class Keymap:
    """``keys`` by command id, the one to be shown first; no key is there twice. ``digits`` choose a label, by label."""

    keys: Mapping[str, tuple[str, ...]]
    digits: tuple[str, ...] = field(default=DIGITS)

    def command_of(self, key: str) -> str | None:
        """The command that ``key`` calls; None where it calls none."""
        return next((id_ for id_, keys in self.keys.items() if portable(key) in keys), None)


def portable(key: str) -> str:
    """The one spelling of a key under which it is kept and compared; "" where it is none."""
    return QKeySequence(key).toString()


def native(key: str) -> str:
    """The key as it is written on this system."""
    return QKeySequence(key).toString(_NATIVE)


def keymap_of(preset: str, own: Sequence[str], commands: Sequence[Command] = COMMANDS) -> Keymap:
    """The keys of all commands for a preset and the user's own, as the settings hold both.

    A command that loses its only key to another is reached with Alt and that key, if nothing else is. So is a label whose
    digit calls a command, and every label where the preset has digits for commands.
    """
    chosen = own_keys(own, commands)
    program = PRESETS[preset][1] if preset in PRESETS else {}
    keys: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    wishes: list[tuple[str, tuple[str, ...]]] = [*chosen.items()]
    wishes += [(c.id, program[c.id]) for c in commands if c.id in program and c.id not in chosen]
    wishes += [(c.id, c.keys) for c in commands if c.id not in program and c.id not in chosen]
    for id_, wish in wishes:
        keys[id_] = tuple(dict.fromkeys(key for key in map(portable, wish) if key and key not in taken))
        taken |= set(keys[id_])
    for id_, wish in wishes:
        if wish and not keys[id_]:
            other = portable(f"Alt+{wish[0]}")
            if other not in taken:
                keys[id_] = (other,)
                taken.add(other)
    # All together where the preset has other plans with digits, so that the fingers need to know one thing only.
    are_moved = any(key in DIGITS for wish in program.values() for key in wish)
    places = ((f"Alt+{digit}",) if are_moved else (digit, f"Alt+{digit}") for digit in DIGITS)
    digits = tuple(next((key for key in keys if key not in taken), "") for keys in places)
    return Keymap({c.id: keys[c.id] for c in commands}, digits)


def own_keys(own: Sequence[str], commands: Sequence[Command] = COMMANDS) -> dict[str, tuple[str, ...]]:
    """The user's own keys by command, as ``with_keys`` wrote them; what makes no sense, or is there twice, is left out."""
    ids = {c.id for c in commands}
    found: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    for entry in own:
        id_, *keys = entry.split("\t")
        good = [key for key in map(portable, keys) if key and key not in taken]
        if id_ in ids and id_ not in found and (good or not keys):
            found[id_] = tuple(dict.fromkeys(good))
            taken |= set(good)
    return found


def with_keys(own: Sequence[str], command: str, keys: Sequence[str]) -> tuple[str, ...]:
    """The user's own keys after ``command`` got ``keys``; of others' own those are gone. No keys at all is a wish, too."""
    wish = tuple(map(portable, keys))
    others = {id_: tuple(k for k in had if k not in wish) for id_, had in own_keys(own).items() if id_ != command}
    had = own_keys(own)
    kept = {id_: left for id_, left in others.items() if left or not had[id_]}
    return tuple("\t".join((id_, *left)) for id_, left in {**kept, command: wish}.items())


def without_keys(own: Sequence[str], command: str) -> tuple[str, ...]:
    """The user's own keys with those of ``command`` forgotten, so that it has the preset's again."""
    return tuple(entry for entry in own if entry.split("\t")[0] != command)
