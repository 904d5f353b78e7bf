// SPDX-License-Identifier: GPL-2.0-only
//! hello.
#![no_std]
