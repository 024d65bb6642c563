"""The desk: staff read, answer and hand over referrals."""
