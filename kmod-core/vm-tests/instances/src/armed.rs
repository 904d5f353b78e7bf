// SPDX-License-Identifier: GPL-2.0-only
//! What the twin in C has, too: a device that does what is written to it, and gives the result to who
//! reads it.

use core::time::Duration;

use kmod_core::prelude::*;

use crate::{Instances, closures};

/// What is waited for at most, when nobody completes.
const SHORT: Duration = Duration::from_millis(20);

/// Long after all tests.
const LONG: Duration = Duration::from_secs(100_000);

/// What runs later: counts, and lets who waits for it through.
#[derive(Default)]
pub(super) struct Later {
    runs: AtomicU32,
    ran: Completion,
}

impl Later {
    fn ran(&self) {
        self.runs.fetch_add(1, Ordering::Relaxed);
        self.ran.complete();
    }
}

#[handlers]
impl WorkHandler for Later {
    fn run(&self, _work: &WorkCall<'_, Self>) {
        self.ran();
    }
}

#[handlers]
impl HrtimerHandler for Later {
    fn expired(&self, _timer: &HrtimerCall<'_, Self>) -> Again {
        self.ran();
        Again::No
    }
}

/// Is told as what `fine` runs: the module's struct is as large as it may be.
#[derive(Default)]
pub(super) struct Alike;

#[handlers]
impl TimerHandler for Alike {
    type Instance = Instances;

    fn expired(&self, timer: &TimerCall<'_, Self>) -> Again {
        timer.instance().fine.handler().ran();
        Again::No
    }
}

#[handlers]
impl HrtimerHandler for Alike {
    type Instance = Instances;

    fn expired(&self, timer: &HrtimerCall<'_, Self>) -> Again {
        timer.instance().fine.handler().ran();
        Again::No
    }
}

/// Expires so often that somebody else mostly finds it running.
#[derive(Default)]
pub(super) struct Beat;

#[handlers]
impl HrtimerHandler for Beat {
    type Instance = Instances;

    fn expired(&self, timer: &HrtimerCall<'_, Self>) -> Again {
        let module = timer.instance();
        module.flush.queue();
        if !module.tick.is_armed() {
            module.tick.arm(Duration::ZERO);
        }
        Again::After(Duration::from_micros(200))
    }
}

/// Holds its queue up until it is let go.
#[derive(Default)]
pub(super) struct Blocker {
    go: Completion,
}

#[handlers]
impl WorkHandler for Blocker {
    fn run(&self, _work: &WorkCall<'_, Self>) {
        // It ends with the module at the latest.
        let _ = self.go.wait_uninterruptible();
    }
}

#[derive(Default)]
pub(super) struct Armed {
    result: Mutex<i32>,
    done: Completion,
}

/// As C's functions answer.
fn errno(result: Result) -> i32 {
    result.err().map_or(0, Error::to_errno)
}

fn runs(later: &Later) -> i32 {
    later.runs.load(Ordering::Relaxed).cast_signed()
}

impl Armed {
    fn run(&self, command: &[u8], module: &Instances) -> Result<i32> {
        let done = &self.done;
        match command {
            b"complete" => done.complete(),
            b"complete_all" => done.complete_all(),
            b"reinit" => done.reinit(),
            b"done" => return Ok(done.is_done().into()),
            b"try" => return Ok(done.try_wait().into()),
            b"wait" => return Ok(errno(done.wait())),
            b"killable" => return Ok(errno(done.wait_killable())),
            b"uninterruptible" => return Ok(errno(done.wait_uninterruptible())),
            b"timeout" => return Ok(errno(done.wait_timeout(SHORT))),
            b"delayed queue" => return Ok(module.delayed.queue_after(LONG).into()),
            b"delayed queue now" => return Ok(module.delayed.queue_after(Duration::ZERO).into()),
            b"delayed arm" => return Ok(module.delayed.arm(LONG).into()),
            b"delayed arm for ever" => return Ok(module.delayed.arm(Duration::MAX).into()),
            b"delayed arm now" => return Ok(module.delayed.arm(Duration::ZERO).into()),
            b"delayed disarm" => return Ok(module.delayed.disarm().into()),
            b"delayed pending" => return Ok(module.delayed.is_pending().into()),
            b"delayed ran" => return Ok(errno(module.delayed.handler().ran.wait())),
            b"delayed runs" => return Ok(runs(module.delayed.handler())),
            b"plain arm" => return Ok(module.plain.arm(LONG).into()),
            b"plain arm for ever" => return Ok(module.plain.arm(Duration::MAX).into()),
            b"plain arm now" => return Ok(module.plain.arm(Duration::ZERO).into()),
            b"plain disarm" => return Ok(module.plain.disarm().into()),
            b"plain armed" => return Ok(module.plain.is_armed().into()),
            b"plain ran" => return Ok(errno(module.fine.handler().ran.wait())),
            b"plain runs" => return Ok(runs(module.fine.handler())),
            b"fine arm" => return Ok(module.fine.arm(LONG).into()),
            b"fine arm for ever" => return Ok(module.fine.arm(Duration::MAX).into()),
            b"fine arm now" => return Ok(module.fine.arm(Duration::ZERO).into()),
            b"fine disarm" => return Ok(module.fine.disarm().into()),
            b"fine armed" => return Ok(module.fine.is_armed().into()),
            b"fine ran" => return Ok(errno(module.fine.handler().ran.wait())),
            b"fine runs" => return Ok(runs(module.fine.handler())),
            b"date arm" => return Ok(module.date.arm(Duration::from_secs(5)).into()),
            b"date ran" => return Ok(errno(module.fine.handler().ran.wait())),
            // The first holds the others up; who comes later on another queue does not wait.
            b"block" => return Ok(module.blocker.queue().into()),
            b"unblock" => module.blocker.handler().go.complete(),
            b"second" => return Ok(module.second.queue().into()),
            b"second ran" => return Ok(errno(module.second.handler().ran.wait())),
            b"second runs" => return Ok(runs(module.second.handler())),
            b"second flush" => return Ok(errno(module.second.flush())),
            b"closure" => return Ok(errno(closures::queue(module, 1))),
            b"closures" => return Ok(closures::run()),
            b"flush" => return Ok(errno(module.one_by_one.flush())),
            b"beside" => {
                module.beside.queue();
                return Ok(errno(module.beside.handler().ran.wait()));
            }
            _ => return Err(EINVAL),
        }
        Ok(0)
    }
}

#[file_operations]
impl FileOperations for Armed {
    type Instance = Instances;

    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        let result = *self.result.lock();
        write!(to, "{result}")
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let command = from.read_all(32, GFP_KERNEL)?;
        let result = self.run(&command, file.instance())?;
        *self.result.lock() = result;
        Ok(())
    }
}
