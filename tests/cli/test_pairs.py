import io

import pytest

from unet_studio.cli.output import Output
from unet_studio.cli.pairs import find_pairs, stem_of
from unet_studio.errors import ReadError


@pytest.fixture
def output():
    return Output(as_json=False, out=io.StringIO(), err=io.StringIO(), clock=lambda: 0.0)


@pytest.fixture
def folders(tmp_path):
    def make(images, labels):
        for name, entries in (("images", images), ("labels", labels)):
            for entry in entries:
                path = tmp_path / name / entry
                path.parent.mkdir(exist_ok=True)
                path.mkdir() if entry.endswith("/") else path.touch()
        return tmp_path / "images", tmp_path / "labels"

    return make


def pairs(folders, output, cases=None):
    return [(p.case, p.image.name, p.labels.name) for p in find_pairs(*folders, cases, output)]


def warned(output) -> str:
    return output._err.getvalue()


def test_scans_and_labels_belong_together_by_their_stems_in_any_format(folders, output):
    both = folders(["b.nii.gz", "a.nrrd", "007.png"], ["007.png", "a.nii.gz", "b.seg.nrrd"])
    assert pairs(both, output) == [
        ("007", "007.png", "007.png"), ("a", "a.nrrd", "a.nii.gz"), ("b", "b.nii.gz", "b.seg.nrrd"),
    ]  # fmt: skip
    assert warned(output) == ""


def test_a_folder_is_a_scan_by_its_whole_name(folders, output):
    both = folders(["SCD.01_ED/"], ["SCD.01_ED.nii.gz"])
    assert pairs(both, output) == [("SCD.01_ED", "SCD.01_ED", "SCD.01_ED.nii.gz")]
    assert stem_of(both[0] / "SCD.01_ED") == "SCD.01_ED"


def test_what_lies_beside_a_scan_is_no_scan(folders, output):
    both = folders(["a.mhd", "a.raw", "a.json", ".DS_Store", "Thumbs.db", "notes.txt"], ["a.hdr", "a.img"])
    assert pairs(both, output) == [("a", "a.mhd", "a.hdr")]
    assert warned(output) == ""


def test_what_has_no_partner_is_told_and_left_out(folders, output):
    both = folders(["a.nii", "b.nii", "c.nii", "d.nii", "e.nii"], ["a.nii"])
    assert [case for case, _, _ in pairs(both, output)] == ["a"]
    assert "b, c, d and 1 more" in warned(output)


def test_a_list_of_cases_restricts_without_warning(folders, output, tmp_path):
    (tmp_path / "half.txt").write_text("\ufeffb\n\n  c \n", encoding="utf-8")
    both = folders(["a.nii", "b.nii", "c.nii"], ["a.nii", "b.nii", "c.nii"])
    assert [case for case, _, _ in pairs(both, output, tmp_path / "half.txt")] == ["b", "c"]
    assert warned(output) == ""


def test_a_listed_case_without_labels_is_named_with_where_it_is_missing(folders, output, tmp_path):
    (tmp_path / "half.txt").write_text("a\nb\n")
    with pytest.raises(ReadError, match=r"b, listed in half\.txt, is not in labels"):
        pairs(folders(["a.nii", "b.nii"], ["a.nii"]), output, tmp_path / "half.txt")


def test_two_scans_of_one_stem_are_refused_by_name(folders, output):
    with pytest.raises(ReadError, match=r"a\.nrrd and a\.nii in images have the same stem"):
        pairs(folders(["a.nii", "a.nrrd"], ["a.nii"]), output)


def test_nothing_in_common_is_refused(folders, output):
    with pytest.raises(ReadError, match="No scan in images has labels of the same name in labels"):
        pairs(folders(["a.nii"], ["b.nii"]), output)


def test_a_missing_folder_is_named(tmp_path, output):
    with pytest.raises(ReadError, match="nowhere was not found"):
        find_pairs(tmp_path / "nowhere", tmp_path, None, output)


def test_one_label_file_belongs_to_the_one_scan_whatever_they_are_called(folders, output):
    images, labels = folders(["dicom/"], ["labels.nii.gz"])
    (pair,) = find_pairs(images / "dicom", labels / "labels.nii.gz", None, output)
    assert (pair.case, pair.labels.name) == ("dicom", "labels.nii.gz")


def test_one_scan_file_finds_its_labels_in_a_folder(folders, output):
    images, labels = folders(["a.nii", "b.nii"], ["a.nii", "b.nii"])
    assert [p.case for p in find_pairs(images / "b.nii", labels, None, output)] == ["b"]
