// SPDX-License-Identifier: GPL-2.0-only
/// Drives a laptop.
#[kernel_module(name = "laptop", license = "GPL")]
struct Laptop {
    #[wmi_driver(
        name = "laptop",
        ids = [
            "7A1B3C5D-0001-4E0F-8A9B-112233445566" => Block::Keys,
            "7A1B3C5D-0002-4E0F-8A9B-112233445566" => Block::Lights,
        ],
    )]
    driver: Driver,
}

#[handlers]
impl WmiDriver for Driver {
    type Device = Keys;
    type Id = Block;

    fn probe(&self, device: &WmiDevice<'_, Self>) -> Result<Keys> {
        Err(ENODEV)
    }

    fn notify(&self, keys: &Keys, event: &WmiEvent<'_>) {}
}

/// One block.
#[device]
struct Keys {
    #[bus]
    block: WmiHandle,
}
