// SPDX-License-Identifier: GPL-2.0-only

#[kernel_module(name = "calm", license = "GPL", panic = "forbid")]
#[derive(Default)]
struct Calm;
