"""A batch job: bad rows are logged and left out, the sum is an event, and the job ends when the server has all."""

from distributedlogs import DistributedLogger

ROWS = ["19.99", "5.00", "n/a", "12.50"]

with DistributedLogger(service_name="billing", component_name="nightly") as logger:
    job = logger.child(job_id="2026-01-31")
    job.info("Job started", rows=len(ROWS))
    total = 0.0
    for number, row in enumerate(ROWS):
        try:
            total += float(row)
        except ValueError:
            job.exception("Row left out", row=number, text=row)
    job.custom("job_finished", {"rows": len(ROWS), "total": total})

    # A job that nobody watches should not end before its records are safe elsewhere; they are safe here in any case.
    if waiting := logger.flush(timeout_s=10):
        print(f"{waiting} records wait for a server; the next run sends them")
