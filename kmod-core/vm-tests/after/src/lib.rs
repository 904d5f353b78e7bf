// SPDX-License-Identifier: GPL-2.0-only
//! A module that panics once, in the handler that its parameter names.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Panics once
#[kernel_module(
    name = "vm_after",
    license = "GPL",
    params(
        /// Where
        at: &str = "",
        /// Any number
        #[param(perm = 0o644, validate = validated, on_change = After::changed)]
        number: u32 = 0,
    ),
)]
struct After {
    #[misc(name = "vm_after_misc", mode = 0o666)]
    misc: Device,
    #[chrdev(name = "vm_after_chr", mode = 0o666)]
    chrdev: Plain,
    #[sysctl(path = "vm_after/own")]
    own: Own,
    #[sysctl(path = "vm_after/number", on_change = After::written)]
    number: AtomicU32,
    #[proc(path = "vm_after/file")]
    file: Text,
    #[filesystem]
    vm_after: Tree,
    #[work]
    work: Work<Later>,
    #[timer]
    timer: Timer<Later>,
    #[platform_driver(name = "vm_after", devices = 1)]
    driver: Driver,
    #[kthread(name = "vm_after")]
    thread: Kthread<Later>,
    locked: Mutex<()>,
    many: RwLock<()>,
}

impl KernelModule for After {
    fn init(params: &AfterParams) -> Result<Self> {
        if params.at() == "init" {
            panic!("in init");
        }
        Ok(Self {
            misc: Device,
            chrdev: Plain,
            own: Own,
            number: AtomicU32::new(0),
            file: Text,
            vm_after: Tree,
            work: Work::new(Later),
            timer: Timer::new(Later),
            driver: Driver,
            thread: Kthread::new(Later),
            locked: Mutex::new(()),
            many: RwLock::new(()),
        })
    }
}

impl After {
    fn changed(&self, _: u32) {
        trap("on_change");
    }

    fn written(&self) {
        trap("on_change of a sysctl");
    }
}

impl Drop for After {
    fn drop(&mut self) {
        trap("drop");
    }
}

/// The panic has been.
static ONCE: AtomicBool = AtomicBool::new(false);

/// Panics if this is the place.
fn trap(here: &str) {
    if After::params().at() == here && !ONCE.swap(true, Ordering::Relaxed) {
        panic!("on purpose");
    }
}

fn validated(number: u32) -> Result {
    if number > 0 {
        trap("validate");
    }
    Ok(())
}

/// Everything that a file can do.
struct Device;

/// What goes with an open file.
struct PerOpen;

impl Drop for PerOpen {
    fn drop(&mut self) {
        trap("drop of PerOpen");
    }
}

#[file_operations]
impl FileOperations for Device {
    type Module = After;
    type PerOpen = PerOpen;
    type Ioctl = AfterCmd;

    fn open(&self, _file: &OpenFile<'_, Self>) -> Result<PerOpen> {
        trap("open of a misc device");
        Ok(PerOpen)
    }

    fn release(&self, _file: &File<'_, Self>) {
        trap("release");
    }

    fn read(&self, _file: &File<'_, Self>, _to: &mut UserWriter<'_>, _pos: u64) -> Result {
        trap("read");
        Ok(())
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        from.skip(from.len())?;
        trap("write");
        let module = file.module();
        module.work.queue();
        module.thread.start();
        Ok(())
    }

    fn llseek(&self, _file: &File<'_, Self>, _to: SeekFrom) -> Result<u64> {
        trap("llseek");
        Ok(0)
    }

    fn poll<'a>(&'a self, _file: &File<'a, Self>, _table: &mut PollTable<'a>) -> PollEvents {
        trap("poll");
        PollEvents::IN
    }

    fn mmap(&self, _file: &File<'_, Self>, _area: &mut VmArea<'_>) -> Result {
        trap("mmap");
        Ok(())
    }

    fn fsync(
        &self,
        file: &File<'_, Self>,
        _range: core::ops::RangeInclusive<u64>,
        _datasync: bool,
    ) -> Result {
        let locked = file.module().locked.lock();
        trap("with a Mutex");
        drop(locked);
        file.module().many.write(|()| trap("with a RwLock"));
        Ok(())
    }

    fn flush(&self, _file: &File<'_, Self>) -> Result {
        trap("flush");
        Ok(())
    }

    fn show_fdinfo(&self, _file: &File<'_, Self>, _to: &mut SeqFile) {
        trap("show_fdinfo");
    }
}

/// Commands.
#[ioctl(magic = 0xb7, prefix = "AFTER")]
enum AfterCmd {
    /// Panics.
    #[io(0x01)]
    Panic,
}

impl AfterCmdHandler for Device {
    fn panic(&self, _file: &File<'_, Self>) -> Result {
        trap("ioctl");
        Ok(())
    }
}

/// What can be opened.
struct Plain;

#[file_operations]
impl FileOperations for Plain {
    fn open(&self, _file: &OpenFile<'_, Self>) -> Result {
        trap("open of a chrdev");
        Ok(())
    }
}

struct Own;

impl Sysctl for Own {
    type Module = ();

    fn read(&self, _: &(), to: &mut SysctlWriter<'_>) -> Result {
        trap("read of a sysctl");
        writeln!(to, "1")
    }

    fn write(&self, _: &(), _: &SysctlReader<'_>) -> Result {
        trap("write of a sysctl");
        Ok(())
    }
}

struct Text;

#[handlers]
impl TextFile for Text {
    fn show(&self, _: &TextCall<'_, Self>, to: &mut SeqFile<'_>) -> Result {
        trap("show of a proc file");
        writeln!(to, "1")
    }

    fn write(&self, _: &TextCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
        trap("write of a proc file");
        from.skip(from.len())
    }
}

struct Tree;

impl FileSystem for Tree {
    type Module = ();

    const TREE: &'static [Node<Self>] = &[Node::show("shown", |_, _, to| {
        trap("show");
        writeln!(to, "shown")
    })];
}

#[derive(Default)]
struct Later;

#[handlers]
impl WorkHandler for Later {
    type Module = After;

    fn run(&self, work: &WorkCall<'_, Self>) {
        trap("run");
        if After::params().at() == "expired" {
            work.module().timer.arm(core::time::Duration::ZERO);
        }
    }
}

#[handlers]
impl TimerHandler for Later {
    fn expired(&self, _timer: &TimerCall<'_, Self>) -> Again {
        trap("expired");
        Again::No
    }
}

#[handlers]
impl KthreadHandler for Later {
    fn run(&self, _stop: &Stop<'_, Self>) -> Result {
        trap("run of a thread");
        Ok(())
    }
}

struct Driver;

static PROBES: AtomicU32 = AtomicU32::new(0);

#[handlers]
impl PlatformDriver for Driver {
    type Module = After;
    type Device = Card;

    fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<Card> {
        if PROBES.fetch_add(1, Ordering::Relaxed) > 0 {
            trap("probe");
        }
        Ok(Card::default())
    }

    fn remove(&self, _card: &Card) {
        trap("remove");
    }
}

#[device]
#[derive(Default)]
struct Card {
    #[misc(name = "vm_after_card", mode = 0o666)]
    node: OfCard,
}

#[derive(Default)]
struct OfCard;

#[file_operations]
impl FileOperations for OfCard {
    type Instance = Card;

    fn open(&self, _file: &OpenFile<'_, Self>) -> Result {
        trap("open of a device's node");
        Ok(())
    }

    fn read(&self, _file: &File<'_, Self>, _to: &mut UserWriter<'_>, _pos: u64) -> Result {
        trap("read of a device's node");
        Ok(())
    }
}
