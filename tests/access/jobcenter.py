"""The ground floor: the installation, signing in, mail, labour catchments."""

from __future__ import annotations

from tests import given, hidden
from tests.access.row import (
    EVERYBODY,
    GONE_ON,
    MANAGERS,
    MISSING,
    OPEN,
    REFUSED,
    SIGN_IN,
    SIGNED_IN,
    STAFF,
    WRONG_METHOD,
    Row,
)
from tests.given import pk_of, the

ROWS = [
    # --- the installation ---------------------------------------------------------------------------
    Row("runtime:healthz", {EVERYBODY: OPEN}),
    Row("runtime:readyz", {EVERYBODY: 503}, note="without a worker"),
    # --- pages of text ------------------------------------------------------------------------------
    Row("pages:help", {EVERYBODY: OPEN}),
    Row("pages:data", {EVERYBODY: OPEN}),
    Row("pages:accessibility", {EVERYBODY: OPEN}),
    Row("pages:favicon", {EVERYBODY: GONE_ON}),
    Row("pages:language", {EVERYBODY: WRONG_METHOD}),
    Row("pages:language", {EVERYBODY: GONE_ON}, data=the(language="en", next="/hjaelp/")),
    # --- signing in ---------------------------------------------------------------------------------
    Row("account_login", {"anonymous": OPEN, SIGNED_IN: GONE_ON}),
    Row("account_request_login_code", {"anonymous": OPEN, SIGNED_IN: GONE_ON}),
    Row("account_confirm_login_code", {EVERYBODY: GONE_ON}, note="without having asked for a code"),
    Row("account_inactive", {EVERYBODY: OPEN}),
    Row("account_signup", {EVERYBODY: OPEN}, note="says that nobody signs up"),
    Row("account_logout", {"anonymous": GONE_ON, SIGNED_IN: OPEN}),
    Row("account_logout", {EVERYBODY: GONE_ON}, data=given.nothing),
    Row(
        "mfa_authenticate", {"anonymous": SIGN_IN, SIGNED_IN: GONE_ON}, note="without having begun to sign in"
    ),
    Row("mfa_reauthenticate", {SIGNED_IN: REFUSED}, note="with no second factor"),
    Row("mfa_index", {SIGNED_IN: OPEN}),
    Row("mfa_activate_totp", {SIGNED_IN: OPEN}),
    Row("mfa_deactivate_totp", {SIGNED_IN: MISSING}, note="with no second factor"),
    Row("mfa_view_recovery_codes", {SIGNED_IN: MISSING}, note="with no second factor"),
    Row("mfa_generate_recovery_codes", {SIGNED_IN: OPEN}, note="which refuses without a second factor"),
    Row("accounts:second_factors", {MANAGERS: OPEN}, hides={"strange_manager": hidden.caseworker_of_koege}),
    Row(
        "accounts:reset_second_factor",
        {"manager": OPEN, "strange_manager": MISSING},
        given=given.membership_of_caseworker,
    ),
    Row("accounts:removals", {f"{MANAGERS} national": OPEN}),
    Row("accounts:readings", {MANAGERS: OPEN}, hides={"strange_manager": hidden.reading_of_koege}),
    Row("accounts:readings", {MANAGERS: OPEN}, query="?hent=csv", note="as a file"),
    Row("accounts:home", {SIGNED_IN: GONE_ON}),
    Row("accounts:choose", {SIGNED_IN: GONE_ON}, note="with nothing to choose"),
    Row("accounts:choose", {SIGNED_IN: MISSING}, data=the(membership="0"), note="none of theirs"),
    Row("accounts:notices", {SIGNED_IN: OPEN}),
    # --- what people are told by e-mail -------------------------------------------------------------
    Row("notifications:choices", {EVERYBODY: OPEN}, given=given.recipient, note="by the signed link"),
    Row("notifications:choices", {EVERYBODY: MISSING}, given=given.no_recipient, note="by another link"),
    Row("notifications:stop", {EVERYBODY: OPEN}, given=given.recipient, note="by the signed link"),
    Row("notifications:stop", {EVERYBODY: MISSING}, given=given.no_recipient, note="by another link"),
    Row("notifications:stop", {EVERYBODY: OPEN}, given=given.recipient, data=given.nothing),
    # --- labour catchments --------------------------------------------------------------------------
    Row("geography:catchments", {STAFF: GONE_ON}),
    Row("geography:catchment", {STAFF: OPEN}, given=given.municipality),
    Row("geography:catchment", {STAFF: OPEN}, given=given.municipality, query="?hent=csv", note="as a file"),
    Row("geography:catchment", {STAFF: MISSING}, given=the(code="0999"), note="of no municipality"),
    Row(
        "geography:correct",
        {"area_officer national": OPEN, "other_officer": MISSING},
        given=given.municipality,
    ),
    Row(
        "geography:end_correction",
        {"area_officer national": OPEN, "other_officer": MISSING},
        given=pk_of("correction"),
    ),
]
