// SPDX-License-Identifier: GPL-2.0-only
//! Devices, a command, sysctls and files that ask for a capability; the twin has the same ones in C.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// The module
#[kernel_module(name = "vm_capability", license = "GPL")]
#[derive(Default)]
struct Guarded {
    #[misc(name = "vm_capability", mode = 0o666, capability = "CAP_SYS_ADMIN")]
    misc: Device,
    #[chrdev(name = "vm_capability_chr", mode = 0o666, capability = "CAP_SYS_RAWIO")]
    chrdev: Device,
    #[misc(name = "vm_capability_cmd", mode = 0o666)]
    commands: Device,
    /// The kernel's own handler, behind the question.
    #[sysctl(
        path = "vm_capability/number",
        range = 1..=9,
        capability = "CAP_SYS_TIME"
    )]
    number: AtomicI32,
    /// One of the module's.
    #[sysctl(
        path = "vm_capability/watched",
        on_change = Guarded::changed,
        capability = "CAP_SYS_TIME"
    )]
    watched: AtomicI32,
    #[proc(
        path = "vm_capability/file",
        mode = 0o644,
        capability = "CAP_SYS_PACCT"
    )]
    file: Text,
    /// Without a `show`.
    #[proc(path = "vm_capability/sink", capability = "CAP_SYS_PACCT")]
    sink: Sink,
    /// How often one of the module's handlers was reached.
    #[proc(path = "vm_capability/reached")]
    reached: AtomicU32,
    #[debugfs(
        path = "vm_capability/file",
        mode = 0o644,
        capability = "CAP_SYS_PACCT"
    )]
    debug_file: Text,
    #[debugfs(path = "vm_capability/sink", capability = "CAP_SYS_PACCT")]
    debug_sink: Sink,
    #[debugfs_bin(
        path = "vm_capability/bytes",
        mode = 0o644,
        capability = "CAP_SYS_PACCT"
    )]
    debug_bytes: Bytes,
    #[sysfs(name = "file", mode = 0o644, capability = "CAP_SYS_TIME")]
    attr_file: Text,
    /// A value.
    #[sysfs(mode = 0o644, capability = "CAP_SYS_TIME")]
    attr: AtomicU32,
    #[sysfs_bin(name = "bytes", mode = 0o644, capability = "CAP_SYS_TIME")]
    attr_bytes: Bytes,
    #[platform_driver(name = "vm_capability", devices = 1)]
    driver: Driver,
}

impl Guarded {
    fn reached(&self) {
        self.reached.fetch_add(1, Ordering::Relaxed);
    }

    fn changed(&self) {
        self.reached();
    }
}

#[derive(Default)]
struct Device;

/// Commands of all devices.
#[ioctl(magic = 0xb9)]
enum Cmd {
    /// Anybody's.
    #[io(0)]
    Free,
    /// Of whoever may administer the network.
    #[iow(1, returns, capability = "CAP_NET_ADMIN")]
    Take(u32),
    #[ior(2, capability = "CAP_NET_ADMIN")]
    Give(u32),
}

#[file_operations]
impl FileOperations for Device {
    type Module = Guarded;
    type Ioctl = Cmd;

    fn open(&self, file: &OpenFile<'_, Self>) -> Result {
        file.module().reached();
        Ok(())
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        file.module().reached();
        from.skip(from.len())
    }
}

impl CmdHandler for Device {
    fn free(&self, file: &File<'_, Self>) -> Result {
        file.module().reached();
        Ok(())
    }

    fn take(&self, file: &File<'_, Self>, arg: u32) -> Result<u32> {
        file.module().reached();
        Ok(arg)
    }

    fn give(&self, file: &File<'_, Self>) -> Result<u32> {
        file.module().reached();
        Ok(7)
    }
}

#[derive(Default)]
struct Text;

#[handlers]
impl TextFile for Text {
    type Instance = Guarded;

    fn show(&self, file: &TextCall<'_, Self>, to: &mut SeqFile<'_>) -> Result {
        file.instance().reached();
        writeln!(to, "text")
    }

    fn write(&self, file: &TextCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
        file.instance().reached();
        from.skip(from.len())
    }
}

#[handlers]
impl SysfsFile for Text {
    type Instance = Guarded;

    fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        file.instance().reached();
        writeln!(to, "text")
    }

    fn store(&self, file: &SysfsCall<'_, Self>, _text: &[u8]) -> Result {
        file.instance().reached();
        Ok(())
    }
}

#[derive(Default)]
struct Sink;

#[handlers]
impl TextFile for Sink {
    type Instance = Guarded;

    fn write(&self, file: &TextCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
        file.instance().reached();
        from.skip(from.len())
    }
}

#[derive(Default)]
struct Bytes;

#[handlers]
impl SysfsBinary for Bytes {
    type Instance = Guarded;

    fn read(&self, file: &SysfsBinaryCall<'_, Self>, to: &mut SysfsBytes<'_>, pos: u64) -> Result {
        file.instance().reached();
        to.write_from(b"bytes", pos);
        Ok(())
    }

    fn write(&self, file: &SysfsBinaryCall<'_, Self>, bytes: &[u8], _pos: u64) -> Result<usize> {
        file.instance().reached();
        Ok(bytes.len())
    }
}

#[derive(Default)]
struct Driver;

#[handlers]
impl PlatformDriver for Driver {
    type Device = Card;

    fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<Card> {
        Ok(Card {
            node: Node,
            attr: AtomicU32::new(0),
        })
    }
}

/// A device's node asks, too.
#[device]
struct Card {
    #[misc(
        name = "vm_capability_card{index}",
        mode = 0o666,
        capability = "CAP_SYS_ADMIN"
    )]
    node: Node,
    #[sysfs(mode = 0o644, capability = "CAP_SYS_TIME")]
    attr: AtomicU32,
}

struct Node;

#[file_operations]
impl FileOperations for Node {
    type Module = Guarded;

    fn open(&self, file: &OpenFile<'_, Self>) -> Result {
        file.module().reached();
        Ok(())
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        file.module().reached();
        from.skip(from.len())
    }
}
