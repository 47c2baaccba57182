"""Text under a dark box is not seen."""

FILE = "tracker/importing/hidden_in_pdf.py"
OLD = "                    self.boxes += self.pending\n"
NEW = "                    pass\n"
TEST = "tests/admin/test_papers.py::test_a_paper_is_known_by_its_bytes_and_says_what_it_hides"
