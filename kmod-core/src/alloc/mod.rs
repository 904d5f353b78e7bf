// SPDX-License-Identifier: GPL-2.0-only
//! Memory: every allocation takes GFP flags and can fail.

/// The allocation failed; `?` makes it `ENOMEM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AllocError;
