// SPDX-License-Identifier: GPL-2.0-only
//! Instances: structs with attributed fields, at a place where they stay.
//!
//! A module is the one static instance of its crate. A struct under [`#[device]`](macro@crate::device)
//! is an instance on the heap, made by its driver's `probe`, of which there are as many as there are
//! devices; one under [`#[per_open]`](macro@crate::per_open) is the state of an open file, made by `open`.
//! What is a field of one is a field of the others, where it makes sense, and all live one life:
//!
//! 1. *made*: `init`, `probe` or `open` returns the struct by value; nothing is registered;
//! 2. *placed*: it moves to where it stays;
//! 3. its objects are *registered*, in field order;
//! 4. *live*: files can be opened;
//! 5. *closing*: every gate shuts, so that nothing can be armed, queued or entered any more, and all
//!    who sleep in a [`WaitQueue`](crate::sync::WaitQueue) wake with `ENODEV`; then the objects are
//!    unregistered in reverse, each waiting for what still runs in it;
//! 6. *dropped*, when the last reference is gone: a file that is open keeps the state of its device,
//!    whatever has become of the hardware.
//!
//! Unloading, unbinding, unplugging, a failing `probe` and a failing `init` are this one path, from
//! wherever it begins.
//!
//! | file | what |
//! |---|---|
//! | `place` | where an instance is, and how entry points get there: a static address, or a counted reference and a section |
//! | `counted` | a device's struct on the heap, with its objects |
//! | `section` | the calls that are inside a device |
//! | `field` | how generated code describes an attributed field |
//! | `object` | what a kernel object does when its instance comes and goes |
//! | `gate` | what a timer is armed through, and whoever closes its instance shuts |
//! | `common` | what several objects of a module have in common: a class, a folder |
//! | `embedded` | objects that are a field's value themselves: timers, and those of other crates |

mod common;
mod counted;
mod embedded;
mod field;
mod gate;
mod object;
mod place;
mod section;
#[cfg(test)]
mod tests;

pub use counted::{Counted, Device, Placed};
#[doc(hidden)]
pub use embedded::ObjectField;
pub use embedded::{Embedded, FieldObject, enter, instance_of};
#[doc(hidden)]
pub use field::offset;
pub use field::{Belongs, Field, ModuleState, Provides};
pub use object::{At, Object};
pub use place::{Instance, Place, Static};

pub(crate) use common::{User, Users};
pub(crate) use counted::{Around, Bound};
pub(crate) use field::field;
pub(crate) use gate::Gate;
pub(crate) use object::{register_all, take_back};
pub(crate) use section::{Sections, abandon};
