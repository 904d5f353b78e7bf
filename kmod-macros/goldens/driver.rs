// SPDX-License-Identifier: GPL-2.0-only
/// Has timers, works and a driver.
#[kernel_module(name = "counters", license = "GPL")]
struct Counters {
    #[timer]
    tick: Timer<Tick>,
    #[work]
    flush: Work<Flush>,
    #[workqueue(name = "counters", flags(unbound, mem_reclaim), max_active = 4)]
    events: WorkQueue,
    #[work(queue = events)]
    later: DelayedWork<Flush>,
    #[work(queue = "highpri")]
    now: Work<Flush>,
    #[object]
    notifier: Notifier,
    #[platform_driver(name = "counter", devices = 2)]
    driver: Driver,
}

#[handlers]
impl TimerHandler for Tick {
    type Instance = Counters;

    fn expired(&self, timer: &TimerCall<'_, Self>) -> Again {
        Again::No
    }
}

#[handlers]
impl PlatformDriver for Driver {
    type Device = Counter;

    fn probe(&self, device: &PlatformDevice<'_, Self>) -> Result<Counter> {
        Err(ENODEV)
    }

    fn remove(&self, device: &Counter) {}
}
