// SPDX-License-Identifier: GPL-2.0-only
//! The guest's side of cargo-kmod: the test library and the VM's init.
