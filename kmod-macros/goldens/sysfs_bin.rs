// SPDX-License-Identifier: GPL-2.0-only
#[kernel_module(name = "ticket", license = "GPL")]
struct Ticket {
    #[sysfs_bin(mode = 0o644)]
    serial: Mutex<[u8; 16]>,
    #[cfg(feature = "rom")]
    #[sysfs_bin(name = "eeprom", size = 256, capability = "CAP_SYS_RAWIO")]
    rom: Rom,
}

#[device]
struct Counter {
    #[sysfs_bin]
    rom: Rom,
}

#[handlers]
impl SysfsBinary for Rom {
    fn read(&self, _file: &SysfsBinaryCall<'_, Self>, to: &mut SysfsBytes<'_>, pos: u64) -> Result {
        to.write_from(b"rom", pos);
        Ok(())
    }
}
