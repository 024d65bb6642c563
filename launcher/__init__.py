"""Starts the whole product on one machine: site, bot, referral API, desk and worker."""
