// SPDX-License-Identifier: GPL-2.0-only
//! The embedded controller: the machine's own little computer, for its fans, keys and batteries.

use core::ffi::{c_int, c_uint};

use kmod_bindings as bindings;

use crate::error::code::EINVAL;
use crate::error::{Result, to_result};

/// The most bytes that go to the controller, or come from it, in one transaction.
pub const EC_TRANSACTION_MAX: usize = 255;

/// What such a call gave.
fn done(returned: c_int) -> Result {
    to_result(returned).map(drop)
}

/// Reads a byte of the machine's first embedded controller: the kernel's `ec_read()`. It may sleep.
///
/// # Errors
///
/// `ENODEV` if the machine has none, `ETIME` if it does not answer.
pub fn ec_read(address: u8) -> Result<u8> {
    let mut value = 0;
    // SAFETY: The value is this function's.
    done(unsafe { bindings::ec_read(address, &raw mut value) })?;
    Ok(value)
}

/// Writes a byte of the machine's first embedded controller: the kernel's `ec_write()`. It may sleep. What
/// the byte is for, the machine's maker alone knows.
///
/// # Errors
///
/// `ENODEV` if the machine has none, `ETIME` if it does not answer.
pub fn ec_write(address: u8, value: u8) -> Result {
    // SAFETY: It has no preconditions but process context, which the build checks.
    done(unsafe { bindings::ec_write(address, value) })
}

/// Sends a command and bytes to the machine's first embedded controller, and fills `answer` with what it
/// answers: the kernel's `ec_transaction()`. It may sleep.
///
/// # Errors
///
/// `ENODEV` if the machine has none, `ETIME` if it does not answer with as many bytes, `EINVAL` if there are more
/// than [`EC_TRANSACTION_MAX`] either way. What is in `answer` then is not said.
pub fn ec_transaction(command: u8, data: &[u8], answer: &mut [u8]) -> Result {
    // The kernel keeps these lengths in a byte each.
    let length = |bytes: usize| match bytes {
        0..=EC_TRANSACTION_MAX => Ok(bytes as c_uint),
        _ => Err(EINVAL),
    };
    let (given, wanted) = (length(data.len())?, length(answer.len())?);
    // SAFETY: As many bytes are there, of which the kernel writes to those of `answer` only, and borrowed
    // during the call.
    let error = unsafe {
        bindings::ec_transaction(command, data.as_ptr(), given, answer.as_mut_ptr(), wanted)
    };
    done(error)
}
