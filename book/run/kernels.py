"""A kernel that has imported what chapters import before one is asked for: a fork of the process that builds, made at its start."""

import multiprocessing
import os
import subprocess
from importlib.metadata import EntryPoint
from multiprocessing.connection import Connection
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

_NAME = "prepared"
_prepared: list[tuple[int, Connection]] = []  # those that nobody asked for yet: process, and what it hears


def prepare_kernel() -> None:
    """Fork this process into a kernel that waits for a chapter; it ends with this process."""
    here, there = multiprocessing.Pipe()
    process = os.fork()
    if process == 0:
        here.close()
        _become_kernel(there)
    there.close()
    _prepared.append((process, here))


def use_prepared_kernel(spec: KernelSpec) -> None:
    """Let the kernel of `spec` be the prepared one, if there is one."""
    if _prepared:
        KernelProvisionerFactory.instance().provisioners[_NAME] = EntryPoint(_NAME, f"{__name__}:_Provisioner", "")
        spec.metadata["kernel_provisioner"] = {"provisioner_name": _NAME}


def _become_kernel(orders: Connection) -> None:
    """Wait for the arguments of a kernel, its folder and its environment, and be that kernel to the end of this process."""
    try:
        os.setsid()  # the terminal stops the build, and the build its kernel
        arguments, folder, variables, log = orders.recv()
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(variables)
        with open(log, "ab") as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        from ipykernel.kernelapp import launch_new_instance

        launch_new_instance(argv=arguments)
    finally:
        os._exit(0)


class _Process(subprocess.Popen[bytes]):
    """The prepared kernel, as if it had been started now."""

    def _execute_child(self, args: Any, *_others: Any) -> None:
        self.pid, orders = _prepared.pop()
        self._child_created = True
        orders.send(args)


class _Provisioner(LocalProvisioner):
    """Hands a chapter the prepared kernel."""

    async def launch_kernel(self, cmd: list[str], **options: Any) -> KernelConnectionInfo:
        arguments = [*cmd[cmd.index("-f") :], f"--IPKernelApp.parent_handle={os.getpid()}"]  # with which it ends
        order: Any = (arguments, options["cwd"], options["env"], options["stdout"].name)
        self.process = _Process(order)
        self.pid = self.pgid = self.process.pid
        return self.connection_info
