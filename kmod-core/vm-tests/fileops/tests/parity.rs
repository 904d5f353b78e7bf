// SPDX-License-Identifier: GPL-2.0-only
//! The same system calls to the module's devices and to those of its C twin.

use std::fs::{self, File, OpenOptions};
use std::io::{self, IoSlice, IoSliceMut, Read, Write};
use std::os::unix::fs::{FileExt, OpenOptionsExt, PermissionsExt};
use std::path::PathBuf;
use std::time::Duration;

use kmod_test::{Aio, Loaded, Mapping, Parity, config, errno, fault, load, load_twin, lseek};
use rustix::event::EventfdFlags;
use rustix::fs::{FallocateFlags, FlockOperation};
use rustix::io::ReadWriteFlags;
use rustix::pipe::SpliceFlags;

/// The devices: what comes before and after the part of the node's path that says whose it is.
const DEVICES: [(&str, &str); 13] = [
    ("fo_bare", ""),
    ("fo_buffer", ""),
    ("fo", "/iter"),
    ("fo_full", ""),
    ("fo_value", ""),
    ("fo_triple", ""),
    ("fo_noop", ""),
    ("fo_generic", ""),
    ("fo_default", ""),
    ("fo_no_end", ""),
    ("fo_flat", ""),
    ("fo", "/stream/1"),
    ("fo_other", ""),
];

const EINVAL: i32 = 22;

const O_NONBLOCK: i32 = 0o4000;
const O_APPEND: i32 = 0o2000;
const O_DIRECT: i32 = 0o40000;

/// Both modules.
fn both() -> [Loaded; 2] {
    [load(&[]).unwrap(), load_twin(&[]).unwrap()]
}

/// The nodes of a device, ours and the twin's.
fn nodes((before, after): (&str, &str)) -> [PathBuf; 2] {
    ["", "_c"].map(|whose| {
        // Those of a character device of their own have no number.
        format!("/dev/{before}{whose}{after}").into()
    })
}

fn open(path: &PathBuf, flags: i32) -> io::Result<File> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .custom_flags(flags)
        .open(path)
}

/// Does the same to every device, on a file newly opened, and compares.
fn everywhere<T: PartialEq + std::fmt::Debug>(
    parity: &mut Parity,
    what: &str,
    f: impl Fn(File) -> T,
) {
    for device in DEVICES {
        let both = nodes(device).map(|node| f(open(&node, 0).unwrap()));
        parity.case(format!("{what} of {}{}", device.0, device.1), both);
    }
}

/// The bytes, or the errno.
fn bytes(result: io::Result<usize>, data: &[u8]) -> Result<Vec<u8>, i32> {
    errno(result).map(|n| data[..n].to_vec())
}

/// Where a file stands, or why that cannot be said.
fn position(file: &File) -> Result<u64, i32> {
    errno(lseek(file, 0, 1))
}

