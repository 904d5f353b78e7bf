// SPDX-License-Identifier: GPL-2.0-only
//! A queue of its own does one thing after the other, while who has asked for them goes on.
//! `echo milk >/proc/errands; echo bread >/proc/errands; cat /proc/errands`.
#![no_std]
#![forbid(unsafe_code)]

use core::time::Duration;

use kmod_core::prelude::*;
use kmod_core::time::fsleep;

/// How long an errand takes.
const TRIP: Duration = Duration::from_millis(2);

/// How much is written down of what was done.
const BAG: usize = 256;

/// Does what is written, in order, later
#[kernel_module(name = "errands", license = "GPL", authors = ["The kmod developers"])]
#[derive(Default)]
struct Errands {
    /// One at a time, in the order in which they came.
    #[workqueue(flags(ordered))]
    errands: WorkQueue<Errands>,
    /// /proc/errands: a line that is written is an errand; who reads waits until all are done.
    #[proc(path = "errands")]
    counter: Counter,
    bag: Mutex<KVec<u8>>,
}

#[derive(Default)]
struct Counter;

#[handlers]
impl TextFile for Counter {
    type Instance = Errands;

    fn show(&self, file: &TextCall<'_, Self>, to: &mut SeqFile<'_>) -> Result {
        file.instance().errands.flush()?;
        to.write(&file.instance().bag.lock());
        Ok(())
    }

    fn write(&self, file: &TextCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
        let line = from.read_all(64, GFP_KERNEL)?;
        let queue = &file.instance().errands;
        queue.run(GFP_KERNEL, move |module| module.fetch(&line))
    }
}

impl Errands {
    fn fetch(&self, line: &[u8]) {
        fsleep(TRIP);
        let mut bag = self.bag.lock();
        // What does not fit stays at the shop.
        if bag.len() + line.len() <= BAG {
            let _ = bag.extend_from_slice(line, GFP_KERNEL);
        }
    }
}
