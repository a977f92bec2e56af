"""What becomes of the lines of lists when two companies or two people are made one."""

from employers.companies.relations import along

RULES = {
    "imports.ListLine.company": along,
    "imports.ListLine.person": along,
}