#[test]
fn every_call_on_every_device() {
    let _modules = both();
    let mut parity = Parity::default();
    let parity = &mut parity;
    everywhere(parity, "fsync", |file| errno(file.sync_all()));
    everywhere(parity, "fdatasync", |file| errno(file.sync_data()));
    everywhere(parity, "ftruncate", |file| errno(file.set_len(1)));
    everywhere(parity, "fallocate", |file| {
        errno(rustix::fs::fallocate(&file, FallocateFlags::empty(), 0, 16).map_err(Into::into))
    });
    everywhere(parity, "punch", |file| {
        let flags = FallocateFlags::PUNCH_HOLE | FallocateFlags::KEEP_SIZE;
        errno(rustix::fs::fallocate(&file, flags, 0, 16).map_err(Into::into))
    });
    for operation in [
        FlockOperation::LockShared,
        FlockOperation::NonBlockingLockExclusive,
        FlockOperation::Unlock,
    ] {
        everywhere(parity, &format!("{operation:?}"), |file| {
            errno(rustix::fs::flock(&file, operation).map_err(Into::into))
        });
    }
    everywhere(parity, "FIONREAD", |file| {
        errno(rustix::io::ioctl_fionread(&file).map_err(Into::into))
    });
    everywhere(parity, "FIONBIO", |file| {
        let set = errno(rustix::io::ioctl_fionbio(&file, true).map_err(Into::into));
        (set, read(&file, 4))
    });
    everywhere(parity, "TCGETS", |file| {
        errno(
            rustix::termios::tcgetattr(&file)
                .map(drop)
                .map_err(Into::into),
        )
    });
    everywhere(parity, "mmap", |file| {
        errno(Mapping::shared(&file, 4096).map(drop))
    });
    everywhere(parity, "poll", |file| {
        errno(kmod_test::events::poll(&file, 0x1f, Duration::ZERO))
    });
    everywhere(parity, "O_ASYNC", |file| {
        let on = errno(kmod_test::set_async(&file, true));
        (on, errno(kmod_test::set_async(&file, false)))
    });
    everywhere(parity, "close", |file| {
        // Of two descriptors of one file, the second one is told of the second flush.
        let second = file.try_clone().unwrap();
        (
            errno(kmod_test::close(file)),
            errno(kmod_test::close(second)),
        )
    });
    everywhere(parity, "metadata", |file| {
        let metadata = file.metadata().unwrap();
        (metadata.len(), metadata.permissions().mode())
    });
    everywhere(parity, "copy_file_range", |file| {
        let other = file.try_clone().unwrap();
        let copied = rustix::fs::copy_file_range(&file, None, &other, None, 4);
        errno(copied.map_err(Into::into))
    });
    everywhere(parity, "readahead", |file| {
        let advised = rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::WillNeed);
        errno(advised.map_err(Into::into))
    });
    std::mem::take(parity).end();
}

fn read(file: &File, len: usize) -> Result<Vec<u8>, i32> {
    let mut data = vec![0; len];
    let n = (&*file).read(&mut data);
    bytes(n, &data)
}

/// What the device has from its start on.
fn content(file: &File) -> Result<Vec<u8>, i32> {
    let mut content = [0; 70];
    let n = file.read_at(&mut content, 0);
    bytes(n, &content)
}

#[test]
fn reads() {
    let _modules = both();
    let mut parity = Parity::default();
    for len in [0, 1, 3, 4, 5, 63, 64, 65, 4096] {
        everywhere(&mut parity, &format!("read {len} twice"), |file| {
            (read(&file, len), read(&file, len), position(&file))
        });
        for offset in [
            0,
            1,
            63,
            64,
            65,
            1 << 31,
            1 << 32,
            i64::MAX as u64,
            1 << 63,
            u64::MAX,
        ] {
            everywhere(&mut parity, &format!("pread {len} at {offset}"), |file| {
                let mut data = vec![0; len];
                let n = file.read_at(&mut data, offset);
                (bytes(n, &data), position(&file))
            });
        }
        everywhere(&mut parity, &format!("readv {len}"), |file| {
            let (mut one, mut none, mut two) = (vec![0; len], [], [0; 7]);
            let buffers = &mut [&mut one[..], &mut none, &mut two].map(IoSliceMut::new);
            let n = errno((&file).read_vectored(buffers));
            (n, one, two, position(&file))
        });
        for flags in [
            ReadWriteFlags::NOWAIT,
            ReadWriteFlags::HIPRI,
            ReadWriteFlags::APPEND,
        ] {
            everywhere(&mut parity, &format!("preadv2 {len} {flags:?}"), |file| {
                let mut data = vec![0; len];
                let buffers = &mut [IoSliceMut::new(&mut data)];
                let n = rustix::io::preadv2(&file, buffers, 1, flags);
                (errno(n.map_err(Into::into)), data)
            });
        }
    }
    parity.end();
}

