// SPDX-License-Identifier: GPL-2.0-only
//! vm-printk.
#![no_std]
