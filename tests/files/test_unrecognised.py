"""What is no scan is refused in words that fit it: archives, lists, databases, pickled weights."""

import json
import pickle
import sqlite3
import stat
import zipfile

import pytest

from tests.files.phantoms import nifti
from unet_studio.files.scan_list import read_scan_list
from unet_studio.files.sources import sources
from unet_studio.files.volumes import inspect, read_volume


def said(path) -> str:
    found = inspect(path)
    assert found.outcome == "error" and path.name in found.message
    assert sources([path]).unreadable == (found.message,)  # the same in the window
    return found.message


def archive(tmp_path, *names: str | zipfile.ZipInfo, content: bytes = b"x"):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(name, content, zipfile.ZIP_DEFLATED)
    return path


@pytest.mark.parametrize("name", ["../x", "/tmp/x", "a/../../x", "C:/x", "..\\x"])
def test_an_archive_whose_paths_leave_its_folder_is_unsafe(tmp_path, name):
    assert "leads outside its folder" in said(archive(tmp_path, "a.nii", name))


def test_links_twins_and_device_names_in_an_archive_are_unsafe(tmp_path):
    link = zipfile.ZipInfo("link")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    assert "link" in said(archive(tmp_path, link))
    with pytest.warns(UserWarning, match="Duplicate"):
        path = archive(tmp_path, "a", "a")
    assert "duplicate" in said(path)
    assert "Windows" in said(archive(tmp_path, "images/CON.nii.gz"))


def test_a_harmless_archive_is_to_be_unpacked_and_a_bomb_or_a_torn_one_is_told(tmp_path):
    path = archive(tmp_path, "a.nii", content=nifti())
    assert "Unpack it" in said(path)
    path.write_bytes(path.read_bytes()[:-15])
    assert "damaged zip" in said(path)
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file, file.open("a.nii", "w") as part:
        for _ in range(280):
            part.write(bytes(1 << 20))
    assert "too large" in said(path)


def scan_list(tmp_path, content):
    path = tmp_path / "list.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def images(*names):
    return {"schema": 1, "images": [{"path": name} for name in names]}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"schema": 1, "ima', "no JSON from line 1"),
        (bytes(200), "damaged"),
        (b"[" * 200_000, "nested"),
        (b'{"images": [], "a": NaN}', "NaN"),
        ({"schema": 999, "images": []}, "newer version"),
        ({"schema": 1, "images": {"a": None}}, "images"),
        ({"schema": 1, "images": []}, "no images"),
        ([1, 2], "another format"),
        (images("../../etc/passwd"), "outside its own folder"),
    ],
)
def test_a_list_that_makes_no_sense_is_refused_with_the_reason(tmp_path, content, words):
    assert words in said(scan_list(tmp_path, content))


def test_a_list_opens_what_is_there_and_names_what_is_missing(tmp_path):
    (tmp_path / "a.nii").write_bytes(nifti())
    path = scan_list(tmp_path, images("a.nii", "gone.nii.gz"))
    assert read_scan_list(path).files == (tmp_path / "a.nii",)
    found = inspect(path)
    assert found.outcome == "asks" and "gone.nii.gz" in found.message and [v.id for v in found.volumes] == ["a.nii"]
    assert read_volume(path, "a.nii").geometry.shape == (4, 6, 5)
    dropped = sources([path])
    assert [c.path for c in dropped.cases] == [tmp_path / "a.nii"] and "gone.nii.gz" in dropped.unreadable[0]


def test_a_database_by_itself_is_looked_at_and_never_written(tmp_path):
    path = tmp_path / "p.sqlite"
    with sqlite3.connect(path) as rows:
        rows.execute("CREATE TABLE t (a)")
        rows.executemany("INSERT INTO t VALUES (?)", [("x" * 900,)] * 50)
    rows.close()
    assert "project folder" in said(path)
    content = path.read_bytes()
    path.write_bytes(content[:9000])
    assert "damaged" in said(path) and path.read_bytes() == content[:9000]
    path.write_bytes(b"not at all")
    assert "not a database" in said(path)


def test_pickled_weights_are_refused_unread(tmp_path):
    path = tmp_path / "w.pt"
    path.write_bytes(pickle.dumps({"a": 1}))
    assert "refused as unsafe" in said(path)
