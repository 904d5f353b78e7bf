// SPDX-License-Identifier: GPL-2.0-only
//! Devices that are none of this module's: found, kept, and read.

use kmod_core::pci::OtherDevice;
use kmod_core::prelude::*;

use crate::Pci;

/// What is kept, and the last answer. It is told `at DOMAIN BUS SLOT FUNCTION`, `all VENDOR DEVICE`, which keep what is
/// found; `read WHICH AT BYTES`; `drop`. Numbers are decimal.
#[derive(Default)]
pub(crate) struct Others {
    kept: Mutex<KVec<OtherDevice>>,
    answer: AtomicU32,
}

impl Others {
    fn keep(&self, found: impl Iterator<Item = OtherDevice>) -> Result<u32> {
        let mut kept = KVec::new();
        for device in found {
            kept.push(device, GFP_KERNEL)?;
        }
        let count = u32::try_from(kept.len()).map_err(|_| E2BIG)?;
        *self.kept.lock() = kept;
        Ok(count)
    }

    fn read(&self, which: u32, at: u32, bytes: u32) -> Result<u32> {
        let which = usize::try_from(which).map_err(|_| EINVAL)?;
        let device = self.kept.lock().get(which).cloned().ok_or(ENOENT)?;
        let at = u16::try_from(at).map_err(|_| EINVAL)?;
        match bytes {
            1 => device.read_config::<u8>(at).map(u32::from),
            2 => device.read_config::<u16>(at).map(u32::from),
            _ => device.read_config(at),
        }
    }
}

/// A number that fits.
fn narrow<T: TryFrom<u32>>(number: u32) -> Result<T> {
    T::try_from(number).map_err(|_| EINVAL)
}

#[handlers]
impl SysfsFile for Others {
    type Instance = Pci;

    fn show(&self, _file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        writeln!(to, "{}", self.answer.load(Ordering::Relaxed))
    }

    fn store(&self, _file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        let text = core::str::from_utf8(text).map_err(|_| EINVAL)?;
        let mut words = text.split_ascii_whitespace();
        let what = words.next().ok_or(EINVAL)?;
        let mut number = || -> Result<u32> {
            let word = words.next().ok_or(EINVAL)?;
            word.parse().map_err(|_| EINVAL)
        };
        let answer = match what {
            "at" => {
                let domain = narrow(number()?)?;
                let bus = narrow(number()?)?;
                let slot = narrow(number()?)?;
                let function = narrow(number()?)?;
                self.keep(OtherDevice::at(domain, bus, slot, function).into_iter())?
            }
            "all" => {
                let vendor = narrow(number()?)?;
                let device = narrow(number()?)?;
                self.keep(OtherDevice::all(vendor, device))?
            }
            "read" => self.read(number()?, number()?, number()?)?,
            "drop" => self.keep(core::iter::empty())?,
            _ => return Err(EINVAL),
        };
        self.answer.store(answer, Ordering::Relaxed);
        Ok(())
    }
}
