// SPDX-License-Identifier: GPL-2.0-only
#[kernel_module(name = "ticket", license = "GPL")]
struct Ticket {
    #[sysfs_bin(mode = 0o644)]
    serial: Mutex<[u8; 16]>,
    #[cfg(feature = "rom")]
    #[sysfs_bin(name = "eeprom", size = 256, capability = "CAP_SYS_RAWIO")]
    rom: Rom,
    #[misc]
    ticket: Dispenser,
    #[sysfs_bin(of = ticket, group = "raw")]
    raw: [AtomicU8; 4],
    #[debugfs_bin(path = "ticket/rom", size = 256, capability = "CAP_SYS_RAWIO")]
    debug: Rom,
}

#[device]
struct Counter {
    #[sysfs_bin]
    rom: Rom,
    #[sysfs_bin(group = "raw")]
    raw: Rom,
    #[debugfs_bin(path = "ticket/{index}/rom", mode = 0o600)]
    debug: Mutex<[u8; 4]>,
}

#[handlers]
impl SysfsBinary for Rom {
    fn read(&self, _file: &SysfsBinaryCall<'_, Self>, to: &mut SysfsBytes<'_>, pos: u64) -> Result {
        to.write_from(b"rom", pos);
        Ok(())
    }
}
