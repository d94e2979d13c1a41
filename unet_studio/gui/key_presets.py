"""The keys of other programs, for hands that know them: per preset, what each command is reached with there.

What a preset does not name keeps its key of the Studio. Read from the programs' own documentation and sources (3D Slicer 5,
ITK-SNAP 4.4, napari 0.6); only commands that both programs have are in a table.
"""

from collections.abc import Mapping

Keys = Mapping[str, tuple[str, ...]]

_SLICES = {"slice_next": ("Right", "PgDown", "Down"), "slice_previous": ("Left", "PgUp", "Up")}

SLICER: Keys = {
    # The places of its effects; those that have no command here have no key either.
    "threshold": ("1",), "brush": ("2",), "polygon": ("3",), "eraser": ("4",), "wire": ("5",), "grow": ("6",),
    "brush_larger": ("+", "="), "brush_smaller": ("-", "_"),
    "undo": ("Z", "Ctrl+Z"), "redo": ("Y", "Ctrl+Y", "Ctrl+Shift+Z"),
    "slice_next": ("F", *_SLICES["slice_next"]), "slice_previous": ("B", *_SLICES["slice_previous"]),
    "label_next": ("W", "."), "label_previous": ("Q", ","),
    "labels_shown": ("G",),
}  # fmt: skip

SNAP: Keys = {
    "navigate": ("1", "2"), "polygon": ("3",), "brush": ("4",), "ruler": ("6",),
    "brush_larger": ("+", "="), "brush_smaller": ("-", "_"),
    "label_next": (".", ">"), "label_previous": (",", "<"), "pick": ("L",),
    "labels_shown": ("S",), "opacity_less": ("A",), "opacity_more": ("D",),
    "zoom_in": ("Ctrl+Up",), "zoom_out": ("Ctrl+Down",), "fit": ("Ctrl+F",),
    "auto_window": ("Ctrl+J", "Ctrl+Shift+J"),
}  # fmt: skip

NAPARI: Keys = {
    "eraser": ("1", "E"), "brush": ("2", "P"), "polygon": ("3",), "fill": ("4", "F"), "pick": ("5", "L"), "navigate": ("6", "Z"),
    "swap": ("X",), "brush_larger": ("]",), "brush_smaller": ("[",),
    "label_next": ("=",), "label_previous": ("-",), "new_label": ("M",),
    "labels_shown": ("V",), "auto_window": ("C",),
    **_SLICES,
}  # fmt: skip

PRESETS: Mapping[str, tuple[str, Keys]] = {
    "studio": ("Studio", {}),
    "slicer": ("3D Slicer", SLICER),
    "snap": ("ITK-SNAP", SNAP),
    "napari": ("napari", NAPARI),
}
