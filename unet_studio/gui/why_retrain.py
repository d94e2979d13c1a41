"""Why to retrain now, or not yet, in a sentence."""

from PySide6.QtCore import QCoreApplication

from unet_studio.workbench.corrections import Reasons


def why_retrain(reasons: Reasons) -> str:
    """What the network panel says; "" where there is too little to say anything."""
    text = {
        "": "",
        "new": _tr("{n} slices reviewed since: a one-minute Retrain is likely worth it for the rest of the scan."),
        "worth": _tr(
            "{n} slices reviewed since; you changed {share} of what was proposed: "
            "a one-minute Retrain is likely worth it for the rest of the scan."
        ),
        "wait": _tr("{n} slices reviewed since; you changed only {share} of what was proposed: a Retrain can wait."),
        "right": _tr("The last {judged} proposals were right as they were: no need to retrain yet."),
    }[reasons.advice]
    share = f"{100 * reasons.changed:.{0 if reasons.changed >= 0.1 else 1}f} %"
    return text.format(n=reasons.new, judged=reasons.judged, share=share)


def _tr(text: str) -> str:
    return QCoreApplication.translate("WhyRetrain", text)
