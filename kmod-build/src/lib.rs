// SPDX-License-Identifier: GPL-2.0-only
//! What the kernel's configuration asks of a compiler: shared by kmod-bindings' build script and cargo-kmod.
