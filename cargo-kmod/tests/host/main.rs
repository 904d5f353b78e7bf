// SPDX-License-Identifier: GPL-2.0-only
//! What can be tested of the command without a VM.

mod atomic;
mod breadth;
mod c_files;
mod changed;
mod cli;
mod decode;
mod dependencies;
mod docs;
mod glue;
mod installed;
mod kernels;
mod killed;
mod ko;
mod mistakes;
mod names;
mod new;
mod packages;
mod panics;
mod published;
mod refused;
mod safety;
mod selftests;
mod settings;
mod sources;
mod srcversion;
mod stack;
mod support;
mod surroundings;
mod trace_events;
mod tree;
mod uapi;
mod units;
mod verify;
mod vm;
mod workspaces;
