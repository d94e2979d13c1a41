"""The table of commands: menus, toolbar, shortcuts and the list of keys are all made from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from unet_studio.gui.icons import icon
from unet_studio.gui.theme import Theme

Needs = Literal["nothing", "project", "case", "editable"]


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the user can ask for. ``needs`` is what has to be open for it; a switch stays on or off.

    ``keys`` are portable key sequences, the first one shown. Commands of one ``choice`` exclude each other.
    """

    id: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    tip: str = ""
    icon: str = ""
    needs: Needs = "nothing"
    kind: Literal["command", "switch"] = "command"
    choice: str = ""


PRESETS = (
    QT_TRANSLATE_NOOP("Commands", "Window preset 1"), QT_TRANSLATE_NOOP("Commands", "Window preset 2"),
    QT_TRANSLATE_NOOP("Commands", "Window preset 3"), QT_TRANSLATE_NOOP("Commands", "Window preset 4"),
    QT_TRANSLATE_NOOP("Commands", "Window preset 5"), QT_TRANSLATE_NOOP("Commands", "Window preset 6"),
)  # fmt: skip
COMMANDS: tuple[Command, ...] = (
    Command("open_scans", "File", "Open scans…", ("Ctrl+O",), "NIfTI, NRRD, MHA, DICOM or pictures", "folder-open-outline"),
    Command("open_folder", "File", "Open a folder of scans…", ("Ctrl+Shift+O",), "A DICOM folder, or a folder of scans"),
    Command("new_project", "File", "New project…", ("Ctrl+N",), "A folder that keeps your labels and networks"),
    Command("open_project", "File", "Open project…", ("Ctrl+Alt+O",), "A folder whose name ends in .unetstudio"),
    Command("open_sample", "File", "Open the sample", (), "A real brain scan with a few slices labelled"),
    Command("import_labels", "File", "Import labels…", ("Ctrl+I",), "NIfTI, NRRD, .seg.nrrd, DICOM SEG or RTSTRUCT, PNG, laid on this scan", "", "editable"),
    Command("export", "File", "Export labels…", ("Ctrl+E",), "DICOM SEG, 3D Slicer, NIfTI, surfaces or a table", "export-variant", "project"),
    Command("case_report", "File", "Report of this case…", (), "Pictures, volumes, work, network and scores on one page, PDF or HTML", "", "case"),
    Command("export_picture", "File", "Export picture…", ("Ctrl+Shift+E",), "The slice on the screen with its outlines, as a PNG", "", "case"),
    Command("relink", "File", "Find moved scans…", (), "By their voxels, in a folder you choose", "", "project"),
    Command("restore", "File", "Restore a backup…", (), "Go back to an older copy of a project"),
    Command("close_project", "File", "Close project", ("Ctrl+W",), "Everything is saved already", "", "project"),
    Command("quit", "File", "Quit", ("Ctrl+Q",), "Everything is saved already"),
    Command("undo", "Edit", "Undo", ("Ctrl+Z",), "Take back the last action", "undo", "editable"),
    Command("redo", "Edit", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Do it again", "redo", "editable"),
    Command("swap", "Edit", "Swap brush and eraser", ("X",), "", "", "editable"),
    Command("copy_previous", "Edit", "Copy labels from the slice before", ("Alt+PgUp",), "", "", "editable"),
    Command("copy_next", "Edit", "Copy labels from the slice after", ("Alt+PgDown",), "", "", "editable"),
    Command("copy_frame_previous", "Edit", "Copy labels from the frame before", ("Ctrl+Left",), "This slice of a 4-D scan, one frame earlier", "", "editable"),
    Command("copy_frame_next", "Edit", "Copy labels from the frame after", ("Ctrl+Right",), "This slice of a 4-D scan, one frame later", "", "editable"),
    Command("copy_measures", "Edit", "Copy measurements", ("Ctrl+C",), "Lengths and angles on this slice, as text", "", "case"),
    Command("clear_slice", "Edit", "Clear this slice", ("Del",), "Removes unlocked labels from the slice", "", "editable"),
    Command("accept", "Edit", "Accept the proposal here", ("A",), "The proposal becomes labels", "check", "editable"),
    Command("accept_all", "Edit", "Accept all proposals", ("Ctrl+Shift+A",), "On every slice of this case", "", "editable"),
    Command("review", "Edit", "Mark reviewed and go on", ("Return", "Enter"), "Only reviewed slices train", "", "editable"),
    Command("reopen", "Edit", "Mark as not reviewed", ("Shift+Return",), "The slice no longer trains", "", "editable"),
    Command("brush_larger", "Edit", "Larger brush", ("]", "+", "="), "", "", "case"),
    Command("brush_smaller", "Edit", "Smaller brush", ("[", "-"), "", "", "case"),
    Command("label_next", "Edit", "Next label", (".",), "", "", "case"),
    Command("label_previous", "Edit", "Previous label", (",",), "", "", "case"),
    Command("new_label", "Edit", "New label", ("Ctrl+L",), "", "plus", "project"),
    Command("preferences", "Edit", "Preferences…", ("Ctrl+,",), "Every setting, with search", "cog-outline"),
    Command("navigate", "Tools", "Navigate", ("V",), "Drag to move, right-drag to zoom", "crosshairs", "case", choice="tool"),
    Command("brush", "Tools", "Brush", ("B",), "Draw; right-drag erases", "brush", "case", choice="tool"),
    Command("eraser", "Tools", "Eraser", ("E",), "Removes unlocked labels", "eraser", "case", choice="tool"),
    Command("adaptive", "Tools", "Adaptive brush", ("D",), "Paints only what resembles the place where the stroke began", "auto-fix", "case", choice="tool"),
    Command("threshold", "Tools", "Threshold paint", ("T",), "Paints only within a range of intensities", "chart-bell-curve", "case", choice="tool"),
    Command("polygon", "Tools", "Polygon", ("P",), "Click corners or draw; points can be dragged; Enter closes", "vector-polygon", "case", choice="tool"),
    Command("wire", "Tools", "Live-wire", ("K",), "Click along an edge; the line clings to it", "magnet", "case", choice="tool"),
    Command("grow", "Tools", "Grow region", ("G",), "Press and drag up or down; release applies", "arrow-expand-all", "case", choice="tool"),
    Command("rectangle", "Tools", "Rectangle", ("Shift+O",), "Drag; Shift squares it, Alt draws from the centre", "rectangle-outline", "case", choice="tool"),
    Command("ellipse", "Tools", "Ellipse", ("O",), "Drag; Shift makes a circle, Alt draws from the centre", "ellipse-outline", "case", choice="tool"),
    Command("fill", "Tools", "Fill", ("F",), "Fills the connected area under the cursor", "format-color-fill", "case", choice="tool"),
    Command("pick", "Tools", "Pick label", ("L",), "Takes the label under the cursor", "eyedropper", "case", choice="tool"),
    Command("window", "Tools", "Window", ("W",), "Drag for width and level; Ctrl+drag round a region; double-click resets", "contrast-circle", "case", choice="tool"),
    Command("ruler", "Tools", "Ruler", ("R",), "Drag from end to end; Esc clears, Ctrl+C copies", "ruler", "case", choice="tool"),
    Command("angle", "Tools", "Angle", ("Shift+R",), "Click one end, the corner, the other end; Esc clears", "angle-acute", "case", choice="tool"),
    Command("reshape_largest", "Segment", "Keep largest island…", (), "Of each label's parts, only the largest stays", "", "editable"),
    Command("reshape_small", "Segment", "Remove small islands…", (), "Parts below a size go", "", "editable"),
    Command("reshape_split", "Segment", "Split islands into labels…", (), "Each part gets a label of its own, the largest keeps this one", "", "editable"),
    Command("reshape_keep_one", "Segment", "Keep one island…", (), "Click on it; the label's other parts go", "", "editable"),
    Command("reshape_drop_one", "Segment", "Remove one island…", (), "Click on it; the label's other parts stay", "", "editable"),
    Command("reshape_move_one", "Segment", "Give an island another label…", (), "Click on it, and choose the label", "", "editable"),
    Command("reshape_median", "Segment", "Median smoothing…", ("Ctrl+M",), "Median: rough edges and specks go", "", "editable"),
    Command("reshape_open", "Segment", "Opening…", (), "Thin bridges and spurs go", "", "editable"),
    Command("reshape_close", "Segment", "Closing…", (), "Gaps and clefts are filled", "", "editable"),
    Command("reshape_joint", "Segment", "Smooth all labels together…", (), "Neighbours keep touching", "", "editable"),
    Command("reshape_grow", "Segment", "Grow margin…", ("Ctrl+G",), "By mm, the same in all directions", "", "editable"),
    Command("reshape_shrink", "Segment", "Shrink margin…", ("Ctrl+Shift+G",), "By mm, the same in all directions", "", "editable"),
    Command("reshape_holes", "Segment", "Fill holes…", ("Ctrl+H",), "What a label encloses", "", "editable"),
    Command("reshape_hollow", "Segment", "Hollow…", (), "Only a wall of some mm stays", "", "editable"),
    Command("reshape_merge", "Segment", "Merge another label in…", (), "The other label becomes this one", "", "editable"),
    Command("reshape_copy", "Segment", "Copy another label here…", (), "This label becomes what the other one was, which is empty then: a voxel has one label", "", "editable"),
    Command("reshape_swap", "Segment", "Exchange with another label…", (), "Each of the two becomes what the other was", "", "editable"),
    Command("reshape_subtract", "Segment", "Cut away near another label…", (), "What lies within mm of the other label goes", "", "editable"),
    Command("reshape_intersect", "Segment", "Keep only near another label…", (), "What lies farther than mm from the other label goes", "", "editable"),
    Command("reshape_invert", "Segment", "Invert…", (), "Label and background change places", "", "editable"),
    Command("reshape_erase", "Segment", "Erase label…", ("Ctrl+Del",), "On this slice, or everywhere", "", "editable"),
    Command("reshape_threshold", "Segment", "Threshold…", ("Ctrl+T",), "All within a range of intensities; Otsu's to begin with", "", "editable"),
    Command("reshape_between", "Segment", "Fill between slices…", ("Ctrl+B",), "By shape; the result is proposed on the slices between", "", "editable"),
    Command("axial", "View", "Axial", ("Ctrl+1",), "Seen from the feet", "", "case", choice="plane"),
    Command("coronal", "View", "Coronal", ("Ctrl+2",), "Seen from the front", "", "case", choice="plane"),
    Command("sagittal", "View", "Sagittal", ("Ctrl+3",), "Seen from the side", "", "case", choice="plane"),
    Command("single", "View", "One view", ("Ctrl+Alt+1",), "A single plane fills the room", "square-outline", "nothing", choice="layout"),
    Command("two", "View", "Two views", ("Ctrl+Alt+2",), "Two planes side by side", "view-split-vertical", "nothing", choice="layout"),
    Command("three", "View", "Three views", ("Ctrl+Alt+3",), "One large plane and two small ones", "view-quilt-outline", "nothing", choice="layout"),
    Command("four", "View", "Four views", ("Ctrl+Alt+4",), "Three planes and the labels' surface", "view-grid-outline", "nothing", choice="layout"),
    Command("maximise", "View", "Maximise this view", ("M",), "The view under the pointer fills the room, or goes back", "", "case"),
    Command("side_labels", "View", "Labels and tools", ("Ctrl+Alt+L",), "On the side of the window", "label-outline", "nothing", choice="side"),
    Command("side_history", "View", "History", ("Ctrl+Alt+H",), "All that was done on this case; click to go back or forth", "history", "nothing", choice="side"),
    Command("side_statistics", "View", "Statistics", ("Ctrl+Alt+M",), "Size and intensity of each label", "sigma", "nothing", choice="side"),
    Command("fit", "View", "Fit to window", ("Ctrl+0",), "", "fit-to-page-outline", "case"),
    Command("zoom_in", "View", "Zoom in", ("Ctrl++", "Ctrl+="), "", "", "case"),
    Command("zoom_out", "View", "Zoom out", ("Ctrl+-",), "", "", "case"),
    Command("labels_shown", "View", "Show labels", ("S",), "Hold to peek", "eye-outline", "case", kind="switch"),
    Command("opacity_more", "View", "Labels more opaque", ("Alt+Up",), "", "", "case"),
    Command("opacity_less", "View", "Labels more transparent", ("Alt+Down",), "", "", "case"),
    Command("outlines", "View", "Outlines only", ("Shift+S",), "", "", "case", kind="switch"),
    Command("doubt", "View", "Where the proposal may be wrong", ("U",), "A haze over what the network is unsure of", "weather-fog", "case", kind="switch"),
    Command("smooth", "View", "Smooth pixels", ("I",), "Interpolate between pixels", "", "case", kind="switch"),
    Command("auto_window", "View", "Automatic window", ("Shift+W",), "From the 0.5th to the 99.5th percentile", "", "case"),
    *(Command(f"preset_{n}", "View", str(name), (f"F{n + 1}",), "", "", "case") for n, name in enumerate(PRESETS, 1)),
    Command("colour_map_next", "View", "Next colour map", ("Shift+C",), "Grey, bone, hot, cubehelix, viridis, magma", "", "case"),
    Command("invert", "View", "Invert", ("Shift+I",), "Dark and bright are swapped", "", "case", kind="switch"),
    Command("slab", "View", "Thick slab", ("Shift+T",), "Neighbouring slices as one; to look at only", "", "case", kind="switch"),
    Command("magnifier", "View", "Magnifier", ("Z",), "Hold it, or press again to put it away", "magnify-plus-outline", "case", kind="switch"),
    Command("compare", "View", "Compare…", ("Ctrl+Shift+C",), "Two checkpoints, or labels and proposals, side by side", "compare", "case"),
    Command("hide_identities", "View", "Hide identities", (), "For demonstrations: names of cases, projects and files give way to numbers", "", "nothing", kind="switch"),
    Command("scan_facts", "View", "Scan information…", ("Ctrl+Shift+I",), "Geometry, values and DICOM tags of the open scan", "", "case"),
    Command("pixel_size", "View", "Set pixel size…", (), "Where the scan's file does not tell it", "", "editable"),
    Command("slice_next", "Go", "Next slice", ("PgDown", "Down"), "", "", "case"),
    Command("slice_previous", "Go", "Previous slice", ("PgUp", "Up"), "", "", "case"),
    Command("slice_first", "Go", "First slice", ("Home",), "", "", "case"),
    Command("slice_last", "Go", "Last slice", ("End",), "", "", "case"),
    Command("frame_next", "Go", "Next frame", ("Alt+Right",), "One step on in time, in a 4-D scan", "chevron-right", "case"),
    Command("frame_previous", "Go", "Previous frame", ("Alt+Left",), "One step back in time, in a 4-D scan", "chevron-left", "case"),
    Command("next_to_correct", "Go", "Next slice to correct", ("N",), "Where a correction helps most", "", "case"),
    Command("case_next", "Go", "Next case", ("Ctrl+PgDown",), "", "", "project"),
    Command("case_previous", "Go", "Previous case", ("Ctrl+PgUp",), "", "", "project"),
    Command("case_flag", "Go", "Flag this case", ("Ctrl+Alt+F",), "To find it again in the list; once more takes the flag away", "flag-outline", "editable"),
    Command("case_comment", "Go", "Comment on this case…", ("Ctrl+Alt+C",), "Kept in the project, shown in the list", "comment-text-outline", "editable"),
    Command("case_filter", "Go", "Filter the cases", ("Ctrl+F", "Ctrl+Shift+F"), "By name or comment", "magnify", "project"),
    Command("predict", "Network", "Predict", ("Ctrl+P",), "Proposes labels; never touches edited or reviewed slices", "", "editable"),
    Command("retrain", "Network", "Retrain", ("Ctrl+R",), "Learns from the reviewed slices", "", "editable"),
    Command("finish_training", "Network", "Finish training", (), "Learn no more; what has been learned so far is scored and kept", "", "project"),
    Command("stop", "Network", "Stop predicting and training", ("Ctrl+.",), "Proposals stay, what a training has learned does not", "", "project"),
    Command("checkpoints", "Network", "Checkpoints…", ("Ctrl+Shift+K",), "Scores, go back, rename, delete", "history", "project"),
    Command("guide", "Help", "Guide", ("F1",), "All of the program explained, with search", "help-circle-outline"),
    Command("commands", "Help", "Find a command…", ("Ctrl+K",), "Type a few letters of its name, then Enter", "magnify"),
    Command("keys", "Help", "Keys…", ("?",), "See, search and change the keys of all commands", "keyboard-outline"),
    Command("tour", "Help", "Tour", (), "The loop in five steps; Esc leaves it", ""),
    Command("about", "Help", "About UNet Studio", (), "", ""),
)  # fmt: skip


def translated(text: str) -> str:
    """A text of the table in the user's language."""
    return QCoreApplication.translate("Commands", text)


def make_actions(parent: QWidget, theme: Theme, verbs: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """One action a command, by id, each calling the verb of its id; a command without a verb is a fault of the program."""
    actions = {}
    for command in COMMANDS:
        action = QAction(translated(command.text), parent)
        action.setObjectName(command.id)
        action.setCheckable(command.kind == "switch" or bool(command.choice))
        action.setAutoRepeat(command.kind != "switch")  # a key held would switch on and off
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setToolTip(tip(command, command.keys))
        action.setStatusTip("")
        if command.icon:
            action.setIcon(icon(command.icon, theme.dim, checked=theme.text, disabled=theme.border))
        verb = verbs[command.id]
        action.triggered.connect(lambda *_, verb=verb: verb())
        parent.addAction(action)
        actions[command.id] = action
    return actions


def show_keys(actions: Mapping[str, QAction], keys: Mapping[str, tuple[str, ...]]) -> None:
    """Afterwards each command is called by these keys, by id, and its tip tells the first of them."""
    for command in COMMANDS:
        action, wish = actions[command.id], [QKeySequence(key) for key in keys[command.id]]
        if action.shortcuts() != wish:
            action.setShortcuts(wish)
            action.setToolTip(tip(command, keys[command.id]))


def tip(command: Command, keys: tuple[str, ...]) -> str:
    """What a hovering pointer shows: name, key, and what it does."""
    name = translated(command.text).rstrip("…")
    key = f" ({QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText)})" if keys else ""
    return f"{name}{key}" + (f"\n{translated(command.tip)}" if command.tip else "")


def why_not(command: Command, action: QAction, *, project: bool, case: bool, is_read_only: bool) -> str:
    """Why the command can't be called now, as a sentence; "" where it can."""
    if action.isEnabled():
        return ""
    if command.needs != "nothing" and not project:
        return QCoreApplication.translate("Commands", "Open scans or a project first.")
    if command.needs in ("case", "editable") and not case:
        return QCoreApplication.translate("Commands", "Open a case first.")
    if command.needs == "editable" and is_read_only:
        return QCoreApplication.translate("Commands", "This project is open to look only.")
    return translated(str(_WHY_NOT.get(command.id, QT_TRANSLATE_NOOP("Commands", "Not possible here."))))


_WHY_NOT = {
    "undo": QT_TRANSLATE_NOOP("Commands", "Nothing to undo."),
    "redo": QT_TRANSLATE_NOOP("Commands", "Nothing to do again."),
    "accept": QT_TRANSLATE_NOOP("Commands", "No proposal on this slice."),
    "accept_all": QT_TRANSLATE_NOOP("Commands", "No slice has a proposal."),
    "reopen": QT_TRANSLATE_NOOP("Commands", "This slice is not reviewed."),
    **dict.fromkeys(("axial", "coronal", "sagittal"), QT_TRANSLATE_NOOP("Commands", "This scan has a single slice.")),
    "finish_training": QT_TRANSLATE_NOOP("Commands", "No training goes on that has learned anything yet."),
    "stop": QT_TRANSLATE_NOOP("Commands", "Nothing is being predicted or trained."),
}


def show_needs(actions: Mapping[str, QAction], *, project: bool, case: bool, editable: bool) -> None:
    """Afterwards just those commands are enabled whose needs are met."""
    met = {"nothing": True, "project": project, "case": case, "editable": editable}
    for command in COMMANDS:
        actions[command.id].setEnabled(met[command.needs])
