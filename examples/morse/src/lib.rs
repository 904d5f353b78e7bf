// SPDX-License-Identifier: GPL-2.0-only
//! A C module moved to Rust by half: the device is here, the code of letters still in `c/encode.c`.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;
use morse_sys::{Line, encode};

/// Gives text back in Morse code
#[kernel_module(name = "morse", license = "GPL")]
#[derive(Default)]
struct Morse {
    /// /dev/morse: what is written is read in Morse code.
    #[misc(mode = 0o666)]
    morse: Telegraph,
}

/// The last line.
struct Telegraph(Mutex<Line>);

const EMPTY: Line = Line {
    length: 0,
    marks: [0; 252],
};

impl Default for Telegraph {
    fn default() -> Self {
        Self(Mutex::new(EMPTY))
    }
}

#[file_operations]
impl FileOperations for Telegraph {
    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        let line = self.0.lock();
        let marks = line.marks.get(..line.length as usize).ok_or(EIO)?;
        to.write_from(marks, pos).map(drop)
    }

    fn write(&self, _file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let text = from.read_all(64, GFP_KERNEL)?;
        let mut line = EMPTY;
        encode(&text, &mut line)?;
        *self.0.lock() = line;
        Ok(())
    }
}

/// Puts a mark behind a line's last; whether there was room.
#[export_c]
fn morse_put(line: &mut Line, mark: u8) -> bool {
    match line.marks.get_mut(line.length as usize) {
        Some(place) => {
            *place = mark;
            line.length += 1;
            true
        }
        None => false,
    }
}
