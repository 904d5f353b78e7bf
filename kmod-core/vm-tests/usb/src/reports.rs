// SPDX-License-Identifier: GPL-2.0-only
//! A device that sends reports by itself, of which some are counted.

use core::mem;

use kmod_core::prelude::*;

use crate::{Devices, SECOND};

#[derive(Default)]
pub(crate) struct Driver;

#[handlers]
impl UsbDriver for Driver {
    type Device = Pad;

    fn probe(&self, device: &UsbDevice<'_, Self>) -> Result<Pad> {
        let endpoint: UsbEndpoint<Interrupt, In> = device.endpoint(0)?;
        Ok(Pad {
            usb: UsbInterface::new(),
            power: RuntimePm::new(),
            urb: Urb::new(Reports, &endpoint, Devices::params().size()),
            told: Work::default(),
            works: AtomicU32::new(0),
            reports: AtomicU32::new(0),
            sum: AtomicU32::new(0),
            error: AtomicU32::new(0),
            slept: AtomicU32::new(0),
            node: Node,
        })
    }

    fn runtime_suspend(&self, pad: &Pad) -> Result {
        pad.slept.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

#[device]
pub(crate) struct Pad {
    #[bus]
    usb: UsbInterface,
    #[runtime_pm]
    power: RuntimePm,
    #[urb(submit = true)]
    urb: Urb<Reports>,
    #[work]
    told: Work<Told>,
    #[sysfs]
    works: AtomicU32,
    #[sysfs]
    reports: AtomicU32,
    #[sysfs]
    sum: AtomicU32,
    #[sysfs]
    error: AtomicU32,
    #[sysfs]
    slept: AtomicU32,
    #[misc(name = "vm_usb_pad{index}", mode = 0o666)]
    node: Node,
}

impl Pad {
    /// Has the device answer.
    fn ask(&self) -> Result {
        let done = self.usb.control_out(&UsbRequest::vendor(0x20), &[], SECOND);
        done.map(drop)
    }
}

/// It cannot be suspended: its driver has no handler for that.
#[device]
#[derive(Default)]
pub(crate) struct Awake {
    #[runtime_pm]
    power: RuntimePm,
}

struct Reports;

#[handlers]
impl UrbHandler for Reports {
    type Module = Devices;
    type Instance = Pad;

    fn completed(&self, urb: &UrbCall<'_, Self>, received: Result<&[u8]>) -> UrbReturn {
        let (pad, _) = (urb.instance(), urb.module());
        pad.told.queue();
        match received {
            Ok(bytes) => {
                let sum = bytes.iter().map(|byte| u32::from(*byte)).sum();
                pad.sum.fetch_add(sum, Ordering::Relaxed);
                pad.reports.fetch_add(1, Ordering::Relaxed);
                // It is under way, or is going to be.
                if pad.urb.submit().is_ok() {
                    pad.error.store(u32::MAX, Ordering::Relaxed);
                }
                UrbReturn::Resubmit
            }
            Err(error) => {
                let errno = error.to_errno().unsigned_abs();
                pad.error.store(errno, Ordering::Relaxed);
                if error == EPIPE {
                    UrbReturn::Done
                } else {
                    UrbReturn::Resubmit
                }
            }
        }
    }
}

#[derive(Default)]
struct Told;

#[handlers]
impl WorkHandler for Told {
    type Instance = Pad;

    fn run(&self, work: &WorkCall<'_, Self>) {
        work.instance().works.fetch_add(1, Ordering::Relaxed);
    }
}

struct Node;

#[file_operations]
impl FileOperations for Node {
    type Instance = Pad;

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let pad = file.instance();
        let text = from.read_all(16, GFP_KERNEL)?;
        match &*text {
            b"submit" => pad.urb.submit(),
            b"kill" => pad.urb.kill(),
            b"describe" => pad.usb.descriptor().map(drop),
            b"ask" => pad.ask(),
            b"use" => {
                let _on = pad.power.get()?;
                pad.ask()
            }
            b"forget" => pad.power.get().map(mem::forget),
            _ => Err(ENOTTY),
        }
    }
}
