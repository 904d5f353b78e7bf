// SPDX-License-Identifier: GPL-2.0-only
//! What a kernel module's tests need inside the VM.
//!
//! A module's `tests/*.rs` are ordinary Rust tests. `cargo kmod test` links them statically, boots
//! the kernel with them in QEMU and runs each `#[test]` in a process of its own, one after the
//! other, as root:
//!
//! ```no_run
//! #[test]
//! fn first_number_is_the_parameter() -> std::io::Result<()> {
//!     let _module = kmod_test::load(&["start=7"])?;
//!     assert_eq!(kmod_test::param("start")?, "7");
//!     Ok(())
//! }
//! ```
//!
//! | to | use |
//! |---|---|
//! | load and unload the module under test, its C twin, another one | [`load`], [`load_twin`], [`load_named`], [`Loaded`] |
//! | read and write parameters, sysctls | [`param`], [`set_param`], [`sysctl()`], [`set_sysctl`] |
//! | read the kernel's log | [`Kmsg`] |
//! | find a device's number, make its node | [`char_major`], [`mknod`], [`TempDir`] |
//! | mount a filesystem | [`filesystems`], [`mount`], [`mount_with`] |
//! | hand the kernel a bad address | [`fault`] |
//! | send any command to a device | [`ioctl()`], [`IoctlMemory`] |
//! | run the program of a `tests/NAME.c` | [`program()`] |
//! | seek with any `whence`; close, and see what that returns | [`lseek`], [`close`] |
//! | read and write asynchronously, by `io_submit(2)` | [`Aio`] |
//! | get signals from a file | [`signals`] |
//! | do something without a capability | [`without_capability()`] |
//! | hear what the kernel tells udev of devices | [`Uevents`] |
//! | poll, select, epoll; be interrupted by a signal | [`events`] |
//! | do something while another thread sleeps | [`Task`], [`when_asleep()`] |
//! | wait for what must come, on however busy a host | [`until()`], [`LATE`] |
//! | have the kernel patch its code under QEMU | [`OneProcessor`] |
//! | repeat what goes wrong by chance, longer where `cargo kmod test --soak N` asks for it | [`rounds()`] |
//! | see what `modinfo` shows of a module | [`modinfo()`] |
//! | map a device's memory, and have its registers touched | [`Mapping`], [`Toucher`] |
//! | put devices in, and pull them out | [`Monitor`] |
//! | be a keyboard, or what else speaks HID | [`Uhid`] |
//! | see what an input device reports | [`input_events()`] |
//! | see what a sensor's channels tell of | [`iio_events()`] |
//! | be a USB device | [`UsbGadget`] |
//! | have a chip's lines, by `/dev/gpiochipN` | [`GpioChip`], [`GpioLines`] |
//! | compare a module with its C twin | [`Parity`], [`errno`] |
//! | do again what `cargo kmod fuzz` has found | [`replay()`] |
//! | ask how the kernel is configured | [`config()`] |
//! | ask whether functions can be probed | [`takes_probes()`] |
//! | see which code ran, where there is KCOV | [`coverage()`] |
//! | say that a WARN or a BUG is what the test wants | [`expect_report`], [`expect_bug`] |
//!
//! # Outside the VM
//! Nothing here touches the host's kernel. When such a test is started by plain `cargo test`, the
//! first call into this crate says so and ends the test program with success; `cargo test` in a
//! workspace thus stays usable. Tests that need no kernel belong into the crate's `src/`.

mod aio;
mod capability;
mod config;
mod descriptor;
mod device;
pub mod events;
pub mod fault;
#[doc(hidden)]
pub mod fuzz;
pub mod gpio;
mod guest;
mod iio;
mod input;
mod ioctl;
mod kcov;
mod kmsg;
mod mapping;
mod module;
mod monitor;
mod mounts;
mod params;
mod parity;
mod probes;
mod processors;
mod program;
#[doc(hidden)]
pub mod replay;
mod rounds;
mod sysfs;
mod task;
mod touch;
mod uevents;
pub mod uhid;
pub mod usb;
#[doc(hidden)]
pub mod wire;

pub use aio::Aio;
pub use capability::without_capability;
pub use config::config;
pub use descriptor::{Signals, close, set_async, signals};
pub use device::{TempDir, char_major, lseek, mknod, node_number};
pub use gpio::{GpioChip, GpioLine, GpioLines};
pub use guest::module_name;
#[doc(hidden)]
pub use guest::tainted;
pub use iio::iio_events;
pub use input::input_events;
pub use ioctl::{IoctlMemory, ioctl};
pub use kcov::coverage;
#[doc(hidden)]
pub use kmsg::{BUG, EXPECT};
pub use kmsg::{Kmsg, Record, expect_bug, expect_report};
pub use mapping::Mapping;
pub use module::{Loaded, is_loaded, load, load_named, load_twin, modinfo, module_path, unload};
#[doc(hidden)]
pub use module::{PLACE, TOLD_PLACES, tell_place};
#[doc(hidden)]
pub use monitor::MONITOR;
pub use monitor::Monitor;
pub use mounts::{Mounted, filesystems, mount, mount_with};
pub use params::{param, param_of, set_param, set_param_of, set_sysctl, sysctl};
pub use parity::{Parity, errno};
pub use probes::takes_probes;
pub use processors::OneProcessor;
pub use program::program;
pub use replay::replay;
#[doc(hidden)]
pub use rounds::SOAK;
pub use rounds::rounds;
pub use task::{LATE, Over, Task, until, when_asleep};
pub use touch::Toucher;
pub use uevents::{Uevent, Uevents};
pub use uhid::Uhid;
pub use usb::UsbGadget;
