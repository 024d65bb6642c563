"""The public website: pages, chat and referral form. It owns no data and holds no private key."""
