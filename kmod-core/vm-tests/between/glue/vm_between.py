# SPDX-License-Identifier: GPL-2.0-only
# Made of the module's source by `cargo kmod glue`.
"""Ioctls and structs of vm_between."""

import ctypes
import os

_libc = ctypes.CDLL(None, use_errno=True)


def _ioctl(file, number, argument=None):
    descriptor = file if isinstance(file, int) else file.fileno()
    result = _libc.ioctl(descriptor, ctypes.c_ulong(number), argument)
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return result


class Pair(ctypes.Structure):
    """Two numbers."""

    _fields_ = [
        ("one", ctypes.c_uint32),
        ("other", ctypes.c_uint32),
    ]
