"""The NVM intake API: takes structured referrals, keeps them sealed and hands them over."""
