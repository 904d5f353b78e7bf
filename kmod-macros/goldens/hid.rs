// SPDX-License-Identifier: GPL-2.0-only
/// Drives a keyboard.
#[kernel_module(name = "keys", license = "GPL")]
struct Keys {
    #[hid_driver(
        name = "keys",
        ids = [(BUS_USB, 0x1234, 0x5678) => Model::A, (_, 0x1234, _) => Model::B],
        connect(hidinput, hidraw, driver),
        open = true,
        force_feedback(FF_RUMBLE, FF_CONSTANT),
    )]
    driver: Driver,
}

#[handlers]
impl HidDriver for Driver {
    type Device = Keyboard;
    type Id = Model;

    fn probe(&self, device: &HidDevice<'_, Self>) -> Result<Keyboard> {
        Err(ENODEV)
    }

    fn raw_event(&self, keyboard: &Keyboard, report: &mut HidReport<'_>) -> Result {
        Ok(())
    }

    fn play_effect(&self, keyboard: &Keyboard, effect: FfEffect) {}
}

/// One keyboard.
#[device]
struct Keyboard {
    #[bus]
    hid: HidHandle,
}
