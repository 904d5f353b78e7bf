// SPDX-License-Identifier: GPL-2.0-only
//! Shows the clocks, and waits by each of the delays.

use kmod_core::prelude::*;
use kmod_core::time::{
    Duration, Instant, Jiffies, boottime, fsleep, msecs_to_jiffies, msleep, ndelay, realtime,
    udelay, usleep_range,
};

#[derive(Default)]
pub struct Clocks;

#[file_operations]
impl FileOperations for Clocks {
    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
        let monotonic = Instant::now();
        writeln!(to, "{}", realtime().as_secs())?;
        writeln!(to, "{}", boottime().as_millis())?;
        writeln!(to, "{}", monotonic.elapsed() < Duration::from_secs(600))
    }

    /// `KIND MICROSECONDS`: fails if a sleep was shorter.
    fn write(&self, _file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let mut text = [0; 32];
        let n = from.read(&mut text)?;
        let text = core::str::from_utf8(text.get(..n).ok_or(EINVAL)?)?;
        let (kind, micros) = text.split_once(' ').ok_or(EINVAL)?;
        let micros: u16 = kmod_core::str::parse(micros)?;
        let (start, tick) = (Instant::now(), Jiffies::now());
        match kind {
            "udelay" => udelay(micros),
            "ndelay" => (0..1000).for_each(|_| ndelay(micros)),
            "usleep" => usleep_range(micros.into(), micros.into()),
            "fsleep" => fsleep(Duration::from_micros(micros.into())),
            "msleep" => msleep(u32::from(micros / 1000)),
            _ => return Err(ENOENT),
        }
        // How long a processor takes for a loop was measured at boot, on a host that may have been busy:
        // of a delay by loops only the end is certain.
        let least = match kind {
            "udelay" | "ndelay" => 0,
            _ => u64::from(micros) * 9 / 10,
        };
        if start.elapsed() < Duration::from_micros(least) {
            return Err(ETIME);
        }
        // A sleep of whole ticks is seen by them.
        let ticks = msecs_to_jiffies(u32::from(micros / 1000));
        if kind == "msleep" && !Jiffies::now().after(tick) || tick.elapsed() > ticks + 600 * 1000 {
            return Err(ERANGE);
        }
        Ok(())
    }
}
