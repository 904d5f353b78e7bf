// SPDX-License-Identifier: GPL-2.0-only
//! What a panic does: it logs place and message, and ends in the kernel's `BUG()`.
//!
//! A message that has values in it is shown only by a module with debug assertions: what formats
//! them is larger than most modules, and would be in each that can panic. The place tells the rest.

use core::hint::black_box;
use core::panic::PanicInfo;
use core::sync::atomic::{AtomicBool, Ordering};

/// A message with values in it is being shown. What panics meanwhile shows its place only: it may be a
/// `Display` of these values, which would panic again.
static SHOWING: AtomicBool = AtomicBool::new(false);

#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    if cfg!(debug_assertions) && !SHOWING.swap(true, Ordering::Relaxed) {
        crate::pr_emerg!("{info}");
        SHOWING.store(false, Ordering::Relaxed);
    } else if let Some(place) = info.location() {
        // The place stays one value, which cargo-kmod finds where `panic = "forbid"` is broken.
        let place = black_box(place);
        let (file, line) = (place.file(), place.line());
        let (colon, message) = match info.message().as_str() {
            Some(message) => (": ", message),
            None => ("", ""),
        };
        crate::pr_emerg!("panicked at {file}:{line}{colon}{message}");
    }
    // Nobody else is to wait for what this task does not finish.
    crate::instance::abandon();
    crate::sync::keep_task();
    // SAFETY: `BUG()` may be called anywhere.
    unsafe { kmod_bindings::kmod_bug() }
}
