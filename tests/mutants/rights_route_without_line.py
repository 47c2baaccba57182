"""A new page of the desk has no line in the table of rights."""

FILE = "tracker/admin/site.py"
OLD = '            path("search/", self.admin_view(self.search), name="search"),\n'
NEW = OLD + '            path("anything/", self.admin_view(self.search), name="anything"),\n'
TEST = "tests/rights/test_matrix.py::test_every_route_has_a_line_and_every_line_a_route"
