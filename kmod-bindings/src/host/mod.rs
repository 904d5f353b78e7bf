// SPDX-License-Identifier: GPL-2.0-only
//! Stand-ins for the kernel's C API, for builds on the host: a file a subject, as in
//! `build/api.rs`. What a unit test can use behaves as in the kernel; the rest panics.

mod params;
mod print;
mod this_module;

pub use params::*;
pub use print::*;
pub use this_module::*;
