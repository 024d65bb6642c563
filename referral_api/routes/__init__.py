"""HTTP to service and back, nothing else."""
