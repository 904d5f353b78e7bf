// SPDX-License-Identifier: GPL-2.0-only
//! Where nothing may sleep: atomic context.
//!
//! A timer's or an interrupt's handler, and whatever runs while a
//! [`SpinLock`](crate::sync::SpinLock) is held, must not wait for anything but other CPUs. Each build follows the module's calls from there (rule
//! `atomic-sleep` of `cargo kmod verify`): a way to what may sleep ends it. A call that cannot be
//! followed is named, unless [`never_sleeps!`](crate::never_sleeps) vouches for it. So does a way to a
//! lock whose holder may be who was interrupted (rule `atomic-lock`).

/// Vouches for a function, or for the functions that are named after a type, and says why: what they
/// call by a pointer (`dyn`, `fn`), and allocate by flags that are not known before, does not sleep
/// where they are come to in atomic context. Ways to what does sleep are refused all the same. Nobody
/// holds you to it but yourself.
///
/// ```
/// use kmod_core::prelude::*;
///
/// /// What is told of each turn.
/// trait Listener: Sync {
///     fn turned(&self, turns: u32);
/// }
///
/// kmod_core::never_sleeps!(tell, "all listeners count in atomics");
///
/// #[inline(never)]
/// fn tell(listener: &dyn Listener, turns: u32) {
///     listener.turned(turns);
/// }
/// # fn main() {}
/// ```
///
/// The name is that of a function or a type of the module (`mod`) where this stands. A function that
/// the compiler has made a part of another one has no name any more: `#[inline(never)]` keeps it.
#[macro_export]
macro_rules! never_sleeps {
    ($name:ident, $reason:literal $(,)?) => {
        const _: () = {
            // The name is one that there is.
            #[allow(unused_imports, reason = "to be there is all that is asked of it")]
            use $name as _;
            let reason: &str = $reason;
            ::core::assert!(!reason.is_empty(), "say why it does not sleep");
        };
        // cargo-kmod/verify/src/atomic/mod.rs reads it.
        $crate::__note!("never_sleeps", $name);
    };
}
