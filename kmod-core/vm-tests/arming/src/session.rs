// SPDX-License-Identifier: GPL-2.0-only
//! Open files with timers, works and threads of their own, all of them busy until the file is closed.

use core::mem;
use core::time::Duration;

use kmod_core::prelude::*;

use crate::Arming;

/// How soon everything is armed again.
const SOON: Duration = Duration::from_micros(200);

/// How many states have been dropped: they have nobody to tell.
static DROPPED: AtomicU32 = AtomicU32::new(0);

/// What an open file has.
#[per_open]
#[derive(Default)]
pub(super) struct Session {
    #[timer]
    tick: Timer<Part>,
    #[hrtimer]
    beat: Hrtimer<Part>,
    #[work]
    flush: Work<Part>,
    /// Sleeps until the file is closed.
    #[work]
    sleeper: Work<Sleeper>,
    #[workqueue]
    events: WorkQueue,
    #[work(queue = events)]
    later: DelayedWork<Part>,
    #[kthread(name = "vm_session")]
    thread: Kthread<Part>,
    /// Nobody wakes it.
    never: WaitQueue,
    /// All is armed again and again.
    is_busy: AtomicBool,
    runs: AtomicU32,
    /// Freed memory shows in it.
    canary: Canary,
}

struct Canary(u64);

impl Default for Canary {
    fn default() -> Self {
        Self(0x6b6d_6f64)
    }
}

impl Session {
    /// Whether something could be armed.
    fn arm_all(&self) -> bool {
        let armed = [
            !self.tick.is_armed() && self.tick.arm(SOON),
            !self.beat.is_armed() && self.beat.arm(SOON),
            self.flush.queue(),
            self.later.queue_after(SOON),
            self.thread.start(),
        ];
        armed.contains(&true)
    }

    fn ran(&self) {
        if self.canary.0 != 0x6b6d_6f64 {
            pr_err!("the state of a file is not what it was");
        }
        if self.is_busy.load(Ordering::Relaxed) {
            self.runs.fetch_add(1, Ordering::Relaxed);
            self.arm_all();
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let mut tick = mem::take(&mut self.tick);
        if self.arm_all() || tick.arm(SOON) {
            pr_err!("the state of a closed file was armed");
        }
        mem::swap(&mut self.tick, &mut tick);
        if tick.arm(SOON) || self.tick.arm(SOON) {
            pr_err!("a timer of a closed file was armed");
        }
        self.canary.0 = 0;
        DROPPED.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Part;

#[handlers]
impl TimerHandler for Part {
    type Module = Arming;
    type Instance = Session;

    fn expired(&self, timer: &TimerCall<'_, Self>) -> Again {
        timer.module().turns.fetch_add(1, Ordering::Relaxed);
        timer.instance().ran();
        Again::After(SOON)
    }
}

#[handlers]
impl HrtimerHandler for Part {
    type Instance = Session;

    fn expired(&self, timer: &HrtimerCall<'_, Self>) -> Again {
        timer.instance().ran();
        Again::After(SOON)
    }
}

#[handlers]
impl WorkHandler for Part {
    type Instance = Session;

    fn run(&self, work: &WorkCall<'_, Self>) {
        work.instance().ran();
    }
}

#[handlers]
impl KthreadHandler for Part {
    type Instance = Session;

    fn run(&self, stop: &Stop<'_, Self>) -> Result {
        while stop.instance().is_busy.load(Ordering::Relaxed) {
            stop.instance().ran();
            stop.sleep(SOON)?;
        }
        Ok(())
    }
}

#[derive(Default)]
struct Sleeper;

#[handlers]
impl WorkHandler for Sleeper {
    type Instance = Session;

    fn run(&self, work: &WorkCall<'_, Self>) {
        let end = work.instance().never.uninterruptible().wait(|| false);
        pr_info!("the sleeper of a file ends with {:?}", end);
    }
}

#[derive(Default)]
pub(super) struct Sessions;

#[file_operations]
impl FileOperations for Sessions {
    type Module = Arming;
    type PerOpen = PerOpen<Session>;

    fn open(&self, _file: &OpenFile<'_, Self>) -> Result<PerOpen<Session>> {
        let mut one = PerOpen::new(Session::default());
        let mut other = PerOpen::default();
        if one.arm_all() {
            pr_err!("the state of a file that is not open was armed");
        }
        mem::swap(&mut one, &mut other);
        // Its drop is left out, but counted.
        mem::forget(other);
        DROPPED.fetch_add(1, Ordering::Relaxed);
        Ok(one)
    }

    /// How often its handlers have run, how many states have gone, and how many files were released.
    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
        let counts = [&file.state().runs, &DROPPED, &file.module().released];
        let [runs, dropped, released] = counts.map(|count| count.load(Ordering::Relaxed));
        writeln!(to, "{runs} {dropped} {released}")
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let session = file.state();
        session.sleeper.queue();
        session.is_busy.store(true, Ordering::Relaxed);
        session.arm_all();
        from.skip(from.len())
    }

    /// All is armed once more, and gone afterwards.
    fn release(&self, file: &File<'_, Self>) {
        file.module().released.fetch_add(1, Ordering::Relaxed);
        file.state().arm_all();
    }
}

/// What cannot be registered: the kernel has not so many processors.
#[per_open]
#[derive(Default)]
pub(super) struct Lost {
    #[timer]
    tick: Timer<Nothing>,
    #[kthread(cpu = 8000)]
    thread: Kthread<Nothing>,
}

impl Drop for Lost {
    fn drop(&mut self) {
        DROPPED.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Nothing;

#[handlers]
impl TimerHandler for Nothing {
    fn expired(&self, _timer: &TimerCall<'_, Self>) -> Again {
        Again::No
    }
}

#[handlers]
impl KthreadHandler for Nothing {
    fn run(&self, _stop: &Stop<'_, Self>) -> Result {
        Ok(())
    }
}

#[derive(Default)]
pub(super) struct Losing;

#[file_operations]
impl FileOperations for Losing {
    type Module = Arming;
    type PerOpen = PerOpen<Lost>;

    fn open(&self, _file: &OpenFile<'_, Self>) -> Result<PerOpen<Lost>> {
        Ok(Lost::default().into())
    }

    fn release(&self, file: &File<'_, Self>) {
        file.module().released.fetch_add(1, Ordering::Relaxed);
    }
}
