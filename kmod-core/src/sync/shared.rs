// SPDX-License-Identifier: GPL-2.0-only
//! What handlers share.

/// What may stand in a module's state: handlers on several CPUs use it at the same time, and
/// `rmmod` drops what `insmod` made.
///
/// Every type that is `Send` and `Sync` and borrows nothing is `Shared`.
///
/// # Safety
///
/// The type is `Send` and `Sync`. These are no bounds, for the compiler would then report what is
/// not `Shared` a second time, by what it is made of.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of a module: handlers on several CPUs share it",
    label = "it is not `Send` and `Sync`",
    note = "put what changes into a `Mutex`, a `SpinLock` or an atomic instead of a `Cell`, and what \
            has several owners into an `Arc`"
)]
pub unsafe trait Shared: 'static {
    /// What generated code names to have this checked.
    #[doc(hidden)]
    const CHECKED: () = ();
}

// SAFETY: It is by the bounds.
#[diagnostic::do_not_recommend]
unsafe impl<T: ?Sized + Send + Sync + 'static> Shared for T {}

/// Whether a type is [`Shared`], as a constant: `IsShared::<T>::ANSWER`, with [`NotShared`] in scope.
pub struct IsShared<T: ?Sized>(core::marker::PhantomData<T>);

impl<T: ?Sized + Shared> IsShared<T> {
    /// It is.
    pub const ANSWER: bool = true;
}

/// Fails to compile if the whole is not [`Shared`] though all its parts are.
pub const fn assert_shared(whole: bool, mut parts: &[bool], message: &str) {
    while let [shared, others @ ..] = parts {
        if !*shared {
            return;
        }
        parts = others;
    }
    assert!(whole, "{}", message);
}

/// The answer for all other types: what a type has itself goes before what a trait gives it.
pub trait NotShared {
    /// It is not.
    const ANSWER: bool = false;
}

impl<T: ?Sized> NotShared for IsShared<T> {}

#[cfg(test)]
mod tests {
    use super::*;
    use core::cell::Cell;

    #[test]
    fn what_is_shared_is_known() {
        let answers = [
            IsShared::<u32>::ANSWER,
            IsShared::<Cell<u32>>::ANSWER,
            IsShared::<*const u32>::ANSWER,
        ];
        assert_eq!(answers, [true, false, false]);
    }

    #[test]
    fn a_whole_is_asked_for_only_if_its_parts_are_shared() {
        assert_shared(true, &[true, true], "");
        assert_shared(false, &[true, false], "");
    }

    #[test]
    #[should_panic = "changed"]
    fn a_whole_that_is_not_shared_though_its_parts_are_is_refused() {
        assert_shared(false, &[true, true], "changed");
    }
}
