"""What becomes of placements when two companies or two people are made one."""

from employers.companies.relations import along

RULES = {
    "placements.Placement.company": along,
    "placements.Placement.workplace": along,
    "placements.Placement.person": along,
}
