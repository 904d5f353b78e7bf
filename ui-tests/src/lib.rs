// SPDX-License-Identifier: GPL-2.0-only
//! Misuse that must not compile, and code that must.
//!
//! `tests/fail` has a folder per attribute; a file's name is the mistake in it, and the file beside
//! it is what the compiler says. `tests/pass` and `renamed` are modules that compile. To accept new
//! messages, after reading them: `BLESS=1 cargo test -p ui-tests`.