#[test]
fn writes() {
    let _modules = both();
    let mut parity = Parity::default();
    for len in [0, 1, 3, 4, 5, 63, 64, 65, 4096] {
        let data = vec![b'a' + (len % 26) as u8; len];
        everywhere(&mut parity, &format!("write {len} twice"), |file| {
            let written = [(); 2].map(|()| errno((&file).write(&data)));
            (written, position(&file), content(&file))
        });
        for offset in [
            0,
            1,
            63,
            64,
            65,
            1 << 31,
            i64::MAX as u64,
            1 << 63,
            u64::MAX,
        ] {
            everywhere(&mut parity, &format!("pwrite {len} at {offset}"), |file| {
                let n = errno(file.write_at(&data, offset));
                (n, position(&file), content(&file))
            });
        }
        everywhere(&mut parity, &format!("writev {len}"), |file| {
            let buffers = [&data[..], b"", b"wxyz"].map(IoSlice::new);
            let n = errno((&file).write_vectored(&buffers));
            (n, position(&file), content(&file))
        });
        for flags in [
            ReadWriteFlags::NOWAIT,
            ReadWriteFlags::DSYNC,
            ReadWriteFlags::APPEND,
        ] {
            everywhere(&mut parity, &format!("pwritev2 {len} {flags:?}"), |file| {
                let buffers = [IoSlice::new(&data)];
                let n = rustix::io::pwritev2(&file, &buffers, 1, flags);
                (errno(n.map_err(Into::into)), content(&file))
            });
        }
    }
    everywhere(&mut parity, "write !", |mut file| errno(file.write(b"a!")));
    parity.end();
}

#[test]
fn seeks() {
    let _modules = both();
    let mut parity = Parity::default();
    for whence in [-1, 0, 1, 2, 3, 4, 5, 99] {
        for offset in [0, 1, 63, 64, 65, -1, -64, -65, 1 << 32, i64::MAX, i64::MIN] {
            everywhere(&mut parity, &format!("lseek {offset} {whence}"), |file| {
                let sought = [
                    errno(lseek(&file, 5, 0)),
                    errno(lseek(&file, offset, whence)),
                ];
                (sought, position(&file), read(&file, 8))
            });
        }
    }
    parity.end();
}

#[test]
fn flags_of_open() {
    let _modules = both();
    let mut parity = Parity::default();
    for flags in [
        0,
        O_NONBLOCK,
        O_APPEND,
        O_DIRECT,
        O_NONBLOCK | O_APPEND,
        0o20000,
    ] {
        for device in DEVICES {
            for (way, read_way, write_way) in
                [("r", true, false), ("w", false, true), ("rw", true, true)]
            {
                let opened = nodes(device).map(|node| {
                    let file = OpenOptions::new()
                        .read(read_way)
                        .write(write_way)
                        .custom_flags(flags)
                        .open(node);
                    let mut file = errno(file)?;
                    let (read, written) = (read(&file, 6), errno(file.write(b"abc")));
                    Ok::<_, i32>((read, written, position(&file)))
                });
                parity.case(
                    format!("open {}{} {way} {flags:o}", device.0, device.1),
                    opened,
                );
            }
        }
    }
    parity.end();
}

#[test]
fn asynchronous_calls() {
    let _modules = both();
    let aio = Aio::new().unwrap();
    let mut parity = Parity::default();
    for len in [0, 1, 8, 63, 64, 65, 100] {
        for offset in [0, 1, 60, 63, 64, 65, i64::MAX, -1] {
            // All of the memory is there, a part of it, or none.
            for mapped in [len, len.min(5), 0] {
                let what = format!("{len} at {offset}, {mapped} mapped");
                everywhere(&mut parity, &format!("aio_read {what}"), |file| {
                    let read = errno(aio.read(&file, mapped, len, offset));
                    (read, position(&file))
                });
                everywhere(&mut parity, &format!("aio_write {what}"), |file| {
                    let n = errno(aio.write(&file, &[b'x'; 100][..mapped], len, offset));
                    (n, position(&file), content(&file))
                });
            }
        }
    }
    everywhere(&mut parity, "aio_read with O_NONBLOCK", |file| {
        rustix::io::ioctl_fionbio(&file, true).unwrap();
        errno(aio.read(&file, 4, 4, 0))
    });
    // They are answered, and not just refused alike.
    let iter = open(&nodes(("fo", "/iter"))[0], 0).unwrap();
    assert_eq!(errno(aio.write(&iter, b"async", 5, 8)), Ok(5));
    assert_eq!(errno(aio.read(&iter, 9, 9, 4)).unwrap()[4..], *b"async");
    let buffer = open(&nodes(("fo_buffer", ""))[0], 0).unwrap();
    assert_eq!(errno(aio.read(&buffer, 4, 4, 0)), Err(EINVAL));
    parity.end();
}

