// SPDX-License-Identifier: GPL-2.0-only
//! The kernel's random number generator.

use crate::error::code::EAGAIN;
use crate::error::{Result, to_result};

/// Fills `buffer` with random bytes fit for keys. Waits until the generator has been seeded, once
/// after boot; not for atomic context.
///
/// # Errors
/// ERESTARTSYS when a signal ended the wait; nothing has been written then.
pub fn getrandom(buffer: &mut [u8]) -> Result {
    // SAFETY: It may be called wherever one may sleep.
    to_result(unsafe { kmod_bindings::wait_for_random_bytes() })?;
    fill(buffer);
    Ok(())
}

/// Fills `buffer` with random bytes fit for keys, without waiting.
///
/// # Errors
/// EAGAIN when the generator has not been seeded yet; nothing has been written then.
pub fn getrandom_nonblock(buffer: &mut [u8]) -> Result {
    // SAFETY: It may be called anywhere.
    if !unsafe { kmod_bindings::rng_is_initialized() } {
        return Err(EAGAIN);
    }
    fill(buffer);
    Ok(())
}

/// Mixes `data` into the generator's pool, without any credit for its entropy: it need not be
/// random, nor secret.
pub fn add_randomness(data: &[u8]) {
    // SAFETY: `data` is readable.
    unsafe { kmod_bindings::kmod_add_randomness(data.as_ptr().cast(), data.len()) };
}

/// Fills `buffer` with random bytes; may be called anywhere. Early after boot they may not be fit for keys.
pub(crate) fn fill(buffer: &mut [u8]) {
    // SAFETY: `buffer` is writable.
    unsafe { kmod_bindings::kmod_random_bytes(buffer.as_mut_ptr().cast(), buffer.len()) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_is_filled() {
        for fill in [getrandom, getrandom_nonblock] {
            let mut buffer = [0; 100];
            fill(&mut buffer).unwrap();
            assert!(buffer[92..].iter().any(|byte| *byte != 0));
        }
        add_randomness(b"any");
    }
}
