// SPDX-License-Identifier: GPL-2.0-only
//! Stand-ins for the kernel's C API, for builds on the host: `host.rs` of each subject. What a unit
//! test can use behaves as in the kernel; the rest panics.

include!(concat!(env!("OUT_DIR"), "/bindings.rs"));
