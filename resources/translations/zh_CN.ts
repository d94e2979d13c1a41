<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name />
        <message>
            <source>Labels, brush and network</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Menus</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Recent</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Training</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Window presets</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Canvas</name>
        <message>
            <source>- - proposal · Enter accepts, paint takes over</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drop a scan here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>NIfTI, NRRD, MHA, a DICOM folder, PNG, JPEG or TIFF</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Slice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Slice {0} / {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no label here to pick.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>W {0}  L {1}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>CasesPanel</name>
        <message>
            <source>CASES</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cases</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Click a case to open it; right-click for more</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drop DICOM folders, NIfTI files or pictures here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>predicted</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>reviewed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>untouched</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{done} of {all}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>CheckpointsDialog</name>
        <message>
            <source>Checkpoints</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Delete…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Each training leaves a checkpoint. The active one predicts; going back is one click.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rename…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Select a checkpoint, then choose below</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Use this one</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>active</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not enough held-out slices</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} slices</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Commands</name>
        <message>
            <source>A DICOM folder, or a folder of scans</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A folder that keeps your labels and networks</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A folder whose name ends in .unetstudio</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A real brain scan with a few slices labelled</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>About UNet Studio</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Accept all proposals</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Accept the proposal here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Automatic window</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Axial</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Brush</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>By their voxels, in a folder you choose</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Checkpoints…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Clear this slice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Click corners or draw; double-click closes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close project</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy labels from the slice after</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy labels from the slice before</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Coronal</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>DICOM SEG, 3D Slicer, NIfTI, surfaces or a table</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Do it again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drag for width and level; double-click resets</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drag to move, right-drag to zoom</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Draw; right-drag erases</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Edit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Eraser</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Everything is saved already</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export labels…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>File</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fill</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fills the connected area under the cursor</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Find moved scans…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>First slice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fit to window</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>From the 0.5th to the 99.5th percentile</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Geometry, values and DICOM tags of the open scan</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Go</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Go back to an older copy of a project</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Guide</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Help</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hold to peek</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Import labels…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Interpolate between pixels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Keys</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Larger brush</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Last slice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Learns from the reviewed slices</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Mark as not reviewed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Mark reviewed and go on</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>NIfTI, NRRD, .seg.nrrd, DICOM SEG or PNG, laid on this scan</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>NIfTI, NRRD, MHA, DICOM or pictures</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Navigate</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Network</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>New label</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>New project…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Next case</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Next label</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Next slice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Next slice to correct</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>On every slice of this case</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Only reviewed slices train</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open a folder of scans…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open project…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open scans…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open the sample</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Outlines only</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Pick label</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Polygon</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Predict</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Previous case</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Previous label</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Previous slice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Proposes labels; never touches edited or reviewed slices</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Quit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Redo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Removes unlocked labels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Removes unlocked labels from the slice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Restore a backup…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Retrain</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Sagittal</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Scan information…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Scores, go back, rename, delete</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Seen from the feet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Seen from the front</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Seen from the side</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show labels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Smaller brush</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Smooth pixels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stop predicting and training</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Swap brush and eraser</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Take back the last action</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Takes the label under the cursor</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The proposal becomes labels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The slice no longer trains</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tools</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Undo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>View</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What came so far stays</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Where a correction helps most</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Window</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Zoom in</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Zoom out</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>CurvePlot</name>
        <message>
            <source>Grey: training loss. Coloured: Dice on the held-out slices</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Training curves</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>DrawingVerbs</name>
        <message>
            <source>All 255 labels are in use. Remove one first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Clear slice {slice}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy slice {from_} to {to}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Remove</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Remove label</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This works on whole slices of the {plane} plane. Turn to it first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“{label}” leaves the list, and what is drawn with it on the case on the screen is cleared.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ExchangeVerbs</name>
        <message>
            <source>All files</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Exported {what} to {folder}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Import labels for this case</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Label maps and segmentations</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} files</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ExportDialog</name>
        <message>
            <source>All {n} cases</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>An older file of the same name stays; this one gets another name.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Browse for a folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Browse…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose a folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export labels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Export to</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>For scans opened from DICOM. Only geometry and labels are written, under new identifiers.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>For scans opened from DICOM. The file contains the patient's name and number, as the archive it returns to needs them.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Format</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Leave the patient out</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Leave the patient out of the file</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No name, number, dates or hospital, and new identifiers: it can't be filed back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing of the patient is written but the name you gave the case.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This case: {case}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What to export</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Where the files go; made if it is not there</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ImportLabelsDialog</name>
        <message>
            <source>Import</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Import labels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Import labels of another grid</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>In the file</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Locked labels stay in any case</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>On the scan</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Remove what is drawn on this case where the file has nothing</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Resample and import</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The slice with most labels, with both outlines</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name} does not lie on the voxels of this scan. Each voxel of the scan can take the label of the file's nearest one. Look whether both outlines agree with the picture.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>LabelsPanel</name>
        <message>
            <source>Add a structure to outline (Ctrl+L)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>LABELS</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Labels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>New label</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>LookingVerbs</name>
        <message>
            <source>About UNet Studio</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Apache License 2.0. Not a medical device: check every outline before you rely on it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Guide</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Keys</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>UNet Studio {version}

