"""What a referral is and where it may go; pure Python, no framework."""
