// SPDX-License-Identifier: GPL-2.0-only
//! Every key of `#[misc]`, `#[chrdev]` and `#[file_operations]`, and every handler of the latter.
#![forbid(unsafe_code)]
#![deny(warnings)]

use kmod_core::prelude::*;

#[kernel_module(name = "devices", license = "GPL")]
#[derive(Default)]
struct Devices {
    #[misc(
        name = "control",
        nodename = "devices/control",
        mode = 0o666,
        minor = 240
    )]
    control: Control,
    #[misc]
    plain: Stream,
    #[chrdev(
        name = "lane",
        nodename = "devices/lane{}/data",
        class = "devices",
        mode = 0o640,
        major = 240,
        first_minor = 8,
        minors = 4
    )]
    lanes: Fixed,
    #[chrdev(class = "devices", nodename = "devices/{}")]
    other: Stream,
    #[chrdev_region(name = "reserve", major = 241, first_minor = 8, minors = 4)]
    reserve: ChrdevRegion,
}

#[derive(Default)]
struct Control {
    waiting: FasyncList,
}

#[file_operations(splice_read = copy_splice_read, splice_write = iter_file_splice_write)]
impl FileOperations for Control {
    type Module = Devices;
    type PerOpen = AtomicU32;

    fn open(&self, file: &OpenFile<'_, Self>) -> Result<AtomicU32> {
        Ok(AtomicU32::new(file.minor()))
    }

    fn release(&self, _file: &File<'_, Self>) {
        self.waiting.kill_fasync(Band::Hup);
    }

    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        to.write_from(b"read", pos)?;
        Ok(())
    }

    fn write(&self, _file: &File<'_, Self>, from: &mut UserReader<'_>, pos: u64) -> Result {
        from.read_into(&mut [0; 16], pos)?;
        Ok(())
    }

    fn read_iter(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        self.read(file, to, pos)
    }

    fn write_iter(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, pos: u64) -> Result {
        self.write(file, from, pos)
    }

    fn llseek(&self, file: &File<'_, Self>, to: SeekFrom) -> Result<u64> {
        file.seek_fixed(to, 16)
    }

    fn fsync(&self, _file: &File<'_, Self>, range: RangeInclusive<u64>, datasync: bool) -> Result {
        if range.is_empty() || datasync {
            return Err(EIO);
        }
        Ok(())
    }

    fn flush(&self, file: &File<'_, Self>) -> Result {
        file.state().fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn fasync(&self, _file: &File<'_, Self>) -> &FasyncList {
        &self.waiting
    }

    fn show_fdinfo(&self, file: &File<'_, Self>, to: &mut SeqFile<'_>) {
        let _ = writeln!(to, "flushes:\t{}", file.state().load(Ordering::Relaxed));
    }
}

#[derive(Default)]
struct Stream;

#[file_operations(open = stream_open, rwf = RWF_NOWAIT)]
impl FileOperations for Stream {
    fn read_iter(&self, file: &File<'_, Self>, _to: &mut UserWriter<'_>, _pos: u64) -> Result {
        if file.nonblocking() {
            return Err(EAGAIN);
        }
        Ok(())
    }
}

#[derive(Default)]
struct Fixed;

impl Fixed {
    const SIZE: u64 = 64;
}

#[file_operations(llseek = fixed_size_llseek(Self::SIZE))]
impl FileOperations for Fixed {}

fn main() {}
