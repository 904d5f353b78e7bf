// SPDX-License-Identifier: GPL-2.0-only
//! Lines of chips that are others': one of each kind, and some that cannot be had.
#![no_std]
#![forbid(unsafe_code)]

/// Drivers of one device that they make themselves, which is its default.
macro_rules! drivers {
    ($($driver:ident: $device:ident;)*) => {$(
        #[derive(Default)]
        struct $driver;

        #[handlers]
        impl PlatformDriver for $driver {
            type Device = $device;

            fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<$device> {
                Ok($device::default())
            }
        }
    )*};
}

mod turned;

use core::time::Duration;

use kmod_core::prelude::*;
use kmod_core::str::parse;

/// Has lines
#[kernel_module(name = "vm_gpio_lines", license = "GPL")]
#[derive(Default)]
struct Module {
    #[platform_driver(name = "vm_gpio_lines", devices = 1)]
    board: BoardDriver,
    #[platform_driver(name = "vm_lines_again", devices = 1)]
    again: AgainDriver,
    #[platform_driver(name = "vm_lines_none", devices = 1)]
    none: NoneDriver,
    #[platform_driver(name = "vm_lines_atomic", devices = 1)]
    atomic: AtomicDriver,
    #[platform_driver(name = "vm_lines_turned", acpi = ["KMOD0C02"])]
    turned: turned::Driver,
    #[platform_driver(name = "vm_lines_nameless", acpi = ["KMOD0C03"])]
    nameless: turned::NamelessDriver,
}

drivers! {
    BoardDriver: Board;
    AgainDriver: Both;
    NoneDriver: Missing;
    AtomicDriver: InAtomic;
}

#[device]
#[derive(Default)]
struct Board {
    #[gpio(chip = "vm_lines", line = 0)]
    plain: GpioOutput<NoSleep>,
    #[gpio(
        name = "reset",
        high = true,
        chip = "vm_lines",
        line = 1,
        active_low = true
    )]
    reset: GpioOutput<NoSleep>,
    #[gpio(chip = "vm_lines", line = 2)]
    button: GpioInput<NoSleep>,
    #[gpio(chip = "vm_lines", line = 3, active_low = true)]
    full: GpioInput<NoSleep>,
    #[gpio(chip = "vm_lines", line = 4)]
    bus: [GpioOutput<NoSleep>; 2],
    #[gpio(name = "", high = true, chip = "vm_lines", line = 6)]
    unnamed: GpioOutput<NoSleep>,
    #[gpio(chip = "vm_lines", line = 7)]
    broken: GpioInput,
    #[gpio(chip = "vm_lines_slow", line = 1)]
    slow: GpioOutput,
    #[gpio(optional = true)]
    maybe: GpioOutput,
    #[gpio(name = "perhaps", optional = true)]
    perhaps: GpioInput,
    #[irq(gpio = button, edge = both)]
    pressed: Irq<Pressed>,
    #[irq(gpio = full, edge = falling)]
    filled: Irq<Filled>,
    /// Of a line that is not there.
    #[irq(gpio = perhaps, edge = rising)]
    never: Irq<Filled>,
    /// Turns one over where nothing may sleep.
    #[timer]
    tick: Timer<Tick>,
    /// How often handler and thread of the first one ran, what the line was, how often the thread of the second one.
    #[sysfs]
    interrupts: Interrupts,
    /// What all are; and sets one.
    #[sysfs]
    lines: Lines,
}

#[derive(Default)]
struct Lines;

#[handlers]
impl SysfsFile for Lines {
    type Instance = Board;

    fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        let board = file.instance();
        let [first, second] = &board.bus;
        let values = [
            board.plain.get(),
            board.reset.get(),
            board.button.get(),
            board.full.get(),
            first.get(),
            second.get(),
            board.unnamed.get(),
            board.broken.get(),
            board.slow.get(),
            board.maybe.get(),
        ];
        for value in values {
            let value = value.map_or_else(|error| error.to_errno(), i32::from);
            write!(to, "{value} ")?;
        }
        writeln!(to)
    }

    fn store(&self, file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        let board = file.instance();
        let text = core::str::from_utf8(text).map_err(|_| EINVAL)?;
        if text.trim() == "tick" {
            board.tick.arm(Duration::ZERO);
            return Ok(());
        }
        let (line, value) = text.trim().split_once(' ').ok_or(EINVAL)?;
        let value = parse::<u32>(value)? != 0;
        match parse::<u32>(line)? {
            0 => board.plain.set(value),
            1 => board.reset.set(value),
            line @ 4..6 => board.bus[line as usize - 4].set(value),
            6 => board.unnamed.set(value),
            8 => board.slow.set(value),
            9 => board.maybe.set(value),
            _ => Err(EINVAL),
        }
    }
}

#[derive(Default)]
struct Pressed {
    handled: AtomicU32,
    threaded: AtomicU32,
    seen: AtomicBool,
}

#[handlers]
impl IrqHandler for Pressed {
    type Instance = Board;

    fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn {
        let pressed = irq.instance().button.get() == Ok(true);
        self.seen.store(pressed, Ordering::Relaxed);
        self.handled.fetch_add(1, Ordering::Relaxed);
        IrqReturn::WakeThread
    }

    fn thread(&self, _irq: &IrqCall<'_, Self>) {
        self.threaded.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Filled(AtomicU32);

#[handlers]
impl IrqHandler for Filled {
    fn thread(&self, _irq: &IrqCall<'_, Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Interrupts;

#[handlers]
impl SysfsFile for Interrupts {
    type Instance = Board;

    fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        let board = file.instance();
        let pressed = board.pressed.handler();
        let handled = pressed.handled.load(Ordering::Relaxed);
        let threaded = pressed.threaded.load(Ordering::Relaxed);
        let seen = u32::from(pressed.seen.load(Ordering::Relaxed));
        let filled = board.filled.handler().0.load(Ordering::Relaxed);
        if board.never.line().is_some() {
            return Err(EIO);
        }
        writeln!(to, "{handled} {threaded} {seen} {filled}")
    }
}

#[derive(Default)]
struct Tick;

#[handlers]
impl TimerHandler for Tick {
    type Instance = Board;

    fn expired(&self, timer: &TimerCall<'_, Self>) -> Again {
        let plain = &timer.instance().plain;
        let _ = plain.get().and_then(|was| plain.set(!was));
        Again::No
    }
}

/// The second of two lines is another's.
#[device]
#[derive(Default)]
struct Both {
    #[gpio(chip = "vm_lines_slow", line = 0)]
    both: [GpioInput; 2],
}

/// Nobody tells where it is.
#[device]
#[derive(Default)]
struct Missing {
    #[gpio]
    nowhere: GpioInput,
}

/// It is of a chip that sleeps.
#[device]
#[derive(Default)]
struct InAtomic {
    #[gpio(chip = "vm_lines_slow", line = 0)]
    slow: GpioInput<NoSleep>,
}
