// SPDX-License-Identifier: GPL-2.0-only
//! What input devices report.

use std::fs::File;
use std::io::{self, ErrorKind, Read};

use crate::guest;

/// The type, code and value of what an input device has reported since it was last read, as many as wait: its node
/// is open with `O_NONBLOCK`.
///
/// # Errors
/// Those of `read(2)`, and of a file that is no input device's node.
pub fn input_events(mut file: &File) -> io::Result<Vec<(u16, u16, i32)>> {
    guest::require();
    let mut events = Vec::new();
    // A `struct input_event`, which begins with the time.
    let mut one = [0; 24];
    loop {
        match file.read(&mut one) {
            Ok(24) => {}
            Ok(_) => return Err(ErrorKind::UnexpectedEof.into()),
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(events),
            Err(error) => return Err(error),
        }
        let [.., t0, t1, c0, c1, v0, v1, v2, v3] = one;
        events.push((
            u16::from_ne_bytes([t0, t1]),
            u16::from_ne_bytes([c0, c1]),
            i32::from_ne_bytes([v0, v1, v2, v3]),
        ));
    }
}
