"""What becomes of requests for access when two companies are made one.

A company for which people act is never merged away (`merging.refusals`), so nobody gets to see more.
"""

from employers.companies.relations import along

RULES = {
    "access.AccessRequest.company": along,
    "access.Invitation.company": along,
}
