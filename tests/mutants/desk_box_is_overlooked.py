"""Text under a shape is not seen."""

FILE = "tracker/importing/seen_on_page.py"
OLD = "            self.drawn += self.shapes\n"
NEW = "            pass\n"
TEST = "tests/admin/test_papers.py::test_a_paper_is_known_by_its_bytes_and_says_what_it_hides"
