// SPDX-License-Identifier: GPL-2.0-only
//! What a panic does: it logs place and message, and ends in the kernel's `BUG()`.

use core::panic::PanicInfo;

#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    crate::pr_emerg!("{info}");
    // SAFETY: `BUG()` may be called anywhere.
    unsafe { kmod_bindings::kmod_bug() }
}
