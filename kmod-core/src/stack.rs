// SPDX-License-Identifier: GPL-2.0-only
//! The kernel's stack: small, and the machine's end when it overflows.
//!
//! Each build looks at the module's calls (rules `recursion` and `stack-depth` of `cargo kmod
//! verify`): functions that call each other in a circle are refused, unless
//! [`bounded_recursion!`](crate::bounded_recursion) says how often.

/// Says how deep a function calls itself at most, or the functions that are named after a type, and
/// why: `cargo kmod verify` and the build then count so many turns instead of refusing it. Nobody
/// holds you to the number but yourself.
///
/// ```
/// use kmod_core::prelude::*;
///
/// /// A folder with folders in it.
/// struct Folder {
///     level: u8,
///     folders: List<Folder>,
/// }
///
/// // Dropping a folder drops those that are in it.
/// kmod_core::bounded_recursion!(Folder, levels = 8, "`make` refuses a folder in the eighth");
///
/// impl Folder {
///     fn make(&mut self) -> Result {
///         let level = self.level.wrapping_add(1);
///         if level >= 8 {
///             return Err(ELOOP);
///         }
///         let folders = List::new();
///         self.folders.push_back(Folder { level, folders }, GFP_KERNEL)?;
///         Ok(())
///     }
/// }
/// # fn main() {}
/// ```
///
/// The name is that of a function or a type of the module (`mod`) where this stands.
#[macro_export]
macro_rules! bounded_recursion {
    ($name:ident, levels = $levels:literal, $reason:literal $(,)?) => {
        const _: () = {
            // The name is one that there is.
            #[allow(unused_imports, reason = "to be there is all that is asked of it")]
            use $name as _;
            let reason: &str = $reason;
            let levels: u16 = $levels;
            ::core::assert!(!reason.is_empty(), "say why the recursion has a bound");
            ::core::assert!(levels > 0, "a function that is called is one level deep");
        };
        // cargo-kmod/verify/src/bounded.rs reads it.
        $crate::__note!("recursion", $name, $levels);
    };
}
