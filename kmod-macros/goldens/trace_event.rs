// SPDX-License-Identifier: GPL-2.0-only
//! A trace event.

/// The door was opened.
#[trace_event]
pub struct Opened<'a> {
    minor: u32,
    name: [u8; 16],
    pub why: &'a CStr,
}
