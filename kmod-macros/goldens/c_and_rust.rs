// SPDX-License-Identifier: GPL-2.0-only

/// Puts a mark behind a line's last;
/// whether there was room.
#[export_c]
pub(crate) fn morse_put(line: &mut Line, mark: u8) -> bool {
    line.put(mark)
}

#[export_c]
#[cfg(feature = "stop")]
fn morse_stop(_: usize) {}

/// How many marks are in a line.
#[export(gpl, namespace = "MORSE")]
pub fn morse_length(line: &Line) -> u32 {
    line.length
}

#[import_c]
extern "C" {
    /// Writes text in Morse code.
    fn morse_encode(text: *const u8, length: usize, line: &mut Line) -> i32;
    #[cfg(feature = "stop")]
    fn morse_wait();
}
