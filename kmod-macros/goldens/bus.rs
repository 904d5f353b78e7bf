// SPDX-License-Identifier: GPL-2.0-only
/// Drives chips.
#[kernel_module(name = "chips", license = "GPL")]
struct Chips {
    #[i2c_driver(name = "chip", ids = ["lm75" => Model::A, "tmp105" => Model::B])]
    driver: Driver,
}

#[handlers]
impl I2cDriver for Driver {
    type Device = Chip;
    type Id = Model;

    fn probe(&self, device: &I2cDevice<'_, Self>) -> Result<Chip> {
        Err(ENODEV)
    }
}

/// One chip.
#[device]
struct Chip {
    #[bus]
    chip: I2cClient,
    count: AtomicU32,
}
