// SPDX-License-Identifier: GPL-2.0-only
//! How often a test repeats what goes wrong by chance.

/// The variable with the factor.
pub const SOAK: &str = "KMOD_SOAK";

/// `usual` rounds, or as many times more as `cargo kmod test --soak N` says.
///
/// ```no_run
/// #[test]
/// fn it_comes_and_goes() -> std::io::Result<()> {
///     for _ in 0..kmod_test::rounds(20) {
///         drop(kmod_test::load(&[])?);
///     }
///     Ok(())
/// }
/// ```
#[must_use]
pub fn rounds(usual: u32) -> u32 {
    let factor = std::env::var(SOAK).ok().and_then(|n| n.parse().ok());
    usual.saturating_mul(factor.unwrap_or(1))
}
