// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

fn take(queue: &WaitQueue, letters: &Mutex<u32>) -> Result {
    let mut guard = letters.lock();
    queue.wait_locked(guard, |letters| *letters > 0)?;
    *guard -= 1;
    Ok(())
}

fn main() {}
