// SPDX-License-Identifier: GPL-2.0-only
//! Misuse that must not compile, and code that must.
