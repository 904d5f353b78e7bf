// SPDX-License-Identifier: GPL-2.0-only
//! A counter that programs use by ioctl(2).
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Counts up and down, within limits
#[kernel_module(
    name = "counter",
    license = "GPL",
    panic = "forbid",
    authors = ["The kmod developers"],
)]
#[derive(Default)]
struct CounterModule {
    /// /dev/counter
    #[chrdev(mode = 0o666)]
    counter: Counter,
}

/// Within what the counter stays; both ends belong to it.
#[uapi]
#[derive(Clone, Copy)]
struct CounterLimits {
    /// The smallest value.
    min: i64,
    /// The greatest value.
    max: i64,
}

/// Commands of /dev/counter.
#[ioctl(magic = 0xb7, prefix = "COUNTER")]
enum CounterCmd {
    /// Gives the counter's value.
    #[ior(0x01)]
    Get(i64),
    /// Adds to the counter; ERANGE if that is beyond the limits.
    #[iow(0x02)]
    Add(i64),
    /// Sets the limits, and gives those from before. EINVAL if the counter is not within them.
    #[iowr(0x03)]
    SwapLimits(CounterLimits),
    /// Sets the counter to 0, and takes the limits away.
    #[io(0x04)]
    Reset,
}

/// The counter's value and its limits.
#[derive(Default)]
struct Counter(Mutex<State>);

struct State {
    value: i64,
    limits: CounterLimits,
}

impl Default for State {
    fn default() -> Self {
        let (min, max) = (i64::MIN, i64::MAX);
        Self {
            value: 0,
            limits: CounterLimits { min, max },
        }
    }
}

impl CounterLimits {
    fn hold(&self, value: i64) -> bool {
        (self.min..=self.max).contains(&value)
    }
}

#[file_operations]
impl FileOperations for Counter {
    type Ioctl = CounterCmd;
}

impl CounterCmdHandler for Counter {
    fn get(&self, _file: &File<'_, Self>) -> Result<i64> {
        Ok(self.0.lock().value)
    }

    fn add(&self, _file: &File<'_, Self>, step: i64) -> Result {
        let mut state = self.0.lock();
        let value = state.value.checked_add(step).ok_or(ERANGE)?;
        if !state.limits.hold(value) {
            return Err(ERANGE);
        }
        state.value = value;
        Ok(())
    }

    fn swap_limits(&self, _file: &File<'_, Self>, limits: CounterLimits) -> Result<CounterLimits> {
        let mut state = self.0.lock();
        if !limits.hold(state.value) {
            return Err(EINVAL);
        }
        Ok(core::mem::replace(&mut state.limits, limits))
    }

    fn reset(&self, _file: &File<'_, Self>) -> Result {
        *self.0.lock() = State::default();
        Ok(())
    }
}
