"""A Dask cluster on this machine: `python -m batch.benchmarks.cluster N` prints its address; for each line of its input, the CPU seconds of
scheduler and workers so far as JSON; and when its input ends, its peak memory in MB.

The scheduler shares its process with the nannies, which watch the workers: its seconds are a little too many.
"""

import json
import resource
import sys
import time

import psutil
from distributed import LocalCluster

from batch.benchmarks.fresh import MEGABYTE


def _cpu_seconds() -> dict[str, float]:
    workers = [process.cpu_times() for process in psutil.Process().children(recursive=True)]
    return {"scheduler": time.process_time(), "workers": sum(times.user + times.system for times in workers)}


if __name__ == "__main__":
    with LocalCluster(n_workers=int(sys.argv[1]), threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        for _ in sys.stdin:
            print(json.dumps(_cpu_seconds()), flush=True)
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MEGABYTE)
