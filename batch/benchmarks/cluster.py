"""A Dask cluster on this machine: `python -m batch.benchmarks.cluster N` prints its address, runs until its input ends, prints its peak."""

import resource
import sys

from distributed import LocalCluster

from batch.benchmarks.fresh import MEGABYTE

if __name__ == "__main__":
    with LocalCluster(n_workers=int(sys.argv[1]), threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MEGABYTE)
