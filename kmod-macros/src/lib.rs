// SPDX-License-Identifier: GPL-2.0-only
//! Linux kernel modules in safe Rust: the attributes.
