// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

fn hide() -> WaitQueue {
    let queue = WaitQueue::new();
    let wait = queue.killable();
    let moved = queue;
    let _ = wait.wait(|| true);
    moved
}

fn main() {}