#[test]
fn memory_that_is_not_there() {
    let _modules = both();
    let mut parity = Parity::default();
    // How far a copy comes before memory that is not there is, on processors that copy by words, a
    // matter of where the kernel's buffer is.
    let by_bytes = config("X86_64").unwrap().is_some();
    for len in [0, 1, 64, 100, 4096, 1 << 20] {
        everywhere(&mut parity, &format!("read {len} to nowhere"), |file| {
            let n = errno(fault::read_into_unmapped(&file, len));
            (n, position(&file))
        });
        everywhere(&mut parity, &format!("pread {len} to nowhere"), |file| {
            errno(fault::pread_into_unmapped(&file, len, 60))
        });
        everywhere(&mut parity, &format!("write {len} from nowhere"), |file| {
            let n = errno(fault::write_from_unmapped(&file, len));
            (n, position(&file))
        });
    }
    for mapped in [1, 2, 3, 4, 63, 64] {
        everywhere(
            &mut parity,
            &format!("read to {mapped} mapped bytes"),
            |file| {
                let mut n = errno(fault::read_partly_mapped(&file, mapped, mapped + 8));
                let mut at = position(&file);
                if let (false, Ok(bytes)) = (by_bytes, &mut n) {
                    bytes.truncate(1);
                    at = at.map(|at| at.min(1));
                }
                (n, at)
            },
        );
        everywhere(
            &mut parity,
            &format!("write of {mapped} mapped bytes"),
            |file| {
                let data = vec![b'm'; mapped];
                let n = errno(fault::write_partly_mapped(&file, &data, mapped + 8));
                (n, position(&file), read(&file, 64))
            },
        );
    }
    for len in [
        (1 << 31) - 4096,
        (1 << 31) - 1,
        1 << 31,
        1 << 40,
        1 << 62,
        1 << 63,
        usize::MAX,
    ] {
        everywhere(&mut parity, &format!("read {len:x}"), |file| {
            errno(fault::read_any_length(&file, len))
        });
        everywhere(&mut parity, &format!("write {len:x}"), |file| {
            errno(fault::write_any_length(&file, len))
        });
    }
    parity.end();
}

/// Some bytes that can be spliced.
fn filled_pipe() -> rustix::fd::OwnedFd {
    let (from, to) = rustix::pipe::pipe().unwrap();
    rustix::io::write(&to, b"from the pipe").unwrap();
    from
}

#[test]
fn splices() {
    let _modules = both();
    let mut parity = Parity::default();
    for len in [0, 1, 4, 64, 100, 1 << 16] {
        for offset in [None, Some(0), Some(60), Some(64), Some(1 << 63)] {
            everywhere(
                &mut parity,
                &format!("splice {len} at {offset:?}"),
                |file| {
                    let (from, to) = rustix::pipe::pipe().unwrap();
                    let mut at = offset;
                    let flags = SpliceFlags::NONBLOCK;
                    let n = rustix::pipe::splice(&file, at.as_mut(), &to, None, len, flags);
                    drop(to);
                    let mut data = Vec::new();
                    File::from(from).read_to_end(&mut data).unwrap();
                    (errno(n.map_err(Into::into)), data, at, position(&file))
                },
            );
            everywhere(
                &mut parity,
                &format!("splice {len} to {offset:?}"),
                |file| {
                    let mut at = offset;
                    let flags = SpliceFlags::NONBLOCK;
                    let n =
                        rustix::pipe::splice(filled_pipe(), None, &file, at.as_mut(), len, flags);
                    (
                        errno(n.map_err(Into::into)),
                        at,
                        position(&file),
                        read(&file, 64),
                    )
                },
            );
        }
        everywhere(&mut parity, &format!("sendfile {len}"), |file| {
            let path = std::env::temp_dir().join("sendfile");
            let to = File::create(&path).unwrap();
            let n = errno(rustix::fs::sendfile(&to, &file, None, len).map_err(Into::into));
            (n, fs::read(&path).unwrap(), position(&file))
        });
        everywhere(&mut parity, &format!("sendfile {len} to it"), |file| {
            let path = std::env::temp_dir().join("sendfile");
            fs::write(&path, [b's'; 70]).unwrap();
            let from = File::open(&path).unwrap();
            let n = errno(rustix::fs::sendfile(&file, &from, None, len).map_err(Into::into));
            (n, position(&file), read(&file, 64))
        });
    }
    let eventfd = || rustix::event::eventfd(0, EventfdFlags::empty()).unwrap();
    everywhere(&mut parity, "splice without a pipe", |file| {
        let n = rustix::pipe::splice(&file, None, eventfd(), None, 8, SpliceFlags::empty());
        errno(n.map_err(Into::into))
    });
    parity.end();
}

