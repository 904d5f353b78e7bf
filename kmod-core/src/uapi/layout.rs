// SPDX-License-Identifier: GPL-2.0-only
//! What `#[uapi]` lets the compiler check, at the place that the user would look at.

/// Refuses padding before a field: `offset` is where it lies, `end` where the one before ends.
#[track_caller]
pub const fn no_padding_before(offset: usize, end: usize) {
    match offset - end {
        0 => {}
        1 => panic!(
            "1 byte of padding before this field would show kernel memory to userspace\n= help: put a field `_pad: u8` before it, or the larger fields first"
        ),
        2 => panic!(
            "2 bytes of padding before this field would show kernel memory to userspace\n= help: put a field `_pad: u16` before it, or the larger fields first"
        ),
        4 => panic!(
            "4 bytes of padding before this field would show kernel memory to userspace\n= help: put a field `_pad: u32` before it, or the larger fields first"
        ),
        _ => panic!(
            "padding before this field would show kernel memory to userspace\n= help: put an array of `u8` in its place, or the larger fields first"
        ),
    }
}

/// Refuses padding behind the last field, which ends at `end`, and a field of no size.
#[track_caller]
pub const fn no_padding_behind(size: usize, end: usize) {
    match size - end {
        0 => {}
        1 => panic!(
            "1 byte of padding behind the last field would show kernel memory to userspace\n= help: put a field `_pad: u8` behind it"
        ),
        2 => panic!(
            "2 bytes of padding behind the last field would show kernel memory to userspace\n= help: put a field `_pad: u16` behind it"
        ),
        4 => panic!(
            "4 bytes of padding behind the last field would show kernel memory to userspace\n= help: put a field `_pad: u32` behind it"
        ),
        _ => panic!(
            "padding behind the last field would show kernel memory to userspace\n= help: put an array of `u8` behind it"
        ),
    }
}

/// Refuses a type of no size: C has none.
#[track_caller]
pub const fn not_empty(size: usize) {
    assert!(
        size != 0,
        "C has no type of no size\n= help: leave it out; data of any length goes by read(2) and write(2)"
    );
}
