# SPDX-License-Identifier: GPL-2.0-only
# Made of the module's source by `cargo kmod glue`.
"""Ioctls and structs of vm_ioctl."""

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


class VmPoint(ctypes.Structure):
    """Three numbers: no word holds them."""

    _fields_ = [
        ("x", ctypes.c_int32),
        ("y", ctypes.c_int32),
        # Height.
        #
        # A number like the others.
        ("z", ctypes.c_int32),
    ]


class VmTable(ctypes.Structure):
    """Too large for the stack."""

    _fields_ = [
        # Where it is.
        ("place", (VmPoint * 2)),
        ("rows", ((ctypes.c_uint64 * 64) * 2)),
        ("checksum", ctypes.c_uint64),
    ]


BOXED_CMD_CHECK = 0xc420c700
BOXED_CMD_KEEP = 0x4420c701
BOXED_CMD_TAKE = 0x8420c702
BOXED_CMD_FILL = 0xbfffc703
VM_RESET = 0x00006b00
VM_ADD = 0x00006b01
VM_GET_BYTE = 0x80016b02
VM_GET_SHORT = 0x80026b03
VM_GET_INT = 0x80046b04
VM_GET_LONG = 0x80086b05
VM_GET_POINT = 0x800c6b06
VM_SET_BYTE = 0x40016b02
VM_SET_SHORT = 0x40026b03
VM_SET_INT = 0x40046b04
VM_SET_LONG = 0x40086b05
VM_SET_POINT = 0x400c6b06
VM_SWAP_POINT = 0xc00c6b07
VM_TURN = 0xc0076bff
VM_SUM = 0x400c6b09


def boxed_cmd_check(file, value):
    """The table comes with its checksum."""
    if not isinstance(value, VmTable):
        value = VmTable(*value)
    _ioctl(file, BOXED_CMD_CHECK, ctypes.byref(value))
    return value


def boxed_cmd_keep(file, value):
    """Keeps a table."""
    if not isinstance(value, VmTable):
        value = VmTable(*value)
    _ioctl(file, BOXED_CMD_KEEP, ctypes.byref(value))


def boxed_cmd_take(file):
    """Gives the table back, or ENODATA."""
    value = VmTable()
    _ioctl(file, BOXED_CMD_TAKE, ctypes.byref(value))
    return value


def boxed_cmd_fill(file):
    """As many bytes as a command can carry."""
    value = (ctypes.c_uint8 * 16383)()
    _ioctl(file, BOXED_CMD_FILL, ctypes.byref(value))
    return value


def vm_reset(file):
    """All numbers are 0 again."""
    return _ioctl(file, VM_RESET)


def vm_add(file, value):
    """Adds to a counter, of which it returns 31 bits."""
    return _ioctl(file, VM_ADD, ctypes.c_ulong(value))


def vm_get_byte(file):
    """A byte."""
    value = ctypes.c_uint8()
    _ioctl(file, VM_GET_BYTE, ctypes.byref(value))
    return value.value


def vm_get_short(file):
    value = ctypes.c_int16()
    _ioctl(file, VM_GET_SHORT, ctypes.byref(value))
    return value.value


def vm_get_int(file):
    value = ctypes.c_uint32()
    _ioctl(file, VM_GET_INT, ctypes.byref(value))
    return value.value


def vm_get_long(file):
    value = ctypes.c_uint64()
    _ioctl(file, VM_GET_LONG, ctypes.byref(value))
    return value.value


def vm_get_point(file):
    value = VmPoint()
    _ioctl(file, VM_GET_POINT, ctypes.byref(value))
    return value


def vm_set_byte(file, value):
    value = ctypes.c_uint8(value)
    _ioctl(file, VM_SET_BYTE, ctypes.byref(value))


def vm_set_short(file, value):
    value = ctypes.c_int16(value)
    _ioctl(file, VM_SET_SHORT, ctypes.byref(value))


def vm_set_int(file, value):
    value = ctypes.c_uint32(value)
    _ioctl(file, VM_SET_INT, ctypes.byref(value))


def vm_set_long(file, value):
    value = ctypes.c_uint64(value)
    _ioctl(file, VM_SET_LONG, ctypes.byref(value))


def vm_set_point(file, value):
    if not isinstance(value, VmPoint):
        value = VmPoint(*value)
    _ioctl(file, VM_SET_POINT, ctypes.byref(value))


def vm_swap_point(file, value):
    """EDOM if `x` is negative."""
    if not isinstance(value, VmPoint):
        value = VmPoint(*value)
    _ioctl(file, VM_SWAP_POINT, ctypes.byref(value))
    return value


def vm_turn(file, value):
    """Turns seven bytes round."""
    if not isinstance(value, (ctypes.c_uint8 * 7)):
        value = (ctypes.c_uint8 * 7)(*value)
    _ioctl(file, VM_TURN, ctypes.byref(value))
    return value


def vm_sum(file, value):
    """Returns x + y + z, if that is a number from 0 to 2^31 - 1."""
    if not isinstance(value, VmPoint):
        value = VmPoint(*value)
    _ioctl(file, VM_SUM, ctypes.byref(value))
