"""What was done and can be undone."""

from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from unet_studio.labels.history import History


@dataclass(frozen=True)
class Step:
    """A reversible thing of a chosen size."""

    name: str
    nbytes: int = 1
    is_inverse: bool = False

    def inverse(self) -> "Step":
        return replace(self, is_inverse=not self.is_inverse)


def test_undo_hands_out_the_inverse_and_redo_the_edit_itself():
    history = History([Step("a"), Step("b")])
    assert history.undo() == Step("b", is_inverse=True)
    assert history.redo() == Step("b")


def test_the_menu_can_name_the_next_undo_and_redo():
    history = History([Step("Stroke"), Step("Fill")])
    assert (history.undo_name, history.redo_name) == ("Fill", None)
    history.undo()
    assert (history.undo_name, history.redo_name) == ("Stroke", "Fill")
    history.undo()
    assert (history.undo_name, history.redo_name) == (None, "Stroke")


def test_there_is_nothing_to_undo_or_redo_in_an_empty_history():
    history = History()
    assert history.undo() is None
    assert history.redo() is None
    assert history.nbytes == 0


def test_a_new_edit_ends_what_could_be_redone():
    history = History([Step("a"), Step("b")])
    history.undo()
    history.push(Step("c"))
    assert history.names() == ["a", "c"]
    assert history.redo() is None
    assert history.nbytes == 2


def test_the_oldest_edits_are_forgotten_past_the_budget():
    history = History(budget_bytes=10)
    for name in "abcd":
        history.push(Step(name, 4))
    assert history.names() == ["c", "d"]
    assert history.nbytes == 8


def test_the_newest_edit_is_kept_even_where_it_alone_is_past_the_budget():
    history = History([Step("small", 1)], budget_bytes=10)
    history.push(Step("huge", 1000))
    assert history.names() == ["huge"]
    assert history.undo() == Step("huge", 1000, is_inverse=True)


def test_a_history_that_comes_back_from_disk_keeps_to_the_budget():
    history = History([Step("a", 6), Step("b", 6)], [Step("d", 1), Step("c", 1)], budget_bytes=9)
    assert history.names() == ["b"]
    assert (history.redo_name, history.nbytes) == ("c", 8)


@given(st.lists(st.one_of(st.integers(0, 5), st.sampled_from(["undo", "redo"])), max_size=60), st.integers(0, 12))
def test_a_history_is_two_stacks_in_a_budget(actions, budget):
    history, done, undone = History(budget_bytes=budget), [], []
    for count, action in enumerate(actions):
        if action == "undo":
            expected = done[-1].inverse() if done else None
            if done:
                undone.append(done.pop())
            assert history.undo() == expected
        elif action == "redo":
            if undone:
                done.append(undone.pop())
                assert history.redo() == done[-1]
            else:
                assert history.redo() is None
        else:
            undone.clear()
            done.append(Step(str(count), action))
            history.push(done[-1])
            while sum(s.nbytes for s in done) > budget and len(done) > 1:
                done.pop(0)
        assert history.names() == [s.name for s in done]
        assert history.redo_name == (undone[-1].name if undone else None)
        assert history.nbytes == sum(s.nbytes for s in done + undone)