#[test]
fn fdinfo() {
    use std::os::fd::AsRawFd;
    let _modules = both();
    let mut parity = Parity::default();
    for way in ["new", "read", "sought", "flushed"] {
        everywhere(&mut parity, way, |file| {
            match way {
                "read" => drop(read(&file, 4)),
                "sought" => drop(lseek(&file, 40, 0)),
                "flushed" => {
                    drop(file.try_clone().unwrap());
                    drop(file.sync_all());
                    drop(file.sync_data());
                    drop(file.sync_data());
                }
                _ => {}
            }
            let path = format!("/proc/self/fdinfo/{}", file.as_raw_fd());
            let text = fs::read_to_string(path).unwrap();
            // The inode is the node's own.
            text.lines()
                .filter(|line| !line.starts_with("ino:"))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        });
    }
    parity.end();
}

/// A text with what is the twin's only taken out.
fn alike(text: &str) -> String {
    text.replace("_c", "")
}

#[test]
fn what_sysfs_and_procfs_show() {
    let _modules = both();
    let mut parity = Parity::default();
    let devices = [
        "misc/fo_bare",
        "misc/fo_buffer",
        "misc/fo_iter",
        "misc/fo_full",
        "fo_class/fo_stream0",
        "fo_class/fo_stream1",
        "fo_class/fo_stream2",
        "fo_class/fo_other",
    ];
    for device in devices {
        let folders = ["", "_c"].map(|whose| {
            let (class, name) = device.split_once('/').unwrap();
            let class = match class {
                "misc" => class.to_owned(),
                class => format!("{class}{whose}"),
            };
            // The number comes last.
            let name = match name.strip_prefix("fo_stream") {
                Some(number) => format!("fo_stream{whose}{number}"),
                None => format!("{name}{whose}"),
            };
            PathBuf::from(format!("/sys/class/{class}/{name}"))
        });
        let uevents = folders.clone().map(|folder| {
            let text = fs::read_to_string(folder.join("uevent")).unwrap();
            // The numbers are free ones; but for the minors of the streams.
            let minor = device.contains("stream");
            let shown =
                |line: &&str| !line.starts_with("MAJOR") && (minor || !line.starts_with("MINOR"));
            text.lines().filter(shown).map(alike).collect::<Vec<_>>()
        });
        assert!(
            uevents[0].iter().any(|line| line.starts_with("DEVNAME=")),
            "{uevents:?}"
        );
        parity.case(format!("uevent of {device}"), uevents);
        let entries = folders.clone().map(|folder| {
            let entries = fs::read_dir(folder).unwrap();
            let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
            names.sort();
            names
        });
        parity.case(format!("folder of {device}"), entries);
        let targets = folders.map(|folder| {
            let target = fs::canonicalize(folder).unwrap();
            alike(&target.display().to_string())
        });
        parity.case(format!("place of {device}"), targets);
    }
    for device in DEVICES {
        let modes = nodes(device).map(|node| fs::metadata(node).unwrap().permissions().mode());
        parity.case(format!("mode of {}{}", device.0, device.1), modes);
    }
    for (list, name) in [("/proc/misc", "fo_buffer"), ("/proc/devices", "fo_stream")] {
        let text = fs::read_to_string(list).unwrap();
        let listed = ["", "_c"].map(|whose| {
            let name = format!("{name}{whose}");
            let lines = text.lines();
            lines
                .filter(|line| line.split(' ').next_back() == Some(&name))
                .count()
        });
        assert_eq!(listed[0], 1, "{text}");
        parity.case(list, listed);
    }
    let classes = ["", "_c"].map(|whose| {
        fs::read_dir(format!("/sys/class/fo_class{whose}"))
            .unwrap()
            .count()
    });
    assert_eq!(classes[0], 4);
    parity.case("devices of the class", classes);
    parity.end();
}
