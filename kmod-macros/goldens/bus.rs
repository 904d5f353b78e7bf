// SPDX-License-Identifier: GPL-2.0-only
/// Drives chips.
#[kernel_module(name = "chips", license = "GPL")]
struct Chips {
    #[i2c_driver(name = "chip", ids = ["lm75" => Model::A, "tmp105" => Model::B])]
    driver: Driver,
    #[spi_driver(name = "other-chip", ids = ["mcp3008", "mcp3004"])]
    other: DefaultDriver<Other>,
    #[acpi_driver(ids = ["ABCD0001"])]
    firmware: Firmware,
    #[platform_driver(
        ids = ["fan" => 1],
        acpi = ["ABCD0002" => 2, "ABCD0003" => 3],
        of = ["acme,fan" => 4],
        dmi = MACHINES,
        devices = 1,
    )]
    fan: Fan,
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

#[device]
struct Other {
    #[bus]
    spi: SpiHandle,
}

#[handlers]
impl AcpiDriver for Firmware {
    type Device = Keys;

    fn probe(&self, device: &AcpiDevice<'_, Self>) -> Result<Keys> {
        Err(ENODEV)
    }
}

#[device]
struct Keys {
    #[acpi_notify]
    pressed: AcpiNotify<Pressed>,
}

#[handlers]
impl AcpiNotifyHandler for Pressed {
    type Instance = Keys;

    fn notified(&self, call: &AcpiNotifyCall<'_, Self>) {}
}
