// SPDX-License-Identifier: GPL-2.0-only
/// Drives a lamp.
#[kernel_module(name = "lamps", license = "GPL")]
struct Lamps {
    #[usb_driver(
        name = "lamps",
        ids = [
            (0x1234, 0x5678, interface(2)) => Model::A,
            (0x1234, _) => Model::B,
            (class(0xff, 1, _)) => Model::C,
        ],
    )]
    driver: Driver,
}

#[handlers]
impl UsbDriver for Driver {
    type Device = Lamp;
    type Id = Model;

    fn probe(&self, device: &UsbDevice<'_, Self>) -> Result<Lamp> {
        Err(ENODEV)
    }
}

/// One lamp.
#[device]
struct Lamp {
    #[bus]
    usb: UsbInterface,
    #[urb(submit = true)]
    reports: Urb<Reports>,
}

#[handlers]
impl UrbHandler for Reports {
    type Instance = Lamp;

    fn completed(&self, urb: &UrbCall<'_, Self>, received: Result<&[u8]>) -> UrbReturn {
        UrbReturn::Resubmit
    }
}
