"""Who goes back is shown the documents of a page upside down."""

FILE = "tracker/queries/keysets.py"
OLD = "'DESC' if turned else 'ASC'"
NEW = "'ASC'"
TEST = "tests/api/test_pages.py::test_every_order_gives_every_row_once_forwards_and_back"
