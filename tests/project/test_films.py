"""Which cases are frames of one scan."""

from hypothesis import given
from hypothesis import strategies as st

from unet_studio.project.films import Film, film_name, films, frame_name, frame_number, scan_of
from unet_studio.project.records import Case, SliceState


def case(number: int, choice: str, *, path: str = "heart.nii.gz", name: str = "", shape=(4, 8, 8)) -> Case:
    return Case(number, name or f"heart frame {choice}", path, choice, f"{number:064}", shape, 0)


def test_the_frames_of_one_file_are_one_film_in_the_order_of_time():
    (film,) = films([case(3, "10"), case(4, "2"), case(5, "1")])
    assert [frame_number(c.choice) for c in film.cases] == [1, 2, 10]
    assert (film.name, film.id, film.slices, film.place(4), film.place(9)) == ("heart", 5, 12, 1, -1)


def test_other_files_other_grids_and_other_series_are_films_of_their_own():
    cases = [
        case(1, "1"), case(2, "1", path="lung.nii.gz"), case(3, "2", shape=(5, 8, 8)), case(4, "", path="brain.nii"),
        case(5, "", path="brain.nii"), case(6, "1.2.3.phase1", path="d"), case(7, "1.2.3.phase2", path="d"),
        case(8, "1.2.4.phase1", path="d"), case(9, "1.2.3", path="d"), case(10, "1.2.3-2", path="d"),
    ]  # fmt: skip
    assert [[c.id for c in f.cases] for f in films(cases)] == [[1], [2], [3], [4], [5], [6, 7], [8], [9], [10]]


def test_a_frame_stays_with_its_film_whatever_else_its_choice_says():
    (film,) = films([case(1, "1@0.5x0.5x2"), case(2, "2"), case(3, "anyway-3")])
    assert len(film.cases) == 3
    (film,) = films([case(1, "sub/heart.nii#1"), case(2, "sub/heart.nii#2")])
    assert len(film.cases) == 2
    assert scan_of("a.nii#1") != scan_of("b.nii#1") and scan_of("1.2.phase1+1") != scan_of("1.2.phase1")


def test_a_single_frame_keeps_its_own_name():
    (film,) = films([case(1, "3", name="heart frame 3")])
    assert film.name == "heart frame 3"
    assert frame_number("stack") == frame_number("") == frame_number("1.2.840.10008.1") == 0


def test_a_renamed_film_keeps_the_numbers_of_its_frames():
    frames = [case(1, "1", name="heart frame 1"), case(2, "2", name="called otherwise")]
    assert [frame_name("ventricle", c) for c in frames] == ["ventricle frame 1", "ventricle frame 2"]
    assert frame_name("cine", case(3, "1.2.phase3", name="cine 4ch phase 3")) == "cine phase 3"
    assert film_name("cine 4ch phase 3") == "cine 4ch"


@given(st.lists(st.integers(1, 400), unique=True, min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_no_case_is_lost_or_doubled_and_every_slice_counts_once(numbers, random):
    cases = [case(n, str(n)) for n in numbers] + [case(1000 + n, "", path=f"{n}.nii") for n in range(3)]
    random.shuffle(cases)
    found = films(cases)
    assert sorted(c.id for f in found for c in f.cases) == sorted(c.id for c in cases)
    assert len(found) == 4 and sum(f.slices for f in found) == 4 * len(cases)
    states = {c.id: {0: SliceState.REVIEWED} for c in cases}
    assert sum(len(f.states(states)) for f in found) == len(cases)


def test_a_film_is_flagged_where_a_frame_is_and_says_each_comment_once():
    def marked(number: int, comment: str, *, is_flagged: bool = False) -> Case:
        return Case(number, "x", "x.nii", str(number), "", (1, 2, 2), 0, "", is_flagged, comment)

    film = Film("x", (marked(1, "blurred"), marked(2, "blurred", is_flagged=True), marked(3, "")))
    assert film.is_flagged and film.comment == "blurred"
