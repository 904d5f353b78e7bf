// SPDX-License-Identifier: GPL-2.0-only
//! Resets: a driver of whichever card it is asked for, by `driver_override`, that counts them and asks for some.

use kmod_core::prelude::*;

use crate::Pci;

#[derive(Default)]
pub(crate) struct Driver;

#[handlers]
impl PciDriver for Driver {
    type Module = Pci;
    type Device = Card;

    fn probe(&self, pci: &PciDevice<'_, Self>) -> Result<Card> {
        if Pci::params().resets() {
            let tried = pci.try_reset_function();
            pr_info!("{} is reset: {:?}", pci.name(), pci.reset_function());
            if tried != Err(EAGAIN) {
                pr_err!("a reset does not know of `probe`: {:?}", tried);
            }
        }
        Ok(Card::default())
    }

    fn remove(&self, card: &Card) {
        let tried = card.config.try_reset_function();
        // Whether there is a way is asked before the lock is.
        if tried != Err(EAGAIN) && tried != Err(ENOTTY) {
            pr_err!("a reset does not know of `remove`: {:?}", tried);
        }
    }

    fn reset_prepare(&self, card: &Card) {
        card.called(0);
    }

    fn reset_done(&self, card: &Card) {
        card.called(1);
    }
}

/// One that is told of the end alone.
#[derive(Default)]
pub(crate) struct Late;

#[handlers]
impl PciDriver for Late {
    type Device = Card;

    fn probe(&self, _pci: &PciDevice<'_, Self>) -> Result<Card> {
        Ok(Card::default())
    }

    fn reset_done(&self, card: &Card) {
        card.called(1);
    }
}

/// What is asked of it stands in its folder in sysfs.
#[device]
#[derive(Default)]
pub(crate) struct Card {
    #[bus]
    config: PciConfig,
    /// How often a reset was about to be, and was.
    #[sysfs]
    resets: [AtomicU32; 2],
    /// What one gave that was asked for then.
    #[sysfs]
    inside: [AtomicI32; 2],
    #[sysfs(mode = 0o200)]
    again: Reset,
}

impl Drop for Card {
    fn drop(&mut self) {
        if self.config.try_reset_function() != Err(ENODEV) {
            pr_err!("a device that has gone is reset");
        }
    }
}

impl Card {
    fn called(&self, which: usize) {
        self.resets[which].fetch_add(1, Ordering::Relaxed);
        let tried = self.config.try_reset_function();
        let tried = tried.map_or_else(Error::to_errno, |()| 0);
        self.inside[which].store(tried, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Reset;

#[handlers]
impl SysfsFile for Reset {
    type Instance = Card;

    fn store(&self, file: &SysfsCall<'_, Self>, _text: &[u8]) -> Result {
        file.instance().config.try_reset_function()
    }
}
