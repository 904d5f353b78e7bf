// SPDX-License-Identifier: GPL-2.0-only
//! `ioctl(2)`: commands with typed arguments.
//!
//! `#[ioctl]` on an enum declares a device's commands and makes a trait with a method for each;
//! `type Ioctl = …` in the `impl FileOperations` connects them. The number is made as C's `_IOR()`
//! and its kin make it, and the copying is done here:
//!
//! | the method gets | and returns | for |
//! |---|---|---|
//! | nothing | `Result` | `#[io(nr)] Name` |
//! | the argument itself | `Result` | `#[io(nr)] Name(usize)` |
//! | nothing | `Result<T>`, copied out | `#[ior(nr)] Name(T)` |
//! | a `T`, copied in | `Result` | `#[iow(nr)] Name(T)` |
//! | a `T`, copied in | `Result<T>`, copied out | `#[iowr(nr)] Name(T)` |
//!
//! `T` is an integer, an array or a struct that is [`Uapi`](crate::uapi::Uapi); a large one stands
//! in a [`KBox`](crate::alloc::KBox). With `#[io(nr, returns)]` and `#[iow(nr, returns)]` the
//! method returns a `Result<u32>`, which is what `ioctl(2)` returns.
//!
//! A number that is not declared is `ENOTTY`, and so is one of another size or direction, since
//! these are parts of it. An address that is not mapped is `EFAULT`: before the method is called
//! if it gets a value, after it was called if it returns one. Nothing is copied out on an error.

#[doc(hidden)]
pub mod call;
#[doc(hidden)]
pub mod number;
mod payload;
#[cfg(test)]
mod tests;

#[doc(hidden)]
pub use call::Call;
#[doc(hidden)]
pub use number::{Code, fits, free, io, ior, iow, iowr};
pub use payload::Payload;

use core::ffi::c_long;

use crate::error::Result;
use crate::error::code::ENOTTY;
use crate::file::{File, FileOperations};
use crate::task::Capability;
use crate::task::capability::require;

/// The call of a command that asks for a capability, before anything of it is looked at.
#[doc(hidden)]
pub fn restricted<R>(capability: Capability, call: impl FnOnce() -> Result<R>) -> Result<R> {
    require(capability)?;
    call()
}

/// The commands of a device of the type `D`: an enum under `#[ioctl]`, or `()` for none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a set of ioctl commands that `{D}` handles",
    label = "its commands have no handlers here",
    note = "write `impl {Self}Handler for {D} {{ … }}`, with a method for each command; \
            `{Self}` has to be an enum under `#[ioctl(magic = …)]`"
)]
pub trait Ioctl<D: FileOperations> {
    /// Whether there are commands: for none, the kernel finds no handler.
    #[doc(hidden)]
    const PRESENT: bool;

    /// Finds the command and calls its handler.
    #[doc(hidden)]
    fn call(device: &D, file: &File<'_, D>, call: Call) -> Result<c_long>;
}

/// What `#[ioctl]` implements where the handlers are there. It is a trait of its own so that the
/// compiler says what [`Ioctl`] has to say, and not which of the generated traits is missing.
#[doc(hidden)]
pub trait Dispatch<D: FileOperations> {
    /// As [`Ioctl::PRESENT`].
    const PRESENT: bool = true;

    /// As [`Ioctl::call`].
    fn call(device: &D, file: &File<'_, D>, call: Call) -> Result<c_long>;
}

#[diagnostic::do_not_recommend]
impl<D: FileOperations, C: Dispatch<D>> Ioctl<D> for C {
    const PRESENT: bool = <C as Dispatch<D>>::PRESENT;

    fn call(device: &D, file: &File<'_, D>, call: Call) -> Result<c_long> {
        <C as Dispatch<D>>::call(device, file, call)
    }
}

impl<D: FileOperations> Dispatch<D> for () {
    const PRESENT: bool = false;

    fn call(_device: &D, _file: &File<'_, D>, _call: Call) -> Result<c_long> {
        Err(ENOTTY)
    }
}
