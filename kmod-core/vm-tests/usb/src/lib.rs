// SPDX-License-Identifier: GPL-2.0-only
//! USB drivers, for devices that the tests are.
#![no_std]
#![forbid(unsafe_code)]

mod node;
mod reports;

use core::time::Duration;
use kmod_core::prelude::*;

use node::{Answer, Node};

/// Drives devices of user space
#[kernel_module(
    name = "vm_usb",
    license = "GPL",
    params(
        /// The errno of the next `probe`, or 0
        #[param(perm = 0o644)]
        fail: u32 = 0,
        /// How many bytes of reports are taken at a time
        size: u32 = 8,
    ),
)]
#[derive(Default)]
struct Devices {
    #[usb_driver(
        name = "vm_usb",
        ids = [
            (0x1209, 1) => Model::Plain,
            (0x1209, 2, interface(1)) => Model::Second,
            (0x1209, 3, class(0xff, _, _)) => Model::Both,
            (class(0xfe, 0x42, _)) => Model::Class,
            (0x1208, _) => Model::Vendor,
        ],
    )]
    usb: Driver,
    #[usb_driver(name = "vm_usb_pad", ids = [(0x1209, 5)])]
    pad: reports::Driver,
    #[usb_driver(name = "vm_usb_awake", ids = [(0x1209, 6)])]
    awake: DefaultDriver<reports::Awake>,
    /// No attribute: nobody opens it.
    inert: UsbInterface,
    /// What was asked by `remove`, by `Drop`, and by whom no device knows; how many have gone.
    #[misc(mode = 0o444)]
    vm_usb_last: Last,
}

/// What the driver's ids say.
#[derive(Debug)]
enum Model {
    Plain,
    Second,
    Both,
    Class,
    Vendor,
}

const SECOND: Duration = Duration::from_secs(1);

/// What a device answered to the last requests, or the errno.
static REMOVED: AtomicU32 = AtomicU32::new(0);
static DROPPED: AtomicU32 = AtomicU32::new(0);
/// How many have gone.
static GONE: AtomicU32 = AtomicU32::new(0);

/// A byte that the device gives, or the errno.
fn first(usb: &UsbInterface) -> u32 {
    let mut bytes = [0; 4];
    match usb.control_in(&UsbRequest::vendor(0x10), &mut bytes, SECOND) {
        Ok([first, ..]) => (*first).into(),
        Ok(_) => u32::MAX,
        Err(error) => error.to_errno().unsigned_abs() << 8,
    }
}

#[derive(Default)]
struct Driver;

#[handlers]
impl UsbDriver for Driver {
    type Module = Devices;
    type Device = Gadget;
    type Id = Model;

    fn probe(&self, device: &UsbDevice<'_, Self>) -> Result<Gadget> {
        let fail = Devices::params().fail();
        match fail {
            0 | 2.. => {}
            1 => return Err(EIO),
        }
        let (id, is) = (device.id(), device.descriptor()?);
        let (vendor, product, interface) = (is.vendor, is.product, is.interface);
        let answer = first(device);
        dev_info!(
            device,
            "{vendor:x}:{product:x} {interface} is {id:?}: {answer:#x}"
        );
        // With 2, all of them must be there.
        if fail == 2 {
            let _: UsbEndpoint<Interrupt, In> = device.endpoint(0)?;
            let _: UsbEndpoint<Bulk, Out> = device.endpoint(1)?;
        }
        Ok(Gadget {
            usb: UsbInterface::new(),
            bulk_in: device.find_endpoint(0).ok(),
            bulk_out: device.find_endpoint(0).ok(),
            interrupt_in: device.find_endpoint(0).ok(),
            polls: Work::default(),
            node: Node,
            answer: Mutex::default(),
            polled: AtomicU32::new(0),
        })
    }

    fn remove(&self, gadget: &Gadget) {
        REMOVED.store(first(&gadget.usb), Ordering::Relaxed);
    }
}

#[device]
struct Gadget {
    #[bus]
    usb: UsbInterface,
    bulk_in: Option<UsbEndpoint<Bulk, In>>,
    bulk_out: Option<UsbEndpoint<Bulk, Out>>,
    interrupt_in: Option<UsbEndpoint<Interrupt, In>>,
    /// Waits for reports, again and again.
    #[work]
    polls: Work<Polls>,
    #[misc(name = "vm_usb{index}", mode = 0o666)]
    node: Node,
    answer: Mutex<Answer>,
    polled: AtomicU32,
}

impl Drop for Gadget {
    fn drop(&mut self) {
        DROPPED.store(first(&self.usb), Ordering::Relaxed);
        GONE.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Polls;

#[handlers]
impl WorkHandler for Polls {
    type Instance = Gadget;

    fn run(&self, work: &WorkCall<'_, Self>) {
        let gadget = work.instance();
        let mut bytes = [0; 8];
        // For ever, as far as this is concerned.
        let polled = gadget
            .interrupt_in
            .as_ref()
            .ok_or(ENXIO)
            .and_then(|endpoint| gadget.usb.read(endpoint, &mut bytes, Duration::MAX));
        if polled.is_ok() {
            gadget.polled.fetch_add(1, Ordering::Relaxed);
        }
        if !polled.is_err_and(|error| error == ENXIO) {
            gadget.polls.queue();
        }
    }
}

#[derive(Default)]
struct Last;

#[file_operations]
impl FileOperations for Last {
    type Module = Devices;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        let inert = first(&file.module().inert);
        let [removed, dropped, gone] =
            [&REMOVED, &DROPPED, &GONE].map(|count| count.load(Ordering::Relaxed));
        writeln!(to, "{removed:x} {dropped:x} {inert:x} {gone:x}")
    }
}
