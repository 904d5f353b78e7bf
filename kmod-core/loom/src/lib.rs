// SPDX-License-Identifier: GPL-2.0-only
//! What of `kmod-core` is synchronised by its own means, under every interleaving that the memory model
//! of C11 allows: that of no machine is weaker.
//!
//! Parts of it are C of `kmod-bindings`, and parts use the kernel's queues of sleeping tasks, so that the
//! algorithms are written down here once more, operation by operation, with the orderings that they have
//! there. Each file says of what it is the model. `cargo test` in this folder runs them; a model that hangs
//! (a lost wake-up), races or breaks an assertion fails.
#![cfg(test)]

mod counted_gate;
mod end;
mod gate;
mod live;
mod mutex;
mod section;
mod task;
mod wait_queue;
