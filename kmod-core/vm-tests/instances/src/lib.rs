// SPDX-License-Identifier: GPL-2.0-only
//! The life of instances: a module's objects and those of its devices, which arm each other and are
//! taken away while files are open and tasks sleep.
#![no_std]
#![forbid(unsafe_code)]

mod armed;
mod card;
mod closures;
mod threads;

use core::time::Duration;

use armed::{Alike, Armed, Beat, Blocker, Later};
use card::Driver;
use kmod_core::prelude::*;
use threads::{Brief, Patient};

/// How soon everything is armed again.
const SOON: Duration = Duration::from_millis(1);

/// Timers and works that arm each other
#[kernel_module(name = "vm_instances", license = "GPL")]
#[derive(Default)]
struct Instances {
    #[timer]
    tick: Timer<Tick>,
    #[work]
    flush: Work<Flush>,
    /// Sleeps until the module goes.
    #[work]
    sleeper: Work<Sleeper>,
    /// No attribute: nobody opens its gate.
    inert: Timer<Tick>,
    #[misc(mode = 0o666)]
    vm_instances: Control,
    /// The same handlers as those of a device's node.
    #[misc(mode = 0o666)]
    vm_echo: Echo,
    /// Works that run one by one.
    #[workqueue(name = "vm_instances", flags(ordered))]
    one_by_one: WorkQueue<Instances>,
    #[work(queue = one_by_one)]
    blocker: Work<Blocker>,
    #[work(queue = one_by_one)]
    second: Work<Later>,
    #[work(queue = "unbound")]
    beside: Work<Later>,
    #[work]
    delayed: DelayedWork<Later>,
    /// Arms itself and others for ever.
    #[work(queue = "highpri")]
    again: DelayedWork<Once>,
    #[workqueue(name = "vm_busy", flags(unbound, mem_reclaim, sysfs), max_active = 2)]
    busy: WorkQueue<Instances>,
    #[work(queue = busy)]
    busier: DelayedWork<Once>,
    #[timer]
    plain: Timer<Alike>,
    #[hrtimer]
    fine: Hrtimer<Later>,
    /// Armed for times that have long passed.
    #[hrtimer(clock = realtime, mode = abs)]
    date: Hrtimer<Alike>,
    /// Arms itself and others for ever.
    #[hrtimer(clock = boottime)]
    beat: Hrtimer<Beat>,
    #[kthread(name = "vm_brief", nice = -5, cpu = 0)]
    brief: Kthread<Brief>,
    #[kthread]
    patient: Kthread<Patient>,
    /// What the twin has, too.
    #[misc(mode = 0o600)]
    vm_instances_armed: Armed,
    #[platform_driver(name = "vm_instances", devices = 2)]
    driver: Driver,
    never: WaitQueue,
    /// Nobody completes it.
    undone: Completion,
    ticks: AtomicU32,
    runs: AtomicU32,
    slept: AtomicU32,
    probed: AtomicU32,
    removed: AtomicU32,
}

/// How many devices have been dropped: they have nobody to tell.
static DROPPED: AtomicU32 = AtomicU32::new(0);

impl Drop for Instances {
    fn drop(&mut self) {
        let [ticks, runs, slept] =
            [&self.ticks, &self.runs, &self.slept].map(|count| count.load(Ordering::Relaxed));
        pr_info!(
            "gone after {} ticks, {} runs, {} sleeps",
            ticks,
            runs,
            slept
        );
    }
}

#[derive(Default)]
struct Tick;

#[handlers]
impl TimerHandler for Tick {
    type Instance = Instances;

    fn expired(&self, timer: &TimerCall<'_, Self>) -> Again {
        let module = timer.instance();
        module.ticks.fetch_add(1, Ordering::Relaxed);
        module.flush.queue();
        module.again.queue_after(Duration::ZERO);
        module.beat.arm(Duration::ZERO);
        let _ = module.busy.run(GFP_ATOMIC, |module| {
            module.again.queue_after(Duration::ZERO);
        });
        Again::After(SOON)
    }
}

#[derive(Default)]
struct Flush;

#[handlers]
impl WorkHandler for Flush {
    type Module = Instances;

    fn run(&self, work: &WorkCall<'_, Self>) {
        let module = work.module();
        module.runs.fetch_add(1, Ordering::Relaxed);
        // Who arms it again and again for later never lets it expire.
        if !module.tick.is_armed() {
            module.tick.arm(SOON);
        }
        // It would wait for itself.
        if module.flush.flush() != Err(EDEADLK) {
            pr_err!("a work has waited for itself");
        }
        module.flush.queue();
    }
}

/// Has the others run once more, and itself.
#[derive(Default)]
struct Once;

#[handlers]
impl WorkHandler for Once {
    type Instance = Instances;

    fn run(&self, work: &WorkCall<'_, Self>) {
        let module = work.instance();
        module.again.arm(SOON);
        module.busier.arm(Duration::ZERO);
        let _ = module.busy.run(GFP_KERNEL, closures::for_ever);
        module.flush.queue();
        if !module.tick.is_armed() {
            module.tick.arm(SOON);
        }
    }
}

#[derive(Default)]
struct Sleeper;

#[handlers]
impl WorkHandler for Sleeper {
    type Instance = Instances;

    fn run(&self, work: &WorkCall<'_, Self>) {
        let module = work.instance();
        module.slept.fetch_add(1, Ordering::Relaxed);
        let end = module.never.uninterruptible().wait(|| false);
        pr_info!("the sleeper ends with {:?}", end);
    }
}

/// Starts what its commands name, and says what has become of it.
#[derive(Default)]
struct Control;

#[file_operations]
impl FileOperations for Control {
    type Module = Instances;
    type Instance = Instances;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        let module = file.module();
        let counts = [
            &module.ticks,
            &module.runs,
            &module.slept,
            &module.probed,
            &module.removed,
            &DROPPED,
        ];
        for count in counts {
            write!(to, "{} ", count.load(Ordering::Relaxed))?;
        }
        Ok(())
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let mut command = [0; 16];
        let module = file.instance();
        let length = from.read(&mut command)?;
        let done = match command.get(..length) {
            Some(b"arm") => module.tick.arm(SOON),
            Some(b"disarm") => module.tick.disarm(),
            Some(b"queue") => module.flush.queue(),
            Some(b"sleep") => module.sleeper.queue(),
            Some(b"start") => module.brief.start(),
            Some(b"brief") => {
                module.brief.handler().ran.wait()?;
                let runs = module.brief.handler().runs();
                pr_info!("the thread has run {} times", runs);
                true
            }
            Some(b"ask") => {
                module.patient.handler().ask(&module.patient)?;
                module.patient.start()
            }
            Some(b"inert") => module.inert.arm(SOON) || module.inert.disarm(),
            _ => return Err(EINVAL),
        };
        if done { Ok(()) } else { Err(ENODEV) }
    }
}

/// Counts its reads, wherever it is a field.
#[derive(Default)]
struct Echo(AtomicU32);

#[file_operations]
impl FileOperations for Echo {
    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
        writeln!(to, "{}", self.0.fetch_add(1, Ordering::Relaxed))
    }
}
