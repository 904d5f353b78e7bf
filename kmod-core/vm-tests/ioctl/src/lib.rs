// SPDX-License-Identifier: GPL-2.0-only
//! Commands of every direction, with payloads of every kind.
#![no_std]
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

/// The same commands by the device itself, by one in a box, and by none.
#[kernel_module(
    name = "vm_ioctl",
    license = "GPL",
    description = "Typed ioctls for the tests"
)]
#[derive(Default)]
struct Ioctls {
    #[chrdev(mode = 0o666)]
    vm_ioctl: Device,
    #[chrdev(mode = 0o666)]
    vm_ioctl_boxed: Boxed,
    #[chrdev(mode = 0o666)]
    vm_ioctl_none: None,
}

/// A device without commands.
#[derive(Default)]
struct None;

#[file_operations]
impl FileOperations for None {}

/// A device whose table is too big to stand anywhere but in a box.
struct Boxed(Mutex<Option<KBox<Table>>>);

impl Default for Boxed {
    fn default() -> Self {
        Self(Mutex::new(Option::None))
    }
}

/// Three numbers: no word holds them.
#[uapi]
#[derive(Clone, Copy, Default)]
struct VmPoint {
    x: i32,
    y: i32,
    /// Height.
    ///
    /// A number like the others.
    z: i32,
}

/// Too large for the stack.
#[uapi]
#[derive(Clone)]
struct VmTable {
    /// Where it is.
    place: [VmPoint; 2],
    rows: [[u64; 64]; 2],
    checksum: u64,
}

type Table = VmTable;

/// Commands of /dev/vm_ioctl.
#[ioctl(magic = b'k', prefix = "VM")]
enum DeviceCmd {
    /// All numbers are 0 again.
    #[io(0)]
    Reset,
    /// Adds to a counter, of which it returns 31 bits.
    #[io(1, returns)]
    Add(usize),
    /// A byte.
    #[ior(2)]
    GetByte(u8),
    #[ior(3)]
    GetShort(i16),
    #[ior(4)]
    GetInt(u32),
    #[ior(5)]
    GetLong(u64),
    #[ior(6)]
    GetPoint(VmPoint),
    #[iow(2)]
    SetByte(u8),
    #[iow(3)]
    SetShort(i16),
    #[iow(4)]
    SetInt(u32),
    #[iow(5)]
    SetLong(u64),
    #[iow(6)]
    SetPoint(VmPoint),
    /// EDOM if `x` is negative.
    #[iowr(7)]
    SwapPoint(VmPoint),
    /// Turns seven bytes round.
    #[iowr(0xff)]
    Turn([u8; 7]),
    /// Returns x + y + z, if that is a number from 0 to 2^31 - 1.
    #[iow(9, returns)]
    Sum(VmPoint),
}

/// Commands of /dev/vm_ioctl_boxed.
#[ioctl(magic = 0xc7)]
enum BoxedCmd {
    /// The table comes with its checksum.
    #[iowr(0)]
    Check(KBox<Table>),
    /// Keeps a table.
    #[iow(1)]
    Keep(KBox<VmTable>),
    /// Gives the table back, or ENODATA.
    #[ior(2)]
    Take(KBox<VmTable>),
    /// As many bytes as a command can carry.
    #[ior(3)]
    Fill(KBox<[u8; 16383]>),
}

#[derive(Default)]
struct Numbers {
    counter: u64,
    byte: u8,
    short: i16,
    int: u32,
    long: u64,
    point: VmPoint,
}

#[derive(Default)]
struct Device(KBoxed);

/// The numbers, behind a pointer that the device shares with nobody.
#[derive(Default)]
struct KBoxed(Mutex<Numbers>);

#[file_operations]
impl FileOperations for Device {
    type Ioctl = DeviceCmd;
}

impl DeviceCmdHandler for Device {
    fn reset(&self, _file: &File<'_, Self>) -> Result {
        *self.0.0.lock() = Numbers::default();
        Ok(())
    }

    fn add(&self, _file: &File<'_, Self>, arg: usize) -> Result<u32> {
        let mut numbers = self.0.0.lock();
        numbers.counter = numbers.counter.wrapping_add(arg as u64);
        Ok((numbers.counter & 0x7fff_ffff) as u32)
    }

    fn get_byte(&self, _file: &File<'_, Self>) -> Result<u8> {
        Ok(self.0.0.lock().byte)
    }

    fn get_short(&self, _file: &File<'_, Self>) -> Result<i16> {
        Ok(self.0.0.lock().short)
    }

    fn get_int(&self, _file: &File<'_, Self>) -> Result<u32> {
        Ok(self.0.0.lock().int)
    }

    fn get_long(&self, _file: &File<'_, Self>) -> Result<u64> {
        Ok(self.0.0.lock().long)
    }

    fn get_point(&self, _file: &File<'_, Self>) -> Result<VmPoint> {
        Ok(self.0.0.lock().point)
    }

    fn set_byte(&self, _file: &File<'_, Self>, byte: u8) -> Result {
        self.0.0.lock().byte = byte;
        Ok(())
    }

    fn set_short(&self, _file: &File<'_, Self>, short: i16) -> Result {
        self.0.0.lock().short = short;
        Ok(())
    }

    fn set_int(&self, _file: &File<'_, Self>, int: u32) -> Result {
        self.0.0.lock().int = int;
        Ok(())
    }

    fn set_long(&self, _file: &File<'_, Self>, long: u64) -> Result {
        self.0.0.lock().long = long;
        Ok(())
    }

    fn set_point(&self, _file: &File<'_, Self>, point: VmPoint) -> Result {
        self.0.0.lock().point = point;
        Ok(())
    }

    fn swap_point(&self, _file: &File<'_, Self>, point: VmPoint) -> Result<VmPoint> {
        if point.x < 0 {
            return Err(EDOM);
        }
        Ok(core::mem::replace(&mut self.0.0.lock().point, point))
    }

    fn turn(&self, _file: &File<'_, Self>, mut bytes: [u8; 7]) -> Result<[u8; 7]> {
        bytes.reverse();
        Ok(bytes)
    }

    fn sum(&self, _file: &File<'_, Self>, point: VmPoint) -> Result<u32> {
        let sum = i64::from(point.x) + i64::from(point.y) + i64::from(point.z);
        sum.try_into().map_err(|_| EOVERFLOW)
    }
}

#[file_operations]
impl FileOperations for Boxed {
    type Ioctl = BoxedCmd;
}

impl BoxedCmdHandler for Boxed {
    fn check(&self, _file: &File<'_, Self>, mut table: KBox<Table>) -> Result<KBox<Table>> {
        let numbers = table.rows.iter().flatten();
        table.checksum = numbers.fold(0, |sum, number| sum.wrapping_add(*number));
        Ok(table)
    }

    fn keep(&self, _file: &File<'_, Self>, table: KBox<VmTable>) -> Result {
        *self.0.lock() = Some(table);
        Ok(())
    }

    fn take(&self, _file: &File<'_, Self>) -> Result<KBox<VmTable>> {
        self.0.lock().take().ok_or(ENODATA)
    }

    fn fill(&self, _file: &File<'_, Self>) -> Result<KBox<[u8; 16383]>> {
        Ok(KBox::new([0x5a; 16383], GFP_KERNEL)?)
    }
}
