"""A Dask cluster on this machine: `python -m benchmarks.cluster N` prints its address, and runs until its input ends."""

import sys

from benchmarks.fresh import peak_of_children
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(n_workers=int(sys.argv[1]), threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
    print(peak_of_children())
