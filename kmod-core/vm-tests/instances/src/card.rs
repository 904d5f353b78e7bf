// SPDX-License-Identifier: GPL-2.0-only
//! A device with everything that a device can have, all of it busy until the device goes.

use core::time::Duration;

use kmod_core::prelude::*;

use crate::threads::Busy;
use crate::{DROPPED, Echo, Instances, SOON};

#[derive(Default)]
pub(super) struct Driver;

#[handlers]
impl PlatformDriver for Driver {
    type Module = Instances;
    type Device = Card;

    fn probe(&self, device: &PlatformDevice<'_, Self>) -> Result<Card> {
        device.module().probed.fetch_add(1, Ordering::Relaxed);
        if device.number() != Some(device.index()) && device.index() > 1 {
            return Err(ENXIO);
        }
        Ok(Card::default())
    }

    fn remove(&self, card: &Card) {
        // Everything is shut.
        let armed = [
            card.tick.arm(SOON),
            card.flush.queue(),
            card.waiter.queue(),
            card.later.arm(SOON),
            card.later.queue_after(SOON),
            card.busy.start(),
            card.beat.arm(SOON),
        ];
        if armed.contains(&true) {
            pr_err!("a device that is being removed was armed");
        }
    }
}

/// One of the module's devices.
#[device]
#[derive(Default)]
pub(super) struct Card {
    #[misc(name = "vm_card{index}", mode = 0o666)]
    node: Node,
    #[misc(
        name = "vm_card{index}_echo",
        nodename = "vm/echo{index}",
        mode = 0o666
    )]
    echo: Echo,
    #[timer]
    tick: Timer<Tick>,
    #[hrtimer]
    beat: Hrtimer<Beat>,
    #[work]
    flush: Work<Flush>,
    #[work]
    waiter: Work<Waiter>,
    #[kthread(name = "vm_card")]
    pub(super) busy: Kthread<Busy>,
    pub(super) go: AtomicBool,
    #[workqueue]
    events: WorkQueue,
    #[work(queue = events)]
    later: DelayedWork<Flush>,
    /// Nobody wakes it.
    never: WaitQueue,
    /// Nobody completes it.
    undone: Completion,
    ticks: AtomicU32,
    /// Freed memory shows in it.
    canary: Canary,
}

impl Card {
    /// Arms what is not armed.
    pub(super) fn arm_all(&self) {
        if !self.tick.is_armed() {
            self.tick.arm(Duration::ZERO);
        }
        if !self.beat.is_armed() {
            self.beat.arm(SOON);
        }
        self.flush.queue();
        self.waiter.queue();
        self.later.queue_after(SOON);
        self.busy.start();
    }
}

struct Canary(u64);

impl Default for Canary {
    fn default() -> Self {
        Self(0x6b6d_6f64)
    }
}

impl Drop for Card {
    fn drop(&mut self) {
        if self.canary.0 != 0x6b6d_6f64 {
            pr_err!("a device is not what it was");
        }
        self.canary.0 = 0;
        DROPPED.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Tick;

#[handlers]
impl TimerHandler for Tick {
    type Instance = Card;
    type Module = Instances;

    fn expired(&self, timer: &TimerCall<'_, Self>) -> Again {
        let card = timer.instance();
        timer.module().ticks.fetch_add(1, Ordering::Relaxed);
        card.ticks.fetch_add(1, Ordering::Relaxed);
        card.flush.queue();
        Again::After(SOON)
    }
}

#[derive(Default)]
struct Beat;

#[handlers]
impl HrtimerHandler for Beat {
    type Instance = Card;

    fn expired(&self, timer: &HrtimerCall<'_, Self>) -> Again {
        timer.instance().arm_all();
        Again::After(Duration::from_micros(500))
    }
}

#[derive(Default)]
struct Flush;

#[handlers]
impl WorkHandler for Flush {
    type Instance = Card;

    fn run(&self, work: &WorkCall<'_, Self>) {
        work.instance().arm_all();
    }
}

#[derive(Default)]
struct Waiter;

#[handlers]
impl WorkHandler for Waiter {
    type Instance = Card;

    fn run(&self, work: &WorkCall<'_, Self>) {
        let end = work.instance().undone.wait_uninterruptible();
        if end != Err(ENODEV) {
            pr_err!("a work's sleep ended with {:?}", end);
        }
    }
}

#[derive(Default)]
struct Node;

#[file_operations]
impl FileOperations for Node {
    type Module = Instances;
    type Instance = Card;

    /// Sleeps until the device goes.
    fn read(&self, file: &File<'_, Self>, _to: &mut UserWriter<'_>, _pos: u64) -> Result {
        file.instance().never.wait(|| false)
    }

    /// Starts everything.
    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let card = file.instance();
        from.skip(from.len())?;
        card.go.store(true, Ordering::Relaxed);
        card.busy.start();
        card.tick.arm(SOON);
        card.flush.queue();
        Ok(())
    }

    fn poll<'a>(&'a self, file: &File<'a, Self>, table: &mut PollTable<'a>) -> PollEvents {
        table.wait(&file.instance().never);
        PollEvents::default()
    }

    fn release(&self, file: &File<'_, Self>) {
        file.module().removed.fetch_add(1, Ordering::Relaxed);
    }
}
