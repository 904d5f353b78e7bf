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
    while let [(taken, message), more @ ..] = rest {
        if *taken == number {
            panic!("{}", *message);
        }
        rest = more;
    }
}

/// A number, and what is said of it.
macro_rules! kernels_own {
    ($($dir:expr, $magic:expr, $nr:expr, $size:expr => $name:literal;)*) => {
        &[$((
            ioc($dir, $magic, $nr, $size),
            concat!(
                "this is the number of ",
                $name,
                ", which the kernel answers by itself: the device would not see it\n\
                 = help: take another number or magic"
            ),
        )),*]
    };
}

/// What `do_vfs_ioctl()` and its sister for 32-bit programs look for, on any of the target kernels.
const KERNELS_OWN: &[(u32, &str)] = kernels_own! {
    NONE, b'T', 0x21, 0 => "`FIONBIO`";
    NONE, b'T', 0x50, 0 => "`FIONCLEX`";
    NONE, b'T', 0x51, 0 => "`FIOCLEX`";
    NONE, b'T', 0x52, 0 => "`FIOASYNC`";
    NONE, b'T', 0x60, 0 => "`FIOQSIZE`";
    NONE, 0, 2, 0 => "`FIGETBSZ`";
    READ | WRITE, b'X', 119, 4 => "`FIFREEZE`";
    READ | WRITE, b'X', 120, 4 => "`FITHAW`";
    READ | WRITE, b'f', 11, 32 => "`FS_IOC_FIEMAP`";
    WRITE, 0x94, 9, 4 => "`FICLONE`";
    WRITE, 0x94, 13, 32 => "`FICLONERANGE`";
    READ | WRITE, 0x94, 54, 24 => "`FIDEDUPERANGE`";
    READ, b'f', 1, 8 => "`FS_IOC_GETFLAGS`";
    WRITE, b'f', 2, 8 => "`FS_IOC_SETFLAGS`";
    READ, b'f', 1, 4 => "`FS_IOC_GETFLAGS` in 32-bit programs";
    WRITE, b'f', 2, 4 => "`FS_IOC_SETFLAGS` in 32-bit programs";
    READ, b'X', 31, 28 => "`FS_IOC_FSGETXATTR`";
    WRITE, b'X', 32, 28 => "`FS_IOC_FSSETXATTR`";
    READ, 0x15, 0, 17 => "`FS_IOC_GETFSUUID`";
    READ, 0x15, 1, 129 => "`FS_IOC_GETFSSYSFSPATH`";
};
