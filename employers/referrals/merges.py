"""What becomes of referrals when two people are made one."""

from employers.companies.relations import along

RULES = {"referrals.Referral.person": along}
