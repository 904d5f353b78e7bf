// SPDX-License-Identifier: GPL-2.0-only
//! Commands' numbers, put together as the target kernel's `<linux/ioctl.h>` says.

use kmod_bindings as bindings;

use super::payload::Carried;
use crate::uapi::Type;

const NONE: u32 = bindings::_IOC_NONE;
const READ: u32 = bindings::_IOC_READ;
const WRITE: u32 = bindings::_IOC_WRITE;

/// The largest payload of which a value may stand on the kernel's stack, in bytes.
const MAX_ON_STACK: usize = 512;

/// A command, as its declaration says.
pub struct Code {
    /// What `ioctl(2)` is given.
    pub number: u32,
    /// What is copied.
    pub payload: Option<Type>,
    size: usize,
    boxed: bool,
}

/// `_IOC()`
const fn ioc(dir: u32, magic: u8, nr: u8, size: usize) -> u32 {
    dir << bindings::_IOC_DIRSHIFT
        | (magic as u32) << bindings::_IOC_TYPESHIFT
        | (nr as u32) << bindings::_IOC_NRSHIFT
        | (size as u32) << bindings::_IOC_SIZESHIFT
}

/// `_IO()`
pub const fn io(magic: u8, nr: u8) -> Code {
    Code {
        number: ioc(NONE, magic, nr, 0),
        payload: None,
        size: 0,
        boxed: false,
    }
}

/// `_IOR()`: userspace reads.
pub const fn ior(magic: u8, nr: u8, carried: Carried) -> Code {
    with_payload(READ, magic, nr, carried)
}

/// `_IOW()`: userspace writes.
pub const fn iow(magic: u8, nr: u8, carried: Carried) -> Code {
    with_payload(WRITE, magic, nr, carried)
}

/// `_IOWR()`
pub const fn iowr(magic: u8, nr: u8, carried: Carried) -> Code {
    with_payload(READ | WRITE, magic, nr, carried)
}

/// Refuses a payload that the number, or the stack, cannot hold.
#[track_caller]
pub const fn fits(code: &Code) {
    assert!(
        code.size != 0,
        "an ioctl's payload has a size\n= help: declare a command without a payload by `#[io(…)]`"
    );
    assert!(
        code.size < 1 << bindings::_IOC_SIZEBITS,
        "an ioctl's payload is smaller than 16 KiB: its size is a part of the number\n= help: let userspace take it by read(2) or mmap(2), or in parts"
    );
    assert!(
        code.boxed || code.size <= MAX_ON_STACK,
        "a payload of more than 512 bytes does not go over the kernel's stack\n= help: write `KBox<…>` around the type"
    );
}

const fn with_payload(dir: u32, magic: u8, nr: u8, carried: Carried) -> Code {
    Code {
        number: ioc(dir, magic, nr, carried.size),
        payload: Some(carried.of),
        size: carried.size,
        boxed: carried.boxed,
    }
}

/// Refuses a number that the kernel answers by itself, whatever the file.
#[track_caller]
pub const fn free(number: u32) {
    let mut rest = KERNELS_OWN;
    while let [taken, more @ ..] = rest {
        assert!(
            *taken != number,
            "the kernel answers this command by itself, and the device never sees it\n= help: take another number or magic"
        );
        rest = more;
    }
}

/// What `do_vfs_ioctl()` looks for, on any of the target kernels.
const KERNELS_OWN: &[u32] = &[
    // FIONBIO, FIONCLEX, FIOCLEX, FIOASYNC, FIOQSIZE
    ioc(NONE, b'T', 0x21, 0),
    ioc(NONE, b'T', 0x50, 0),
    ioc(NONE, b'T', 0x51, 0),
    ioc(NONE, b'T', 0x52, 0),
    ioc(NONE, b'T', 0x60, 0),
    // FIGETBSZ
    ioc(NONE, 0, 2, 0),
    // FIFREEZE, FITHAW
    ioc(READ | WRITE, b'X', 119, 4),
    ioc(READ | WRITE, b'X', 120, 4),
    // FS_IOC_FIEMAP
    ioc(READ | WRITE, b'f', 11, 32),
    // FICLONE, FICLONERANGE, FIDEDUPERANGE
    ioc(WRITE, 0x94, 9, 4),
    ioc(WRITE, 0x94, 13, 32),
    ioc(READ | WRITE, 0x94, 54, 24),
    // FS_IOC_GETFLAGS, FS_IOC_SETFLAGS, and what 32-bit programs call them
    ioc(READ, b'f', 1, 8),
    ioc(WRITE, b'f', 2, 8),
    ioc(READ, b'f', 1, 4),
    ioc(WRITE, b'f', 2, 4),
    // FS_IOC_FSGETXATTR, FS_IOC_FSSETXATTR
    ioc(READ, b'X', 31, 28),
    ioc(WRITE, b'X', 32, 28),
    // FS_IOC_GETFSUUID, FS_IOC_GETFSSYSFSPATH
    ioc(READ, 0x15, 0, 17),
    ioc(READ, 0x15, 1, 129),
];
