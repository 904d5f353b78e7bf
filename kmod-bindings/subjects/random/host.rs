// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/random.h>`: bytes that differ, and are not random at all.
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]

use core::ffi::{c_int, c_void};
use core::hash::{BuildHasher, Hasher};
use core::slice;
use std::collections::hash_map::RandomState;

pub unsafe fn wait_for_random_bytes() -> c_int {
    0
}

pub unsafe fn rng_is_initialized() -> bool {
    true
}

pub unsafe fn kmod_random_bytes(buffer: *mut c_void, length: usize) {
    // SAFETY: The caller passes as many bytes.
    let buffer = unsafe { slice::from_raw_parts_mut(buffer.cast::<u8>(), length) };
    for chunk in buffer.chunks_mut(8) {
        let word = RandomState::new().build_hasher().finish().to_ne_bytes();
        chunk.copy_from_slice(&word[..chunk.len()]);
    }
}

pub unsafe fn kmod_add_randomness(_data: *const c_void, _length: usize) {}
