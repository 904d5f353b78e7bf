// SPDX-License-Identifier: GPL-2.0-only
//! The raw C API of the target kernel.
#![no_std]
