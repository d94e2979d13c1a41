"""SNOMED codes for the names of structures, as DICOM SEG and 3D Slicer's files ask for them."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Concept:
    """A code of SNOMED CT ("SCT") and what it means."""

    code: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What a structure is: its category, its type, and which side, where its name tells."""

    category: Concept
    type: Concept
    side: Concept | None = None


TISSUE = Concept("85756007", "Tissue")
_ANATOMY = Concept("123037004", "Anatomical Structure")
_ABNORMAL = Concept("49755003", "Morphologically Altered Structure")
_LEFT, _RIGHT = Concept("7771000", "Left"), Concept("24028007", "Right")

# By every name that is common; codes are those of the DICOM standard's context groups (PS3.16).
_STRUCTURES: dict[str, tuple[str, str]] = {
    "liver": ("10200004", "Liver"), "spleen": ("78961009", "Spleen"), "kidney": ("64033007", "Kidney"),
    "pancreas": ("15776009", "Pancreas"), "stomach": ("69695003", "Stomach"), "gallbladder": ("28231008", "Gallbladder"),
    "bladder": ("89837001", "Urinary bladder"), "aorta": ("15825003", "Aorta"), "heart": ("80891009", "Heart"),
    "lung": ("39607008", "Lung"), "brain": ("12738006", "Brain"), "prostate": ("41216001", "Prostate"),
    "esophagus": ("32849002", "Esophagus"), "oesophagus": ("32849002", "Esophagus"), "trachea": ("44567001", "Trachea"),
    "colon": ("71854001", "Colon"), "duodenum": ("38848004", "Duodenum"), "small bowel": ("30315005", "Small Intestine"),
    "small intestine": ("30315005", "Small Intestine"), "adrenal": ("23451007", "Adrenal gland"),
    "bone": ("272673000", "Bone"), "spinal cord": ("2748008", "Spinal cord"), "vertebra": ("51282000", "Vertebra"),
    "hippocampus": ("5366008", "Hippocampus"), "thyroid": ("69748006", "Thyroid"), "femur": ("71341001", "Femur"),
    "left ventricle": ("87878005", "Left ventricle"), "right ventricle": ("53085002", "Right ventricle"),
    "left atrium": ("82471001", "Left atrium"), "right atrium": ("73829009", "Right atrium"), "uterus": ("35039007", "Uterus"),
    "breast": ("76752008", "Breast"), "inferior vena cava": ("64131007", "Inferior vena cava"),
    "portal vein": ("32764006", "Portal vein"), "rectum": ("34402009", "Rectum"), "eye": ("81745001", "Eye"),
    "skin": ("39937001", "Skin"), "white matter": ("68523003", "Cerebral white matter"),
}  # fmt: skip
_CHANGES: dict[str, tuple[str, str]] = {
    "tumor": ("108369006", "Neoplasm"), "tumour": ("108369006", "Neoplasm"), "neoplasm": ("108369006", "Neoplasm"),
    "mass": ("4147007", "Mass"), "nodule": ("27925004", "Nodule"), "lesion": ("52988006", "Lesion"),
    "edema": ("79654002", "Edema"), "oedema": ("79654002", "Edema"), "necrosis": ("6574001", "Necrosis"),
}  # fmt: skip


def terms_of(name: str) -> Terms:
    """What a label's name says that it is; "Tissue" where it says nothing that is known.

    "Left kidney", "kidney_l" and "Kidneys" are kidneys; "liver tumour" is a tumour.
    """
    words = re.findall(r"[^\W\d_]+", name.lower())
    said = " ".join(words)
    side = None
    if "left" in words or (words and words[-1] == "l"):
        side = _LEFT
    elif "right" in words or (words and words[-1] == "r"):
        side = _RIGHT
    for known, category in ((_CHANGES, _ABNORMAL), (_STRUCTURES, _ANATOMY)):
        for key in sorted(known, key=len, reverse=True):  # "left ventricle" before any shorter word
            if re.search(rf"\b{key}(s|es)?\b", said):
                is_sided = key.startswith(("left", "right"))  # the code itself has the side
                return Terms(category, Concept(*known[key]), None if is_sided else side)
    return Terms(TISSUE, TISSUE)