Outlines structures in medical scans with a U-Net that learns from your corrections.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>intensity {value}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>proposed: {label}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>MovedVerbs</name>
        <message>
            <source>Every scan of this project is where it was.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Find scans…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>None of the {n} missing scans is in {folder}. Choose another folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Where are the scans now? Folders below are searched, too</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>NetworkPanel</name>
        <message>
            <source>1 case</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>1 slice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All checkpoints</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All checkpoints…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Correct a few slices, press Enter on each, then click Retrain.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>End the training now; the checkpoint before stays active</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>NETWORK</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Network</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No network yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Not enough held-out slices yet for a score.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Scores, go back, rename, delete (Ctrl+K)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stop</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stop training</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Training progress</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>active</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>held-out Dice, {cases}, {slices}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} cases</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} slices</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{time} left</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>NetworkVerbs</name>
        <message>
            <source>A training is going on already. Stop it first to begin another.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Delete</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Delete checkpoint</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>From scratch: classic U-Net of 2015, large and slow</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>From scratch: light network, for slow computers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>From scratch: standard network</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Go on from the active checkpoint</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Normal: 5 minutes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Quick: 1 minute</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rename checkpoint</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Thorough: 30 minutes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“{name}” is gone for good after this.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Notices</name>
        <message>
            <source>Dismiss</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Notice</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ProjectVerbs</name>
        <message>
            <source>Nothing yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open a folder of scans</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Project {day}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Remove</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Remove case</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Remove from the project…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rename case</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rename…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Restore…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no backup of “{project}” yet. The first is made once something is drawn.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“{case}” and everything drawn on it leave the project. The scan's own file stays where it is.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>RelinkDialog</name>
        <message>
            <source>Case</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Found in</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Found {n} of {all} scans, each the same in every voxel. The scans themselves are not touched.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Moved scans</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Use these</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Where each scan was found</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not found</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ReportDialog</name>
        <message>
            <source>Copy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy the report</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fault report</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Report</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Something went wrong inside the program</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What you drew is saved as the status bar says. This is where in the program it happened. It holds no file names, no patient data and no pictures, so you can send it as it is.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Where it happened</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>RestoreDialog</name>
        <message>
            <source> and {n} more</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Actions</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Backups, the newest first</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cases</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Made</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Restore</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Restore a backup</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Restore a backup of “{project}”</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project goes back to what it was then. What it is now is kept beside it, and so is every backup.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ScanFactsDialog</name>
        <message>
            <source>Copies the facts about the volume, nothing about the patient</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy report</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>DICOM tags</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Kind</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Name</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Number, name or value</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Scan information</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Scan information: {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Search</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Search the tags</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tag</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>These tags may name the patient. They are shown here and nowhere else.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Value</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Volume</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Sentences</name>
        <message>
            <source> %1 voxels were left as they were, as their labels are locked.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source> (%1 more files are unreadable.)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source> (%1 of %2)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source> If that computer is switched off, delete the file “%1” in it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source> and %1 scans</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source> of %1 cases</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source> of %1 mm</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source> when unpacked</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source> × %1 channels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 ORDER BY c.id</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 bytes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 can't be read: %2. Check the disk or the network drive.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 can't be read: no permission. Ask who owns it for access.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 can't be read: the program's decoder did not start. Restart the program.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 can't be saved as a surface in mm: its scan tells no voxel size. Export as .seg.nrrd.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 can't be saved: NIfTI takes colours of 8 bits only. Save as .nrrd.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 can't be saved: its ending is none of %2. Choose one of them.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 can't be saved: pictures take 8 or 16 bits without sign, not %2. Save as .nii.gz.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 can't be saved: probabilities are written as .nii.gz only.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 can't be saved: there is a file of that name. Choose another name.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 can't be written: its folder does not exist. Make it first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 changed while it was read. Open it again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 changes nothing: its labels are there already.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 could not be saved whole. Save somewhere else.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 could not be saved whole: the disk may be full. Save somewhere else.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 could not be saved: %2.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 could not be written (%2); choose another folder or free space.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 differs in size or kind from %2, so the folder is no stack. Open its pictures as single cases.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 does not hold whole numbers (integer labels): it may be a map of probabilities. Save it with one whole number a label.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 does not hold whole numbers as labels. Save it again as a label map.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 does not lie on the scan's grid: its position (origin or spacing) is up to %2 mm off. Choose the scan's own labels, or resample it to the scan.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 does not lie on the scan's grid: its voxels have another direction or spacing. Resample it to the scan first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 does not match the scan: its size is %2 voxels, the scan's %3. Choose the scan's own labels.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 does not say where its frames lie in the patient. Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 duplicate image%2 at the same position in %3 %4 left out (%5).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 exists already and checkpoints are never overwritten; choose another name.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 exists already and is not overwritten; choose another name.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 frame %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 frames (it has more than three dimensions, 4D)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 has %2 bits per pixel, which can't be shown. Open another series.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 has %2 components per voxel, which can't be shown. Save one of them.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 has %2 dimensions in an order this program can't show. Save it as 3-D volumes.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 has %2 labels up to %3, too many: they go up to 255. Save it with fewer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 has a negative voxel size in its header: taken as positive.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 has an impossible voxel spacing in its header (%2).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 has an unsupported data type (%2). Convert it to 16-bit integers.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 has an unsupported data type (NIfTI code %2). Convert it to 16-bit integers.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 has more labels than fit beside the project's: there are 255 values. Remove some first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 has more than 255 segments, too many. Save it with fewer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 has negative values (%2), which are no labels. Save it with labels from 0 to 255.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 has no UIDs by which a DICOM SEG or RTSTRUCT could refer to it (they were blanked). Export as .seg.nrrd or NIfTI.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 has no place in a patient, so nothing can be stored in DICOM for it. Export as NRRD.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 has pages of different sizes or kinds (page %2 differs). Save each as its own file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 has segments that are not in it. Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 has several pages and can't be one slice. Open it by itself.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 has slanted slices (a tilted gantry): they are shown as if straight, mm are right.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 has text lines before its voxels, which is not read. Save it as gzip.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 has values that are no numbers (NaN), so it is no label map. Save it again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 has values too large for labels. Save it with labels from 0 to 255.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 holds %2. %3.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 holds complex numbers, which can't be shown. Save its magnitude as a scan of its own.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 holds fractions (probabilities), not labels. Save it as a binary segmentation.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 holds its voxels as text, which is not read. Save it as binary.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 holds no convolution. %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 holds no finite value: every voxel is NaN or infinite. Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 holds no image (pixel data)%2. Open the scan it belongs to.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 holds no images that can be read: %2%3</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 holds no volume %2. Open it again and choose another.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 holds other layers than its own description says, so it is damaged. %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 holds weights of another program and not of UNet Studio. %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 holds weights that are not finite (NaN), so it can't be used. %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 image%2 of another size or orientation in %3 %4 left out, as a localizer (scout) would be.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is %2 bytes longer than its header says. Check that nothing is missing.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is %2 on disk and unpacks (deflate) to more than %3, which is too large for a scan. Export it uncompressed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is %2 on disk and unpacks to %3, which is large for a scan. Open it as %4#%5 if you trust it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is a .keras archive; save its weights as NAME.weights.h5 and import those.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is a colour picture and can't be a label map. Save it in grey, one value a label.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is a folder with no images in it (no DICOM, NIfTI, NRRD or pictures). Choose another folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is a folder, not a file. Open a file in it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is a pickled PyTorch file, which may run any program and is not opened. %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is a web page (HTML) and no checkpoint; download it again. %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is an HDF5 file without layers of Keras. %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is compressed in a way that is not read (transfer syntax %2). Export it uncompressed or as JPEG 2000.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is damaged or cut short (truncated) and can't be shown. Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is damaged or no HDF5 file of Keras. %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is damaged or no checkpoint (not a sound safetensors file of ours). %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is damaged, or too large: %2. Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is damaged: %2. Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is damaged: expected %2 bytes of pixels, found %3. Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is damaged: expected %2 bytes%3, found %4. Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is damaged: it can't be decoded. Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is damaged: it can't be read as DICOM. Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is damaged: it can't be read as a DICOM SEG. Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is damaged: it claims %2 frames. Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is damaged: it is far longer than its header says. Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is damaged: its NIfTI header claims %2 dimensions. Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is damaged: its affine gives no directions (it is singular). Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is damaged: its checksum or compressed data is wrong. Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is damaged: its compressed data is cut short (truncated), %2 bytes were expected. Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is damaged: its header claims the impossible size %2. Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is damaged: its header gives no data offset. Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is damaged: its header is cut short (truncated). Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is damaged: its pixels (%2) can't be decoded. Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is damaged: its pixels (stored) can't be decoded. Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is damaged: its size is %2 rows and %3 columns. Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is empty (0 bytes). Ask for a new copy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is empty, so it is no checkpoint. %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is empty: every voxel is background.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is encoded as %2, which is not read. Save it as gzip.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is half of a pair: %2 is missing. Put both into one folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is in colour and can't be a label map. Save it with one value a label.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is in colour: its red, green and blue are three channels.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is in the way of the sample's scan; move it away.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is in this project already, as “%2”.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is no DICOM series, which this format needs to lie on. Export as .seg.nrrd or NIfTI.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is no possible file name. Check it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is not a DICOM file. Check that it is the right file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is not a NIfTI file: its header lacks the format's magic word (Analyze files do too). Convert it to .nii.gz.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is not a regular file but a pipe or device. Open a scan's file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is not in a format that is recognised. Check that it is the right file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is not in a format that is recognised. Open DICOM, NIfTI, NRRD, MetaImage, PNG, JPEG or TIFF.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is not the scan it was when it was added to the project. Put the first file back, or add this one as a new case.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is not whole: %2 is missing or lies in another file. %3</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is of another network: %2 holds no plain floating-point numbers. %3</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is of another network: it has %2 convolutions, and the classic network has %3. %4</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is of another network: it takes %2 channels. %3</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is of another network: its layer %2 has a kernel of shape %3, and the classic network has %4 there. %5</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is of another network: its layer %2 has weights of shape %3, and the classic network has convolutions with a bias only. %4</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is sheared: the directions of its rows and columns are not at right angles. Resample it onto a straight grid first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is shown rotated, as its camera noted; its labels are saved rotated alike.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is spread over several data files, which is not read. Save it as one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is stored inverted (MONOCHROME1): its high values are dark on film. Values are kept.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is too large: it needs %2 of memory, %3 are free. Close other programs or use a computer with more memory.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 is too large: more than %2 million pixels, or damaged. Save the part you need.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 items</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 labelled voxels of %2 lie outside the scan and are left out.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 names a data file outside its own folder, which is refused as unsafe. Put both into one folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 needs more memory than there is. Close other programs.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 needs the data file %2, which is missing. Put it beside.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 non-finite voxels (NaN or infinite) of %2 are shown as its minimum.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 of %2 cases could not be exported. %3</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 on %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 phase %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 phases (images at the same positions)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 pictures</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 scans</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 series</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 shares no space with the scan: it lies elsewhere in the patient, or belongs to another scan. Choose the scan's own labels.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 slice%2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 slice%2 of %3 %4 missing (there are gaps of up to %5 mm, usual are %6 mm): empty slices stand in their place (%7).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 stores no orientation: it is laid on the scan voxel by voxel.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 stores no orientation: it is shown as it is stored, left and right are unknown.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 stores two orientations that disagree (qform and sform): the %2 is used. Check left and right.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 to %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 to %2 pixels on the longer side.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 voxels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 voxels of %2 belong to several segments: the last of them was taken.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 was not found. Check where it is now.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 was not imported, as another case is open now.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 was not read: the program is being closed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 was not saved as it should be when read back. Save somewhere else.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 was taken with a tilted gantry (%2°): its slices are shown as if straight, mm are right.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 was written by a later version of UNet Studio (format %2, this one reads %3); update the program.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1 would be empty: nothing is drawn on its scan. Draw or predict first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1, %2 of the training pixels right</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1. Check the disk</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1. Check the disk and try again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1. Free some space, or choose another place</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>%1. Save somewhere else</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>3D Slicer, with names and colours</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>: it is </source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Accept %1 slices</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Accept slice %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All reviewed slices are held out for scoring. Review one more, then click Retrain.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Anatomic codes - DICOM master list~%1~%2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Apple GPU</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Apple graphics processor</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Binary labelmap</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Channels: the slice, the slice before it, the slice after it; at an end of the volume the slice itself.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Checking %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Checkpoint %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose another checkpoint, or train one from your reviewed slices.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose one</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose weights of the classic network (31,031,685 parameters for one grey channel), saved by save_weights.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Clear area</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Clip to %1 … %2, subtract mean, divide by deviation, channel by channel.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Clip to -10 … 10.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Clip to the volume's 0.5th and 99.5th percentile, subtract its mean, divide by its standard deviation (both of all its voxels, not clipped).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Columns run along</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cut the padding off the chances, resample them to the slice's own pixels, take the likeliest class.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>DICOM RTSTRUCT, contours</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>DICOM SEG</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Details…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Every slice is edited or reviewed already, and a prediction never changes those.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Every slice of this case is reviewed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Exporting %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fill %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>ISO_IR 192</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Import labels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Imported %1 label%2 from %3.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Label %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Labels of UNet Studio</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Laying %1 on the scan</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Left out: %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Looking at %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Looking at %1 files</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Looking at %1 files in %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Looking for %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Looking for backups</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Manual Processing</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Measuring the peak</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>NIfTI, compressed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>NVIDIA graphics card that torch can use</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No backup of the project “%1” could be made: %2.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Not everything in the open project could be saved, so it is left as it is. Open it again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing is reviewed yet. Correct a slice, press Enter to mark it reviewed, then click Retrain.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing was changed: %1.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open %1#%2 for all as the slices of one volume, or one of them</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Opening %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Opening the network</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Opening the project</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Origin (LPS)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Otsu threshold</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>PLY, a surface a label</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>PNG, one a slice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Pad with 0 about the centre to %1 × %2 or more, to multiples of %3.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Paint %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Predicting with %1 at %2 × %3</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Preparing the slices</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Remove %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reopen slice %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Resample to pixels of %1 × %2 mm where mm are known.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Review slice %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rows run along</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>STL, a surface a label</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Scoring the checkpoint before</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Segmentation category and type - 3D Slicer General Anatomy list</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Series %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Sizes within a factor of 1.1 of that are left alone; resampling is bilinear, averaging where it shrinks.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Slice %1 of %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Slices of this scan are reviewed in the %1 plane. Turn to it first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Slices run along</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Soft tissue</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Some slices have %1 channels and some %2; train grey and colour scans apart.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Something went wrong inside the program; it goes on, and what you drew is saved as the status bar says.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Starting the network</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stored as</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Table of volumes, CSV</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Table of volumes, Excel</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The backup is back. What it replaced is kept as “%1” in the project’s folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The backup of “%1” could not be put back: %2.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The backup “%1” is damaged itself. Choose another one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The checkpoint %1 can't be read (%2). %3</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The checkpoint %1 is not there any more. %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The checkpoint %1 was trained on scans of %2 channel%3 and %4 has %5; choose another checkpoint.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The checkpoint %1 was trained on scans of %2 channels and these have %3; train from scratch instead.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The checkpoint can't be saved in the project “%1”: %2.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The checkpoint “%1” is gone. Train again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The checkpoint “%1” is in use. Activate another one before deleting it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The folder %1 can't be made (%2). Choose another one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The frames of %1 are not evenly spaced, so they are no volume.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The open project stays open, as not everything in it is saved yet. %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The pictures in %1 differ in size. Choose a folder of one stack.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The pixel spacing of %1 is not stored: lengths are in pixels, volumes in ml are not shown.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The position and orientation of %1 in the patient are not stored: left and right are unknown.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The prediction stopped at a fault in the program. What came so far stays.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The program ended unexpectedly the last time. What had been drawn until then is here.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project “%1” can't be made: %2.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project “%1” can't be used: %2.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project “%1” can't be written to: %2.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project “%1” is damaged: %2 can't be read (%3). Put back a backup: File, Restore a backup.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project “%1” is open for writing by %2. Close it there, or open it here to look only.%3</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project “%1” is open to look only, so nothing in it can be changed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The scan %1 of “%2” is no longer where it was. Connect the drive it lies on, or choose the folder it was moved to: File, Find moved scans.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The settings can't be saved in %1: %2.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The slices of %1 are in the order of their numbers, and the gaps between them are unknown.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The slices of %1 are not evenly spaced (gaps of %2 to %3 mm): lengths across slices and volumes in ml are not shown.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The slices of %1 are not evenly spaced, or their spacing is not told, so labels on them can't be placed in DICOM. Export as NRRD.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The spacing of %1 is that on the detector, not calibrated: lengths in the patient are smaller.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The tags of %1 can't be read: the file is damaged.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The training could not be prepared in %1 (%2); free some space and try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The training folder %1 is not whole; start the training again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The training process could not be started (%1). %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The training process ended by itself (code %1).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The training process fell silent.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The training process was ended by the system, most likely for want of memory. Close other programs.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The training stopped at a fault in the program. Nothing of yours is lost.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The training went astray (its loss is not a number); train from scratch, or look for broken scans.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The transparency (alpha) of %1 is left out.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The values of %1 go up to %2: they became labels 1 to %3.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The voxel spacing of %1 is unknown: lengths are in pixels, volumes in ml are not shown.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The weights %1 are not there. %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no label to paint with. Add one in the list of labels first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no network yet and no label to propose. Add a label first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no reviewed slice to learn from; review at least one slice first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no trained network yet, so this first guess is a plain brightness threshold for “%1”. Correct a few slices, press Enter on each, then click Retrain.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is not enough memory for the network; close other programs or choose the light network.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is not enough memory for this training; close other programs or train on fewer slices.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This computer has no %1; choose the device “auto” or “cpu”.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This project is open to look only, so no scan can be added.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This project is open to look only, so nothing in it can be changed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This project is open to look only. Open it for writing to retrain.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Training %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Trying to save again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Where they are not, resample</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Worked on in</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Writing ONNX needs two more packages; install them with: pip install onnx onnxscript.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Your labels and the checkpoint before are as they were; click Retrain to try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a directory of other files (DICOMDIR)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a presentation state</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a radiotherapy dose (RTDOSE)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a radiotherapy plan or record</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a row of the journal</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a segmentation (SEG)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a set of contours (RTSTRUCT)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a slice state</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a stack of no pictures</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>a structured report (SR)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>add scans</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>an enclosed document</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>another program is reading or copying it right now. Try again in a moment</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>byte skip</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>can't allocate memory</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>checkpoint “%1”</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>data file</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>decoding it took far more memory than it should</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>decoding it was given up after %1 s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>dicom frame</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>domain domain domain</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>edited, not yet reviewed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>encoding: gzip</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>endian: little</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>furthest from reviewed ones</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>held-out Dice %1 (%2)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>holds no image</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its byte or line skip is no number</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its decoder broke down on it</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its folder can't be written to. Open it to look only, or copy it to a folder of yours</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its folder does not exist. Save somewhere else</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its folder is a file. Choose another place</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its folder is a file. Save somewhere else</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its folder is gone or can't be written to. Connect the drive it lies on, and try again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its folder is gone. Connect the drive or network folder it lies on, and try again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its header claims the impossible size %1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its header gives no sizes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its header names no data file (ElementDataFile)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>least sure, about %1 may be wrong</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>line skip</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>mask pages</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not enough held-out slices yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not enough memory</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not told</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not told by the file: lengths are in pixels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>nothing reviewed yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>of the same pixels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>one step of it is larger than a project can keep. Work in smaller steps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>only background may be painted over</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>open case</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>out of memory</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>picture pages</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>space directions</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>space origin</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>space units</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>space: left-posterior-superior</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the disk is full. Free some space and save again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the disk is full. Free some space and try again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the disk is read-only. Copy it to a disk that can be written to</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the disk is read-only. Save somewhere else</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the disk refused it</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the disk reports an error or is full. Check the disk and its connection, and try again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the disk takes no file of that size. Free some space or move it to another disk</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the file system takes no file of that size. Save somewhere else</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the file “project.sqlite” in it is damaged or no project. Put back a backup: File, Restore a backup</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the file “project.sqlite” in it is damaged. Put back a backup: File, Restore a backup</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the first of each was kept</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the labels of case “%1”, slice %2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the name is too long. Choose a shorter one</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the name of its data file is impossible</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>there is a folder of that name. Choose another name</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>this computer's memory is used up. Close other programs and try again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>this scan</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>you have no permission for its folder. Ask for it, or copy the project to a folder of yours</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>you have no permission to write there. Ask for it, or copy it to a folder of yours</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>you have no permission to write there. Save somewhere else</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>your share of the disk is used up. Free some space and save again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>your share of the disk is used up. Free some space and try again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” exists already. Open it, or choose another name.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is hidden, so painting it would not be seen. Show it first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is locked</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is locked. Unlock it to paint it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“%1” is locked. Unlock it to remove it.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>SeriesDialog</name>
        <message>
            <source>All</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose series</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>None</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open {n}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Series</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tick the series to open. Each becomes a case.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tick what to open; Space ticks the marked one</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tick {what}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} series found</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Showing</name>
        <message>
            <source>Every slice is reviewed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Everything is saved again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Look only</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Next: {slice}, {reason}  [N]</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Redo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Undo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What you draw is not saved at the moment; it is tried again every few seconds. {why}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name} is ready and in use.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{n} slices reviewed since: a one-minute Retrain is likely worth it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{time} left</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>SliceStrip</name>
        <message>
            <source> · held out</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Slice {0} · {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Slices</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Slices and their states</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>edited</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>predicted</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>predicted (height: how unsure)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>reviewed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>untouched</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Status</name>
        <message>
            <source>Everything is saved at once; there is no Save button</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>NOT SAVED: {why}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Read only</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Saving</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Saving…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Status</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stop (Ctrl+.)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stop what is being worked on</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{why} Click to try again at once.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>✓ All changes saved</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ToolOptionsPanel</name>
        <message>
            <source>BRUSH</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Background</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Brush</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Brush size</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Brush size: Shift+wheel, or [ and ]</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How strongly labels cover the scan</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Label opacity</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Opacity of labels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Paint only where there is no label yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Paint over</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Paint over every label that is not locked</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Paint over: {what}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Size</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Unlocked</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>TopBar</name>
        <message numerus="yes">
            <source>%n new</source>
            <translation type="unfinished">
                <numerusform />
            </translation>
        </message>
        <message>
            <source>How long to train, and from what</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Retrain</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Retrain · 999 new</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Toolbar</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Where the network runs</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>_LabelRow</name>
        <message>
            <source>Colour</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Colour of {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Colour…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Double-click to rename</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lock: nothing paints over a locked label</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Locked</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Name</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Remove label…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rename</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show or hide</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Visible</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>questions</name>
        <message>
            <source>All files</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Keep the one before</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>My project</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Name</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>New project: name and place</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>One stack</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open a project (a folder ending in .unetstudio)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open scans</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Pictures</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Scans</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Single cases</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>These are {count} pictures of one size. Are they the slices of one stack, or cases of their own?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Use the new checkpoint?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Use the new one</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name} scored lower on the held-out slices than the checkpoint in use: {before:.3f} → {after:.3f}.</source>
            <translation type="unfinished" />
        </message>
    </context>
</TS>
