// SPDX-License-Identifier: GPL-2.0-only
//! A device with a parameter: its lines are counted.
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

/// Answers every read with a number
#[kernel_module(name = "answer", license = "GPL", params(number: u32 = 42))]
#[derive(Default)]
struct Answer {
    #[misc(mode = 0o444)]
    answer: Number,
}

#[derive(Default)]
struct Number;

#[file_operations]
impl FileOperations for Number {
    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        to.write_fmt_from(format_args!("{}\n", Answer::params().number()), pos)
    }
}

fn main() {}
