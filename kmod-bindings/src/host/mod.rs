// SPDX-License-Identifier: GPL-2.0-only
//! Stand-ins for the kernel's C API, for builds on the host: a file a subject, as in
//! `build/api.rs`. What a unit test can use behaves as in the kernel; the rest panics.

/// Functions that no test on the host needs.
macro_rules! kernel_only {
    ($(fn $name:ident($($arg:ident: $type:ty),* $(,)?) $(-> $ret:ty)?;)*) => {$(
        pub unsafe extern "C" fn $name($($arg: $type),*) $(-> $ret)? {
            $(let _ = $arg;)*
            unimplemented!(concat!(stringify!($name), "() needs a kernel"))
        }
    )*};
}

mod alloc;
mod chrdev;
mod filesystem;
mod fs;
mod ioctl;
mod misc;
mod mm;
mod params;
mod print;
mod random;
mod sync;
mod sysctl;
mod task;
mod this_module;
mod time;
mod uaccess;
mod uio;
mod wait;

pub use alloc::*;
pub use chrdev::*;
pub use filesystem::*;
pub use fs::*;
pub use ioctl::*;
pub use misc::*;
pub use mm::*;
pub use params::*;
pub use print::*;
pub use random::*;
pub use sync::*;
pub use sysctl::*;
pub use task::*;
pub use this_module::*;
pub use time::*;
pub use uaccess::*;
pub use uio::*;
pub use wait::*;
