"""A cell that begins like a formula is left as it is."""

FILE = "tracker/queries/exports.py"
OLD = """    return found if column.kind != "text" else defused(found)\n"""
NEW = """    return found\n"""
TEST = "tests/api/test_exports.py::test_no_cell_of_a_file_begins_like_a_formula"
