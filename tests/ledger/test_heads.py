"""Pages of heads, whatever happened to them, say the same as a plain table would."""

from hypothesis import given, settings
from hypothesis import strategies as st

from crmgov.ledger.entries import HeadsChanged, SetHead
from crmgov.ledger.heads import Heads, HeldHeads, Page, Stamp, decode_page, encode_page, rows_of
from crmgov.model.baseline import Head

NATIVES = [f"Field/Lead.F{number}" for number in range(12)]
natives = st.lists(st.sampled_from(NATIVES), unique=True, max_size=6).map(tuple)
changes = st.builds(
    HeadsChanged,
    set=st.lists(
        st.builds(SetHead, native=st.sampled_from(NATIVES), address=st.sampled_from(["Field/Lead.F1", "Field/X.Y"]),
                  desired=st.sampled_from("ab"), observed=st.sampled_from("cd"), protect=st.sampled_from([(), ("type",)])),
        max_size=4, unique_by=lambda head: head.native,
    ).map(tuple),
    drop=natives,
    commit=st.sampled_from(["c1", "c2", "c3"]),
    author=st.sampled_from(["ana", "bo"]),
    keep=st.none() | natives,
)  # fmt: skip


def in_a_table(heads: dict[str, Head], what: HeadsChanged, run: str) -> dict[str, Head]:
    """The same change, made in the plainest way."""
    held = {}
    for native, head in heads.items():
        stays = what.keep is None or native in what.keep
        stamp = (head.commit, head.author, head.run) if stays else (what.commit, what.author, run)
        held[native] = Head(
            address=head.address, desired=head.desired, observed=head.observed, protect=head.protect,
            commit=stamp[0], author=stamp[1], run=stamp[2],
        )  # fmt: skip
    for native in what.drop:
        held.pop(native, None)
    for new in what.set:
        held[new.native] = Head(
            address=new.address, desired=new.desired, observed=new.observed, protect=new.protect,
            commit=what.commit, author=what.author, run=run,
        )  # fmt: skip
    return held


@settings(deadline=None)
@given(history=st.lists(changes, max_size=8))
def test_pages_say_what_a_table_says(history: list[HeadsChanged]) -> None:
    table: dict[str, Head] = {}
    stored: dict[str, bytes] = {}
    common, stamped = Stamp(), set[str]()

    def load(keys: set[str]) -> dict[str, Page]:
        return {key: decode_page(stored.get(key, b"[]")) for key in keys}

    for number, what in enumerate(history):
        table = in_a_table(table, what, f"r{number}")
        heads = Heads(common, stamped, load)
        heads.change(what, f"r{number}")
        common, stamped = heads.common, heads.stamped
        stored |= {key: encode_page(page) for key, page in heads.pages.items()}
        assert dict(HeldHeads(rows_of(stored.values()), common)) == table
