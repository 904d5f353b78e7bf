// SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note
// Made of the module's source by `cargo kmod uapi`.
//! What the kernel module vm-ioctl shares with userspace.
#![no_std]

/// Three numbers: no word holds them.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VmPoint {
    pub x: i32,
    pub y: i32,
    /// Height.
    ///
    /// A number like the others.
    pub z: i32,
}

const _: () = assert!(core::mem::size_of::<VmPoint>() == 12);

/// Too large for the stack.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VmTable {
    /// Where it is.
    pub place: [VmPoint; 2],
    pub rows: [[u64; 64]; 2],
    pub checksum: u64,
}

const _: () = assert!(core::mem::size_of::<VmTable>() == 1056);

/// The table comes with its checksum.
pub const BOXED_CMD_CHECK: u32 = 0xc420c700;

/// Keeps a table.
pub const BOXED_CMD_KEEP: u32 = 0x4420c701;

/// Gives the table back, or ENODATA.
pub const BOXED_CMD_TAKE: u32 = 0x8420c702;

/// As many bytes as a command can carry.
pub const BOXED_CMD_FILL: u32 = 0xbfffc703;

/// All numbers are 0 again.
pub const VM_RESET: u32 = 0x00006b00;

/// Adds to a counter, of which it returns 31 bits.
pub const VM_ADD: u32 = 0x00006b01;

/// A byte.
pub const VM_GET_BYTE: u32 = 0x80016b02;

pub const VM_GET_SHORT: u32 = 0x80026b03;

pub const VM_GET_INT: u32 = 0x80046b04;

pub const VM_GET_LONG: u32 = 0x80086b05;

pub const VM_GET_POINT: u32 = 0x800c6b06;

pub const VM_SET_BYTE: u32 = 0x40016b02;

pub const VM_SET_SHORT: u32 = 0x40026b03;

pub const VM_SET_INT: u32 = 0x40046b04;

pub const VM_SET_LONG: u32 = 0x40086b05;

pub const VM_SET_POINT: u32 = 0x400c6b06;

/// EDOM if `x` is negative.
pub const VM_SWAP_POINT: u32 = 0xc00c6b07;

/// Turns seven bytes round.
pub const VM_TURN: u32 = 0xc0076bff;

/// Returns x + y + z, if that is a number from 0 to 2^31 - 1.
pub const VM_SUM: u32 = 0x400c6b09;
