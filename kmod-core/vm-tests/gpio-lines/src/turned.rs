// SPDX-License-Identifier: GPL-2.0-only
//! Boards whose lines firmware tells of: they are turned round, configured, and set several at a time.

use core::time::Duration;

use kmod_core::prelude::*;
use kmod_core::str::parse;

use crate::Module;

#[derive(Default)]
pub(crate) struct Driver;

#[handlers]
impl PlatformDriver for Driver {
    type Module = Module;
    type Device = Board;

    fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<Board> {
        Ok(Board::default())
    }
}

#[device]
#[derive(Default)]
pub(crate) struct Board {
    #[gpio]
    data: GpioLine,
    #[gpio]
    bus: [GpioOutput; 4],
    #[gpio]
    back: GpioLine,
    #[gpio(optional = true)]
    some: [GpioOutput; 3],
    #[gpio(optional = true)]
    maybe: GpioLine,
    #[sysfs]
    turn: Turn,
}

/// Does what it is told, by a letter for what, one for the line, and numbers; what was read last.
#[derive(Default)]
struct Turn {
    shown: AtomicU32,
    bits: AtomicU32,
}

impl Turn {
    fn configure(line: &GpioLine, what: u32, argument: u32) -> Result {
        line.set_config(match what {
            0 => GpioConfig::BiasDisable,
            1 => GpioConfig::PullUp,
            2 => GpioConfig::PullDown,
            3 => GpioConfig::PushPull,
            4 => GpioConfig::OpenDrain,
            5 => GpioConfig::OpenSource,
            _ => GpioConfig::Debounce(Duration::from_micros(argument.into())),
        })
    }
}

/// As many bits of a number as there are lines.
fn values<const N: usize>(bits: u32) -> [bool; N] {
    core::array::from_fn(|line| bits >> line & 1 != 0)
}

#[handlers]
impl SysfsFile for Turn {
    type Instance = Board;

    fn show(&self, _file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        let shown = self.shown.load(Ordering::Relaxed);
        let bits = self.bits.load(Ordering::Relaxed);
        writeln!(to, "{shown} {bits:x}")
    }

    fn store(&self, file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        let board = file.instance();
        let text = core::str::from_utf8(text).map_err(|_| EINVAL)?;
        let mut words = text.split_whitespace();
        let [command, line] = words.next().ok_or(EINVAL)?.as_bytes() else {
            return Err(EINVAL);
        };
        let line = match line {
            b'd' => &board.data,
            b'b' => &board.back,
            _ => &board.maybe,
        };
        let what = words.next().map_or(Ok(0), parse::<u32>)?;
        let argument = words.next().map_or(Ok(0), parse::<u32>)?;
        self.bits.store(what, Ordering::Relaxed);
        match command {
            b'i' => line.direction_input(),
            b'o' => line.direction_output(what != 0),
            b's' => line.set(what != 0),
            b'g' => {
                let is_active = line.get()?;
                self.shown.store(is_active.into(), Ordering::Relaxed);
                Ok(())
            }
            b'c' => Self::configure(line, what, argument),
            b'A' => board.bus.set_array_value(values(what)),
            b'G' => {
                self.bits.store(0, Ordering::Relaxed);
                let read = board.bus.get_array_value()?;
                let bits = read
                    .iter()
                    .rev()
                    .fold(0, |bits, one| bits << 1 | u32::from(*one));
                self.bits.store(bits, Ordering::Relaxed);
                Ok(())
            }
            b'S' => {
                if board.some.get_array_value()?[1..] != [false; 2] {
                    return Err(EIO);
                }
                board.some.set_array_value(values(what))
            }
            _ => Err(EINVAL),
        }
    }
}

#[derive(Default)]
pub(crate) struct NamelessDriver;

#[handlers]
impl PlatformDriver for NamelessDriver {
    type Module = Module;
    type Device = Nameless;

    fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<Nameless> {
        Ok(Nameless::default())
    }
}

/// Firmware has its lines without a name.
#[device]
#[derive(Default)]
pub(crate) struct Nameless {
    #[gpio(name = "", high = true)]
    both: [GpioOutput; 2],
}
