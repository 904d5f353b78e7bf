// SPDX-License-Identifier: GPL-2.0-only
//! `<linux/pci.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint, c_ulong, c_void};

use super::{device, kmod_driver_calls, kmod_irq_calls};

pub struct pci_dev {
    _opaque: [u8; 0],
}

pub const KMOD_PCI_IRQ_INTX: c_uint = 1;
pub const KMOD_PCI_IRQ_MSI: c_uint = 2;
pub const KMOD_PCI_IRQ_MSIX: c_uint = 4;

pub struct pci_driver {
    _opaque: [usize; 48],
}

#[derive(Clone, Copy)]
pub struct pci_device_id {
    pub vendor: u32,
    pub device: u32,
    pub subvendor: u32,
    pub subdevice: u32,
    pub class: u32,
    pub class_mask: u32,
    pub driver_data: c_ulong,
}

#[derive(Clone, Copy)]
pub struct kmod_pci_resets {
    pub reset_prepare: Option<unsafe extern "C" fn(device: *mut device)>,
    pub reset_done: Option<unsafe extern "C" fn(device: *mut device)>,
}

pub struct kmod_pci_driver {
    pub driver: pci_driver,
    pub calls: *mut kmod_driver_calls,
    pub resets: *const kmod_pci_resets,
}

kernel_only! {
    fn kmod_pci_driver_hears(driver: *mut kmod_pci_driver, resets: *const kmod_pci_resets);
    fn kmod_pci_driver_register(
        driver: *mut kmod_pci_driver,
        calls: *mut kmod_driver_calls,
        name: *const c_char,
        ids: *const pci_device_id,
    ) -> c_int;
    fn kmod_pci_driver_unregister(driver: *mut kmod_pci_driver);
    fn kmod_pci_of(device: *mut device) -> *mut pci_dev;
    fn kmod_pci_reset_function_locked(device: *mut pci_dev) -> c_int;
    fn kmod_pci_try_reset_function(device: *mut pci_dev) -> c_int;
    fn kmod_pci_config_size(device: *const pci_dev) -> c_int;
    fn kmod_pci_config_read(
        device: *mut pci_dev,
        at: c_uint,
        bytes: c_uint,
        value: *mut u32,
    ) -> c_int;
    fn kmod_pci_config_write(
        device: *mut pci_dev,
        at: c_uint,
        bytes: c_uint,
        value: u32,
    ) -> c_int;
    fn kmod_pci_other_at(domain: c_uint, bus: c_uint, devfn: c_uint) -> *mut pci_dev;
    fn kmod_pci_other_after(device: *mut pci_dev, vendor: c_uint, id: c_uint) -> *mut pci_dev;
    fn pci_dev_get(device: *mut pci_dev) -> *mut pci_dev;
    fn pci_dev_put(device: *mut pci_dev);
    fn kmod_pci_bar_map(
        device: *mut pci_dev,
        bar: c_int,
        size: usize,
        ports: bool,
    ) -> *mut c_void;
    fn kmod_pci_bar_place(device: *const pci_dev, bar: c_int, start: *mut u64, size: *mut u64);
    fn kmod_pci_bar_unmap(device: *mut pci_dev, bar: c_int, base: *mut c_void, ports: bool);
    fn kmod_pci_irq_vectors(device: *mut pci_dev, kinds: c_uint, count: c_uint) -> c_int;
    fn kmod_pci_irq_vectors_free(device: *mut pci_dev);
    fn kmod_pci_irq_request(
        device: *mut pci_dev,
        vector: c_uint,
        calls: *const kmod_irq_calls,
    ) -> c_int;
}
