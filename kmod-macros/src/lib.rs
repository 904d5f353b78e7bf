// SPDX-License-Identifier: GPL-2.0-only
//! Linux kernel modules in safe Rust: the attributes.
//!
//! The way of an attribute, a file or a function per stage:
//!
//! | stage | job |
//! |---|---|
//! | `parse` | syntax only: keys, literals, the forms that values have |
//! | the model | what was written, typed, with the place where it stands |
//! | `check` | the rules; reports every breach, each with its mending |
//! | `expand` | tokens; cannot fail |
//!
//! An attribute of a field is a file in `objects` and a line in its table: nothing else names a
//! certain one. `instance` is the struct whose fields have them. A trait of handlers is a description,
//! from which `handlers` does what its attribute does. Everything runs on `proc_macro2`, so unit
//! tests feed it token streams.

mod attributes;
mod c;
mod case;
mod device;
mod documentation;
mod errors;
mod file_operations;
mod firmware_name;
mod handlers;
mod instance;
mod ioctl;
mod kernel_module;
mod keys;
mod krate;
mod objects;
mod param_enum;
mod params;
mod per_open;
mod printk;
mod registers;
mod rules;
mod syntax;
#[cfg(test)]
mod tests;
mod tokens;
mod trace_event;
mod uapi;

use proc_macro::TokenStream;

/// Makes a struct a kernel module.
///
/// ```ignore
/// /// Hands out ticket numbers.
/// #[kernel_module(name = "ticket", license = "GPL")]
/// struct Ticket { /* … */ }
/// ```
///
// keys: kernel_module
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "ticket"` | the module's name, as `lsmod` shows it | must be given |
/// | `license = "GPL"` | one of the kernel's licence idents | must be given |
/// | `authors = ["A. Author <a@example.org>"]` | who wrote it, one string each | none |
/// | `description = "Hands out ticket numbers"` | what it does, in a line | first paragraph of the struct's doc comment |
/// | `version = "1.0"` | its version | none |
/// | `alias = ["char-major-10-200"]` | further names under which `modprobe` finds it | none |
/// | `softdep = "pre: loop"` | modules that `modprobe` loads before (`pre:`) and after (`post:`) it | none |
/// | `firmware = ["vendor/device.bin"]` | firmware files that it asks for | none |
/// | `import_ns = ["DMA_BUF"]` | symbol namespaces that it imports | none |
/// | `panic = "forbid"` | `"bug"`: a panic logs its place and ends in the kernel's `BUG()`; `"forbid"`: a module that can panic is not built | `"bug"` |
/// | `params(step: u32 = 1)` | the parameters | none |
// end
///
/// # Parameters
///
/// ```ignore
/// params(
///     /// Distance between two numbers.
///     #[param(perm = 0o644, range = 1..=100)]
///     step: u32 = 1,
/// )
/// ```
///
/// A parameter is `name: type = default`; its doc comment is the description that `modinfo` shows.
/// Types are `bool`, the integers up to 64 bits, `&str`, `&CStr`, arrays of these, and those that
/// implement `ParamValue`, for example by [`#[derive(ParamEnum)]`](macro@ParamEnum). Its value is
/// read through the accessor of its name on the generated struct, here `TicketParams`.
///
// keys: param
/// | key | meaning | default |
/// |---|---|---|
/// | `perm = 0o644` | mode of its file in `/sys/module/NAME/parameters`; 0 for no file | `0o444` |
/// | `range = 1..=100` | the values that it takes, or each of its elements; integers only | all of the type |
/// | `name = "step"` | its name for the kernel | the accessor's name |
/// | `kind = hexint` | how it is written: `hexint` for a `u32`, `invbool` for a `bool`, `bint` for an `i32`, or for arrays of these | as C writes its type |
/// | `len = 32` | room of a string, its NUL included | a `charp`: up to 1,024 bytes |
/// | `validate = check` | a `fn(value) -> Result` that is asked before a value is stored | every value is taken |
/// | `on_change = changed` | a `fn(&Module, value)` that is called after a write to its file | none |
/// | `taint = true` | whether setting it taints the kernel | `false` |
/// | `hw = irq` | what of the hardware it describes; a locked-down kernel then refuses to set it | nothing |
// end
///
/// # Fields
///
/// A field is plain state, or by attribute a kernel object that is registered when the module is
/// loaded: [`#[misc]`](macro@misc), [`#[chrdev]`](macro@chrdev),
/// [`#[chrdev_region]`](macro@chrdev_region),
/// [`#[sysctl]`](macro@sysctl), [`#[filesystem]`](macro@filesystem).
#[proc_macro_attribute]
pub fn kernel_module(args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::kernel_module(args.into(), item.into(), &krate::path()).into()
}

/// Completes an `impl FileOperations`.
///
/// Adds `type Module = ();`, `type Instance = ();`, `type PerOpen = ();`, `type Ioctl = ();` and an `open` that always
/// succeeds where they are left out, and tells the kernel which handlers are there: one that is absent is a NULL slot of
/// `file_operations`, so that the kernel answers as it does for a C module without it.
///
// keys: handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `open` | `open(2)` | process | succeeds; must be there if `PerOpen` is |
/// | `release` | the last `close(2)` | process | nothing more than dropping `PerOpen` |
/// | `read` | `read(2)`, `pread(2)` | process | EINVAL |
/// | `write` | `write(2)`, `pwrite(2)` | process | EINVAL |
/// | `read_iter` | `readv(2)`, `splice(2)`, asynchronous reads; `read(2)` without a `read` | process | `readv(2)` calls `read` piece by piece; EINVAL to the others |
/// | `write_iter` | `writev(2)`, `splice(2)`, asynchronous writes; `write(2)` without a `write` | process | `writev(2)` calls `write` piece by piece; EINVAL to the others |
/// | `llseek` | `lseek(2)` | process | ESPIPE |
/// | `poll` | `poll(2)`, `select(2)`, `epoll(7)` | process | always ready; EPERM to `epoll_ctl(2)` |
/// | `mmap` | `mmap(2)` | process | ENODEV |
/// | `fsync` | `fsync(2)`, `fdatasync(2)` | process | EINVAL |
/// | `flush` | every `close(2)` | process | 0 |
/// | `fasync` | `fcntl(2)` with `O_ASYNC` | process | nobody gets a signal |
/// | `show_fdinfo` | a read of `/proc/PID/fdinfo/FD` | process | no lines of its own |
// end
///
/// The keys name what the kernel has ready; each is a line that a C author writes in the table of
/// operations or in `open`.
///
// keys: file_operations
/// | key | meaning | default |
/// |---|---|---|
/// | `open = stream_open` | what a file is when `open` has succeeded: `nonseekable_open` (no positions) or `stream_open` (none, and reads and writes of one file run at once) | it has a position |
/// | `llseek = noop_llseek` | `noop_llseek`, `default_llseek`, `generic_file_llseek`, `no_seek_end_llseek` or `fixed_size_llseek(SIZE)` | the handler, or ESPIPE |
/// | `splice_read = copy_splice_read` | `splice(2)` and `sendfile(2)` from the device, by way of `read_iter` | EINVAL |
/// | `splice_write = iter_file_splice_write` | `splice(2)` and `sendfile(2)` to the device, by way of `write_iter` | EINVAL |
/// | `rwf = RWF_NOWAIT` | the flag of `preadv2(2)` and `pwritev2(2)` that `read_iter` and `write_iter` heed, by `nonblocking()` | EOPNOTSUPP |
// end
#[proc_macro_attribute]
pub fn file_operations(args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::file_operations(args.into(), item.into(), &krate::path()).into()
}

/// Declares the commands that a device takes by `ioctl(2)`.
///
/// ```ignore
/// /// Commands of /dev/ticket.
/// #[ioctl(magic = b'T')]
/// enum TicketCmd {
///     /// Draw the next number.
///     #[ior(0x01)]
///     Draw(u32),
///     #[iow(0x02)]
///     SetLimits(Limits),
/// }
/// ```
///
// keys: ioctl
/// | key | meaning | default |
/// |---|---|---|
/// | `magic = b'T'` | what tells the commands from other devices', the `type` of C's `_IOC()`: a letter or a number below 256 | must be given |
/// | `prefix = "TICKET"` | how the commands' names begin in C, before an underscore | the enum's name, `TicketCmd` as `TICKET_CMD` |
// end
///
/// A variant is a command, its attribute direction and number, its parentheses the payload:
///
/// | command | handler | in C |
/// |---|---|---|
/// | `#[io(nr)] Name` | `fn name(&self, file) -> Result` | `_IO(magic, nr)` |
/// | `#[io(nr)] Name(usize)` | `fn name(&self, file, arg: usize) -> Result` | `_IO(magic, nr)` with a number |
/// | `#[ior(nr)] Name(T)` | `fn name(&self, file) -> Result<T>` | `_IOR(magic, nr, T)` |
/// | `#[iow(nr)] Name(T)` | `fn name(&self, file, arg: T) -> Result` | `_IOW(magic, nr, T)` |
/// | `#[iowr(nr)] Name(T)` | `fn name(&self, file, arg: T) -> Result<T>` | `_IOWR(magic, nr, T)` |
///
/// `returns` after the number, `#[io(nr, returns)]` or `#[iow(nr, returns)]`, makes it a
/// `Result<u32>`: what `ioctl(2)` returns. A payload of more than 512 bytes stands in a `KBox`.
///
/// The enum becomes the place of the numbers, `TicketCmd::DRAW`; the handlers are the methods of a
/// trait of its name with `Handler`, `impl TicketCmdHandler for Dispenser`; and a device has them by
/// `type Ioctl = TicketCmd;` in its `impl FileOperations`. `cargo kmod uapi` writes the C header.
#[proc_macro_attribute]
pub fn ioctl(args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::ioctl(args.into(), item.into(), &krate::path()).into()
}

/// Makes a struct one that userspace shares: it is laid out as C does it.
///
/// ```ignore
/// /// What may be drawn.
/// #[uapi]
/// #[derive(Clone, Copy)]
/// struct Limits {
///     /// The smallest number.
///     min: u32,
///     max: u32,
/// }
/// ```
///
/// Fields are integers from 8 to 64 bits, arrays, and other structs under `#[uapi]`, without
/// padding between or behind them. `cargo kmod uapi` writes its C declaration.
#[proc_macro_attribute]
pub fn uapi(args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::uapi(args.into(), item.into(), &krate::path()).into()
}

/// Makes a function one that the module's C files call, by its name.
///
/// ```ignore
/// /// Puts a mark into a line; whether there was room.
/// #[export_c]
/// fn morse_put(line: &mut Line, mark: u8) -> bool { /* … */ }
/// ```
///
/// C's declaration stands in `NAME_rust.h`, with the doc comment; `NAME` is the module's. Parameters
/// and what is returned are integers, `bool`, and references to integers, arrays and structs under
/// [`#[uapi]`](macro@uapi), which the header then has, too. The function stays a safe one that Rust can
/// call; it may panic as any other, and runs in the context in which C calls it.
///
/// # What C has to keep
///
/// A reference is a pointer to an initialised value of that type, never NULL, that stays until the
/// function returns; nothing else changes the value meanwhile, and of a `&mut`, nothing else reads
/// it. Of a `bool` the bytes are 0 or 1, as a compiler of C makes them.
#[proc_macro_attribute]
pub fn export_c(args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::export_c(args.into(), item.into(), &krate::path()).into()
}

/// Makes a function one that other modules call, in C or in Rust.
///
/// ```ignore
/// /// The sum of two numbers.
/// #[export(gpl)]
/// fn ticket_sum(pair: &Pair) -> u32 { /* … */ }
/// ```
///
// keys: export
/// | key | meaning | default |
/// |---|---|---|
/// | `gpl` | only modules whose licence is compatible with the GPL get it, as with `EXPORT_SYMBOL_GPL` | all modules get it, as with `EXPORT_SYMBOL` |
/// | `namespace = "TICKET"` | the namespace that who calls it imports | none |
// end
///
/// All that [`#[export_c]`](macro@export_c) says of its functions holds for these: the module's own C can call
/// them, too. The build makes a C file that has kbuild export them, with a version (`CONFIG_MODVERSIONS`), a licence
/// and a namespace; the header `NAME_rust.h` is what others include. The attribute stands at the beginning of a
/// line of a file below `src`, where the module's Makefile looks for it.
///
/// Nobody calls it before `KernelModule::init` has ended well, nor
/// when the module has gone: the kernel does not unload one that is used.
#[proc_macro_attribute]
pub fn export(args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::export(args.into(), item.into(), &krate::path()).into()
}

/// Declares functions of the module's C files, in a crate beside the module's that may be `unsafe`.
///
/// ```ignore
/// #[import_c]
/// unsafe extern "C" {
///     /// Writes text in Morse code; 0 or a negative errno.
///     fn morse_encode(text: *const u8, length: usize, line: &mut Line) -> i32;
/// }
/// ```
///
/// The declarations stand in `NAME_rust.h` as C has them, and each C file is compiled with that
/// header before it: a function that is of other types there does not compile. Types are those of
/// [`#[export_c]`](macro@export_c), and pointers.
#[proc_macro_attribute]
pub fn import_c(args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::import_c(args.into(), item.into(), &krate::path()).into()
}

/// A character device, on a field of the module struct whose type implements `FileOperations`.
///
// keys: chrdev
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "ticket"` | the device's name, and its node's in `/dev`; with several minors, their number from 0 on follows it | the field's name |
/// | `nodename = "ticket/{}"` | the path of the node below `/dev`; `{}` stands for the number | the device's name |
/// | `class = "tickets"` | the class in `/sys/class`; devices of one module can share it | `name` |
/// | `mode = 0o600` | the node's mode | the kernel's, `0o600` |
/// | `capability = "CAP_SYS_ADMIN"` | the capability that who opens it must have, or `open(2)` is `EPERM`: C's `capable()`, asked before `open` | none is asked for |
/// | `major = 240` | the major number | one that is free |
/// | `first_minor = 64` | the first minor number | 0 |
/// | `minors = 4` | how many minors, or the name of the parameter that says it | 1 |
// end
#[proc_macro_attribute]
pub fn chrdev(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("chrdev", item.into()).into()
}

/// Character device numbers without a device, on a field of the type `ChrdevRegion`.
///
// keys: chrdev_region
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "ticket"` | the name in `/proc/devices` | the field's name |
/// | `major = 240` | the major number | one that is free |
/// | `first_minor = 64` | the first minor number | 0 |
/// | `minors = 4` | how many minors, or the name of the parameter that says it | 1 |
// end
#[proc_macro_attribute]
pub fn chrdev_region(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("chrdev_region", item.into()).into()
}

/// A misc device, on a field of the module struct whose type implements `FileOperations`.
///
// keys: misc
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "ticket"` | the device's name, in `/proc/misc` and `/sys/class/misc`, and its node's in `/dev`; in a `#[device]`, `{index}` stands for the device's number | the field's name; in a `#[device]`, its number behind it |
/// | `nodename = "ticket/control"` | the path of the node below `/dev`; in a `#[device]`, with `{index}` | the device's name |
/// | `mode = 0o600` | the node's mode | the kernel's, `0o600` |
/// | `capability = "CAP_SYS_ADMIN"` | the capability that who opens it must have, or `open(2)` is `EPERM`: C's `capable()`, asked before `open` | none is asked for |
/// | `minor = 240` | the minor number | one that is free |
// end
#[proc_macro_attribute]
pub fn misc(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("misc", item.into()).into()
}

/// A file under `/proc/sys`, on a field that holds the value.
///
// keys: sysctl
/// | key | meaning | default |
/// |---|---|---|
/// | `path = "ticket/step"` | the path below `/proc/sys` | must be given |
/// | `mode = 0o644` | the file's mode | `0o644` |
/// | `capability = "CAP_SYS_ADMIN"` | the capability that who writes it must have, or `write(2)` is `EPERM`: C's `capable()`, asked before anything is taken; who reads it needs none | none is asked for |
/// | `range = 1..=100` | the values that it takes; integers and arrays of them | all of the type |
/// | `format = hex` | how unsigned numbers are shown: `hex` or `octal` | decimal |
/// | `jiffies = ms` | the field holds jiffies, and the file's unit is `seconds`, `user_hz` or `ms` | the file shows the field |
/// | `on_change = Ticket::changed` | a function of the module that is called after each successful write | nothing is called |
// end
#[proc_macro_attribute]
pub fn sysctl(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("sysctl", item.into()).into()
}

/// A file system, on a field whose type implements `FileSystem`.
///
// keys: filesystem
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "notesfs"` | the type for `mount -t` | the field's name |
/// | `magic = 0x6e6f7465` | the magic number that `statfs(2)` gives | `0x6b6d6f64` |
// end
#[proc_macro_attribute]
pub fn filesystem(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("filesystem", item.into()).into()
}

/// A platform driver, on a field whose type implements `PlatformDriver`.
///
// keys: platform_driver
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "ticket"` | the driver's name, in `/sys/bus/platform/drivers`: without `ids`, it is bound to the devices of this name | the field's name |
/// | `ids = ["acme-fan"]` | the names of the devices that it is for. After `=>` comes what `probe` is told of one: `"acme-fan" => Model::First`, here and in the next two | the driver's name |
/// | `acpi = ["ABCD0001"]` | the ids of devices that ACPI tells of: `_HID` and `_CID` of firmware | none |
/// | `of = ["acme,fan"]` | what the devices that a device tree tells of are compatible with | none |
/// | `dmi = MODELS` | a `dmi_table!` of the machines that it is for: on others the module does not load (`ENODEV`) | it is for all |
/// | `devices = 1` | how many devices of this name the module makes itself: `NAME`, or `NAME.0` and so on if there are several | none |
// end
///
/// The type says what it does in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: platform_driver_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `probe` | the driver core, which has found a device | process | must be there |
/// | `remove` | the driver core, which takes a device away | process | nothing more than dropping the device |
/// | `shutdown` | `reboot(2)` | process | the device is left as it is |
/// | `suspend` | the driver core, when the system goes to sleep | process | what the bus does with a device |
/// | `resume` | the driver core, when the system has slept | process | what the bus does with a device |
/// | `runtime_suspend` | runtime power management, when nobody uses the device | process | what the bus does with a device |
/// | `runtime_resume` | runtime power management, when somebody wants to use the device | process | what the bus does with a device |
// end
#[proc_macro_attribute]
pub fn platform_driver(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("platform_driver", item.into()).into()
}

/// A PCI driver, on a field whose type implements `PciDriver`.
///
// keys: pci_driver
/// | key | meaning | default |
/// |---|---|---|
/// | `ids = [(0x1234, 0x11e8)]` | the devices that it is for: vendor and device, or these and the subsystem's; `_` is any. After `=>` comes what `probe` is told of it: `(0x1234, 0x11e8) => Model::A` | must be given |
/// | `name = "ticket"` | the driver's name, in `/sys/bus/pci/drivers` | the field's name |
// end
///
/// The type says what it does in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: pci_driver_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `probe` | the driver core, which has found a device | process | must be there |
/// | `remove` | the driver core, which takes a device away | process | nothing more than dropping the device |
/// | `shutdown` | `reboot(2)` | process | the device is left as it is |
/// | `suspend` | the driver core, when the system goes to sleep | process | what the bus does with a device |
/// | `resume` | the driver core, when the system has slept | process | what the bus does with a device |
/// | `runtime_suspend` | runtime power management, when nobody uses the device | process | what the bus does with a device |
/// | `runtime_resume` | runtime power management, when somebody wants to use the device | process | what the bus does with a device |
/// | `reset_prepare` | the PCI core, before the device is reset, whoever asks for that | process | nothing is called |
/// | `reset_done` | the PCI core, after that | process | nothing is called |
// end
#[proc_macro_attribute]
pub fn pci_driver(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("pci_driver", item.into()).into()
}

/// A driver for what is on an I2C or SMBus bus, on a field whose type implements `I2cDriver`.
///
// keys: i2c_driver
/// | key | meaning | default |
/// |---|---|---|
/// | `ids = ["lm75"]` | the names of the devices that it is for. After `=>` comes what `probe` is told of one: `"lm75" => Model::Lm75` | must be given |
/// | `name = "ticket"` | the driver's name, in `/sys/bus/i2c/drivers` | the field's name |
// end
///
/// The type says what it does in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: i2c_driver_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `probe` | the driver core, which has found a device | process | must be there |
/// | `remove` | the driver core, which takes a device away | process | nothing more than dropping the device |
/// | `shutdown` | `reboot(2)` | process | the device is left as it is |
/// | `suspend` | the driver core, when the system goes to sleep | process | what the bus does with a device |
/// | `resume` | the driver core, when the system has slept | process | what the bus does with a device |
/// | `runtime_suspend` | runtime power management, when nobody uses the device | process | what the bus does with a device |
/// | `runtime_resume` | runtime power management, when somebody wants to use the device | process | what the bus does with a device |
// end
#[proc_macro_attribute]
pub fn i2c_driver(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("i2c_driver", item.into()).into()
}

/// A driver for what is on an SPI bus, on a field whose type implements `SpiDriver`.
///
// keys: spi_driver
/// | key | meaning | default |
/// |---|---|---|
/// | `ids = ["mcp3008"]` | the names of the devices that it is for. After `=>` comes what `probe` is told of one: `"mcp3008" => Model::Mcp3008` | must be given |
/// | `name = "ticket"` | the driver's name, in `/sys/bus/spi/drivers` | the field's name |
// end
///
/// The type says what it does in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: spi_driver_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `probe` | the driver core, which has found a device | process | must be there |
/// | `remove` | the driver core, which takes a device away | process | nothing more than dropping the device |
/// | `shutdown` | `reboot(2)` | process | the device is left as it is |
/// | `suspend` | the driver core, when the system goes to sleep | process | what the bus does with a device |
/// | `resume` | the driver core, when the system has slept | process | what the bus does with a device |
/// | `runtime_suspend` | runtime power management, when nobody uses the device | process | what the bus does with a device |
/// | `runtime_resume` | runtime power management, when somebody wants to use the device | process | what the bus does with a device |
// end
#[proc_macro_attribute]
pub fn spi_driver(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("spi_driver", item.into()).into()
}

/// A driver for human interface devices, on a field whose type implements `HidDriver`.
///
// keys: hid_driver
/// | key | meaning | default |
/// |---|---|---|
/// | `ids = [(BUS_USB, 0x1234, 0x5678)]` | the devices that it is for: bus, vendor and product; `_` is any bus or product. After `=>` comes what `probe` is told of it: `(BUS_USB, 0x1234, 0x5678) => Model::A` | must be given |
/// | `name = "ticket"` | the driver's name, in `/sys/bus/hid/drivers` | the field's name |
/// | `connect(hidinput, hidraw)` | who reads a device: `hidinput` (input devices), `hidraw`, `hiddev`, `ff` (force feedback), and `driver` (this one, if it has `event` and nobody else reads); C's `HID_CONNECT_…` | all but `driver`, C's `HID_CONNECT_DEFAULT` |
/// | `open = true` | a device is on, and reports, even while nobody reads it: `hid_hw_open()` | it is on while somebody reads it |
/// | `force_feedback(FF_RUMBLE)` | the kinds of effects that `play_effect` is told of: `FF_RUMBLE`, `FF_CONSTANT`; the first of a device's input devices takes them | what the kernel makes of the descriptor |
// end
///
/// The type says what it does in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: hid_driver_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `probe` | the driver core, which has found a device | process | must be there |
/// | `remove` | the driver core, which takes a device away | process | nothing more than dropping the device |
/// | `shutdown` | `reboot(2)` | process | the device is left as it is |
/// | `suspend` | the driver core, when the system goes to sleep | process | what the bus does with a device |
/// | `resume` | the driver core, when the system has slept | process | what the bus does with a device |
/// | `runtime_suspend` | runtime power management, when nobody uses the device | process | what the bus does with a device |
/// | `runtime_resume` | runtime power management, when somebody wants to use the device | process | what the bus does with a device |
/// | `report_fixup` | the HID core, before it reads a device's descriptor, and before `probe` | process | the device's own descriptor |
/// | `input_mapping` | the HID core, for each control of a device that it makes input devices for | process | what the kernel takes a control for |
/// | `raw_event` | the HID core, for each report that comes | atomic | reports go on as they come |
/// | `event` | the HID core, for each control that a report tells of | atomic | events go on as they come |
/// | `play_effect` | who has an input device play an effect, the kernel's timer when one ends, and the device's end | atomic | `force_feedback` must not be there |
// end
#[proc_macro_attribute]
pub fn hid_driver(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("hid_driver", item.into()).into()
}

/// A driver for USB devices, on a field whose type implements `UsbDriver`.
///
// keys: usb_driver
/// | key | meaning | default |
/// |---|---|---|
/// | `ids = [(0x1234, 0x5678)]` | the interfaces that it is for: by the device's vendor and product, by `class(class, subclass, protocol)`, by `interface(number)`, or by several of these: `(0x1234, 0x5678, class(0xff, _, _), interface(2))`; `_` is any. After `=>` comes what `probe` is told of it: `(0x1234, 0x5678) => Model::A` | must be given |
/// | `name = "ticket"` | the driver's name, in `/sys/bus/usb/drivers` | the field's name |
// end
///
/// The type says what it does in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: usb_driver_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `probe` | the driver core, which has found a device | process | must be there |
/// | `remove` | the driver core, which takes a device away | process | nothing more than dropping the device |
/// | `shutdown` | `reboot(2)` | process | the device is left as it is |
/// | `suspend` | the driver core, when the system goes to sleep | process | what the bus does with a device |
/// | `resume` | the driver core, when the system has slept | process | what the bus does with a device |
/// | `runtime_suspend` | runtime power management, when nobody uses the device | process | what the bus does with a device |
/// | `runtime_resume` | runtime power management, when somebody wants to use the device | process | what the bus does with a device |
// end
#[proc_macro_attribute]
pub fn usb_driver(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("usb_driver", item.into()).into()
}

/// A driver for blocks of WMI, on a field whose type implements `WmiDriver`.
///
// keys: wmi_driver
/// | key | meaning | default |
/// |---|---|---|
/// | `ids = ["7A1B3C5D-0001-4E0F-8A9B-112233445566"]` | the GUIDs of the blocks that it is for. After `=>` comes what `probe` is told of one: `"7A1B3C5D-0001-4E0F-8A9B-112233445566" => Model::A` | must be given |
/// | `name = "ticket"` | the driver's name, in `/sys/bus/wmi/drivers` | the field's name |
// end
///
/// The type says what it does in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: wmi_driver_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `probe` | the driver core, which has found a device | process | must be there |
/// | `remove` | the driver core, which takes a device away | process | nothing more than dropping the device |
/// | `shutdown` | `reboot(2)` | process | the device is left as it is |
/// | `suspend` | the driver core, when the system goes to sleep | process | what the bus does with a device |
/// | `resume` | the driver core, when the system has slept | process | what the bus does with a device |
/// | `runtime_suspend` | runtime power management, when nobody uses the device | process | what the bus does with a device |
/// | `runtime_resume` | runtime power management, when somebody wants to use the device | process | what the bus does with a device |
/// | `notify` | a worker of ACPI's, when firmware tells of an event of the block | process | events are nobody's |
// end
#[proc_macro_attribute]
pub fn wmi_driver(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("wmi_driver", item.into()).into()
}

/// A transfer from a USB device that nobody waits for, on a field of the type `Urb<Handler>` of the device.
///
// keys: urb
/// | key | meaning | default |
/// |---|---|---|
/// | `submit = true` | it is submitted when the device's objects are registered | when `submit()` of it is called |
// end
///
/// The handler says what it does in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: urb_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `completed` | the USB core, when the device has sent something, or a fault has ended the transfer | atomic | must be there |
// end
#[proc_macro_attribute]
pub fn urb(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("urb", item.into()).into()
}

/// A driver for what ACPI tells of, on a field whose type implements `AcpiDriver`.
///
// keys: acpi_driver
/// | key | meaning | default |
/// |---|---|---|
/// | `ids = ["ABCD0001"]` | the ids of the devices that it is for: `_HID` and `_CID` of firmware. After `=>` comes what `probe` is told of one: `"ABCD0001" => Model::First` | must be given |
/// | `name = "ticket"` | the driver's name, in `/sys/bus/platform/drivers` | the field's name |
// end
///
/// The type says what it does in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: acpi_driver_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `probe` | the driver core, which has found a device | process | must be there |
/// | `remove` | the driver core, which takes a device away | process | nothing more than dropping the device |
/// | `shutdown` | `reboot(2)` | process | the device is left as it is |
/// | `suspend` | the driver core, when the system goes to sleep | process | what the bus does with a device |
/// | `resume` | the driver core, when the system has slept | process | what the bus does with a device |
/// | `runtime_suspend` | runtime power management, when nobody uses the device | process | what the bus does with a device |
/// | `runtime_resume` | runtime power management, when somebody wants to use the device | process | what the bus does with a device |
// end
#[proc_macro_attribute]
pub fn acpi_driver(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("acpi_driver", item.into()).into()
}

/// A handler of what firmware notifies of at a device, on a field of the type `AcpiNotify<H>`, where `H`
/// implements `AcpiNotifyHandler`.
///
// keys: acpi_notify
/// | key | meaning | default |
/// |---|---|---|
// end
///
/// What it does is said in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: acpi_notify_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `notified` | a worker of ACPI's, when firmware has called `Notify()` for the device | process | must be there |
// end
#[proc_macro_attribute]
pub fn acpi_notify(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("acpi_notify", item.into()).into()
}

/// By what the handlers of a device reach it on its bus, on a field of a type like `I2cClient`. It stands
/// before all other objects of the device.
///
// keys: bus
/// | key | meaning | default |
/// |---|---|---|
// end
#[proc_macro_attribute]
pub fn bus(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("bus", item.into()).into()
}

/// Runtime power management of a device, on a field of the type `RuntimePm`: it is suspended when nobody has a
/// guard of it. It stands before all other objects of the device.
///
// keys: runtime_pm
/// | key | meaning | default |
/// |---|---|---|
/// | `autosuspend = 500` | after how many milliseconds without use the device is suspended: `power/autosuspend_delay_ms` in sysfs | 0: at once |
// end
#[proc_macro_attribute]
pub fn runtime_pm(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("runtime_pm", item.into()).into()
}

/// Registers of a PCI device, on a field of the type `Bar<R>`, where `R` is a struct under
/// [`#[registers]`](macro@registers). It stands before all other objects of the device.
///
// keys: bar
/// | key | meaning | default |
/// |---|---|---|
/// | `index = 0` | which one of the device's BARs it is, from 0 to 5 | must be given |
// end
#[proc_macro_attribute]
pub fn bar(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("bar", item.into()).into()
}

/// A chip that measures, on a field of the type `Hwmon<H>` of a device, where `H` implements `HwmonOps`.
///
// keys: hwmon
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "meter"` | the chip's name, which its file `name` shows: `sensors` calls it so | the field's name |
/// | `channels(temp(input, rw(max), label = "CPU"), fan(input))` | what the chip measures, a sensor each, with its files: those that are read, by `rw(…)` those that are written, too, by `wo(…)` those that are written only, and its label | must be given |
// end
///
/// What its values are is said in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: hwmon_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `is_visible` | the chip's registration, for each file | process | all that is declared is there |
/// | `read` | `read(2)` | process | nothing but labels can be declared to be read |
/// | `write` | `write(2)` of a number | process | nothing can be declared to be written |
// end
#[proc_macro_attribute]
pub fn hwmon(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("hwmon", item.into()).into()
}

/// Sensors and converters with channels, on a field of the type `Iio<H>` of a device, where `H` implements `IioOps`.
///
// keys: iio
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "bh1750"` | the device's name, which its file `name` shows: that of the chip | the field's name |
/// | `channels(illuminance(raw, scale), accel(modifier = x, raw, shared_by_type(scale)))` | the channels, each by its type, with its files, and those that it shares | must be given |
// end
///
/// What its channels are is said in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: iio_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `read_raw` | `read(2)`, or another driver that reads the channel | process | does not build |
/// | `write_raw` | `write(2)`, or another driver that sets the channel | process | `EINVAL` |
/// | `write_raw_get_fmt` | `write(2)`, before `write_raw` | process | a decimal, down to millionths |
/// | `read_avail` | `read(2)` of a file `…_available` | process | nothing can be declared `available(…)` |
/// | `read_event_config` | `read(2)` of an event's file `…_en` | process | no event has a file `en` |
/// | `write_event_config` | `write(2)` of it | process | no event has a file `en` |
/// | `read_event_value` | `read(2)` of an event's other files | process | no event has other files |
/// | `write_event_value` | `write(2)` of these | process | `EINVAL` |
/// | `trigger_handler` | the trigger, while the buffer is on | process | `read_raw` is called for each channel that is on |
/// | `preenable` | `write(2)` of `buffer/enable`, before the buffer is on | process | nothing is done |
/// | `postdisable` | `write(2)` of it, or the device that goes, after the buffer was on | process | nothing is done |
// end
#[proc_macro_attribute]
pub fn iio(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("iio", item.into()).into()
}

/// An input device, on a field of the type `Input<H>`, where `H` implements `InputOps`.
///
// keys: input
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "Doorbell"` | the device's name, as people read it; in a `#[device]`, `{index}` stands for the device's number | the field's name; in a `#[device]`, its number behind it |
/// | `keys(KEY_POWER, BTN_LEFT)` | its keys and buttons, as `linux/input-event-codes.h` calls them | none |
/// | `relative(REL_X, REL_WHEEL)` | its relative axes | none |
/// | `absolute(ABS_X(-128..=127), ABS_Y(0..=255, fuzz = 2, flat = 4, resolution = 10))` | its absolute axes, each with its range; changes up to `fuzz` are noise, values up to `flat` are the middle, and a millimetre is `resolution` units | none |
/// | `slots = 10` | how many touches it tells apart, 1 to 1024; its `ABS_MT_` axes are those of each | it tells none apart |
/// | `slot_flags(direct, drop_unused)` | `direct` (a screen) or `pointer` (a pad), of which the first touch is reported as one finger, too; `drop_unused` ends touches that a frame does not tell of; `semi_mt` says that only the corners around all touches are known; C's `INPUT_MT_…` | none |
/// | `force_feedback(FF_RUMBLE)` | the kinds of effects that `play_effect` is told of: `FF_RUMBLE`, `FF_CONSTANT`; the kernel makes others of the first | none |
/// | `switches(SW_LID)` | its switches | none |
/// | `keymap(KE_KEY(0x01, KEY_WLAN), KE_SW(0x10, SW_LID, 1), KE_VSW(0x20, SW_DOCK), KE_IGNORE(0x30))` | what scan codes stand for: a key that user space may exchange, a switch that is on or off then, one that is as it is reported, or nothing; the device has these keys and switches, too | it has no scan codes |
/// | `repeat = 1` | whether the kernel repeats a key that is held, 1 or 0 | 0 |
/// | `poll_interval = 20` | how often `poll` is called, in milliseconds | it is not |
/// | `bustype = 0x19` | its bus: `0x19` for one of the machine itself, `0x06` for one that only seems to be there | 0 |
/// | `vendor = 0x1234` | its vendor | 0 |
/// | `product = 0x11e8` | its product | 0 |
/// | `version = 1` | its version | 0 |
// end
///
/// What is done when somebody looks at it is said in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: input_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `open` | the first who looks at the device | process | everybody may look at it |
/// | `close` | the last who looked at it, and its end | process | nothing is done |
/// | `poll` | a work, every `poll_interval` while somebody looks | process | `poll_interval` must not be there |
/// | `play_effect` | who has the device play an effect, the kernel's timer when one ends, and the device's end | atomic | `force_feedback` must not be there |
// end
#[proc_macro_attribute]
pub fn input(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("input", item.into()).into()
}

/// A backlight, on a field of the type `Backlight<H>`, where `H` implements `BacklightOps`.
///
// keys: backlight
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "panel"` | the backlight's name, in `/sys/class/backlight`; in a `#[device]`, `{index}` stands for the device's number | the field's name; in a `#[device]`, its number behind it |
/// | `max_brightness = 15` | the largest brightness | must be given |
/// | `brightness = 7` | the brightness at first, which nobody sets | the largest |
/// | `kind = platform` | what sets it: `raw`, the hardware itself, `platform` or `firmware`; user space prefers the last | `raw` |
// end
///
/// What it does is said in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: backlight_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `update_status` | a write of `brightness` or `bl_power`, and the system's suspend and resume | process | must be there |
/// | `get_brightness` | a read of `actual_brightness` | process | what was set last is read |
// end
#[proc_macro_attribute]
pub fn backlight(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("backlight", item.into()).into()
}

/// What a machine is set to, quick or quiet, on a field of the type `PlatformProfile<H>`, where `H` implements
/// `PlatformProfileOps`.
///
// keys: platform_profile
/// | key | meaning | default |
/// |---|---|---|
/// | `choices(low_power, balanced, performance)` | what user space can set it to: `low_power`, `cool`, `quiet`, `balanced`, `balanced_performance`, `performance` | must be given |
/// | `name = "quiet"` | its name, which new kernels show in its file `name`; `{index}` stands for the device's number | the field's name, the device's number behind it |
// end
///
/// The type says what it does in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: platform_profile_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `profile_get` | a read of `platform_profile` or `profile` | process | must be there |
/// | `profile_set` | a write of one of the choices to `platform_profile` or `profile`, and a key that cycles profiles | process | must be there |
// end
#[proc_macro_attribute]
pub fn platform_profile(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("platform_profile", item.into()).into()
}

/// A watchdog, on a field of the type `Watchdog<H>`, where `H` implements `WatchdogOps`.
///
// keys: watchdog
/// | key | meaning | default |
/// |---|---|---|
/// | `identity = "Dog"` | what it calls itself, in at most 31 characters | the field's name |
/// | `timeout = 30` | the time until it bites, in seconds, until another one is set | 60 |
/// | `min_timeout = 2` | the shortest time that can be set | 1 |
/// | `max_timeout = 600` | the longest time that can be set | none |
/// | `nowayout = 1` | whether it cannot be stopped any more once it runs, 1 or 0 | 0 |
/// | `stop_on_unregister = 1` | whether it is stopped when it is taken away, 1 or 0 | 0: it goes on, and bites |
// end
///
/// What it does is said in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: watchdog_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `start` | `open(2)`, and without a `ping` all that keeps it from biting | process | must be there |
/// | `stop` | `close(2)` after a `V`, `WDIOC_SETOPTIONS`, and the watchdog's end | process | must be there |
/// | `ping` | `write(2)`, `WDIOC_KEEPALIVE` | process | `start` is called |
/// | `set_timeout` | `WDIOC_SETTIMEOUT` | process | the kernel keeps it, and `start` gets it |
/// | `get_timeleft` | `WDIOC_GETTIMELEFT`, a read of `timeleft` | process | EOPNOTSUPP |
// end
#[proc_macro_attribute]
pub fn watchdog(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("watchdog", item.into()).into()
}

/// Files on the batteries that the kernel drives itself, on a field of the type `BatteryHook<H>`, where `H` implements
/// `BatteryHookOps`.
///
// keys: battery_hook
/// | key | meaning | default |
/// |---|---|---|
/// | `properties(rw(charge_control_end_threshold))` | what batteries get: `charge_control_start_threshold`, `charge_control_end_threshold`; in `rw(…)` what can be set, too | must be given |
// end
///
/// What is behind them is said in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: battery_hook_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `add_battery` | the hook's registration, and a battery that comes | process | all batteries get the files |
/// | `get_property` | `read(2)` | process | must be there |
/// | `set_property` | `write(2)` of a number | process | nothing can be declared as `rw` |
// end
#[proc_macro_attribute]
pub fn battery_hook(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("battery_hook", item.into()).into()
}

/// A battery, or what charges it, on a field of the type `PowerSupply<H>` of a device, where `H` implements
/// `PowerSupplyOps`.
///
// keys: power_supply
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "BAT{index}"` | the supply's name, in `/sys/class/power_supply`, of at most 19 characters; `{index}` stands for the device's number | the field's name, the device's number behind it |
/// | `kind = battery` | what it is: `battery`, `mains`, `ups`, `usb` or `wireless` | must be given |
/// | `properties(status, capacity, rw(charge_control_end_threshold))` | what is known of it, in `rw(…)` what can be set, too | must be given |
/// | `model_name = "X1"` | the text `model_name` | there is none |
/// | `manufacturer = "Somebody"` | the text `manufacturer` | there is none |
/// | `serial_number = "0001"` | the text `serial_number` | there is none |
// end
///
/// What is known of it is said in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: power_supply_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `get_property` | `read(2)`, and the kernel when the supply has changed | process | must be there |
/// | `set_property` | `write(2)` of a number, or of a word that stands for one | process | nothing can be declared as `rw` |
// end
#[proc_macro_attribute]
pub fn power_supply(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("power_supply", item.into()).into()
}

/// The registers of a chip on I2C, SMBus or SPI, on a field of the type `Regmap<Registers>` of its
/// [`#[device]`](macro@device) struct, where `Registers` is under [`#[registers]`](macro@registers). It stands before all
/// objects of the device that have handlers.
///
// keys: regmap
/// | key | meaning | default |
/// |---|---|---|
/// | `bus = i2c` | where the chip is: `i2c`, which is SMBus, too, or `spi` | must be given |
/// | `cache = true` | that registers which only the driver changes are kept: a read of one does not ask the chip, and `sync` writes them again | `false` |
/// | `name = "limits"` | what it is called beside the device's name, in debugfs: of several in a device, all but one have one | none |
/// | `reg_bits = 16` | how many bits the number of a register has on the bus: 8, 16, 24 or 32, the highest byte first | `8` |
/// | `pad_bits = 8` | how many bits there are between the number and the value: 0, 8, 16, 24 or 32 | `0` |
/// | `read_flag = 0x80` | bits that are set in the number for a read, of its first byte the lowest ones | what the bus has: `0x80` on SPI, none on I2C; `0` if there is a `write_flag` |
/// | `write_flag = 0x40` | bits that are set in the number for a write | none |
/// | `single = true` | that each register is read and written by itself: the chip does not go on to the next one | `false` |
// end
#[proc_macro_attribute]
pub fn regmap(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("regmap", item.into()).into()
}

/// A radio that can be blocked, on a field of the type `Rfkill<H>`, where `H` implements `RfkillOps`.
///
// keys: rfkill
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "radio"` | the radio's name, which its file `name` shows; in a `#[device]`, `{index}` stands for the device's number | the field's name; in a `#[device]`, its number behind it |
/// | `kind = bluetooth` | what kind of radio it is: `wlan`, `bluetooth`, `uwb`, `wimax`, `wwan`, `gps`, `fm` or `nfc` | must be given |
/// | `persistent = 1` | whether the hardware keeps what was set when it is off, 1 or 0: `query` then says so before the radio is registered, and the kernel does not set it to what others of its kind are | 0 |
// end
///
/// What it does is said in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: rfkill_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `set_block` | a write of `/dev/rfkill`, `soft` or `state`, a key that all radios hear, and the kernel when the radio is new, and when the system resumes | process | must be there |
/// | `poll` | the kernel, every few seconds | process | nobody looks |
/// | `query` | the kernel before each `set_block`, and once before the radio is registered | process | the kernel goes by what it knows |
// end
#[proc_macro_attribute]
pub fn rfkill(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("rfkill", item.into()).into()
}

/// A line of a GPIO chip that the device has, on a field of its [`#[device]`](macro@device) struct that is a
/// `GpioInput`, a `GpioOutput`, a `GpioLine` or an array of them.
///
// keys: gpio
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "reset"` | what the line is for, by which firmware has it (`reset-gpios`); an empty string is a line that has no name there | the field's name |
/// | `high = true` | that an output is active from the beginning: `GPIOD_OUT_HIGH` | `false`: `GPIOD_OUT_LOW` |
/// | `optional = true` | that the device may be without it: then it is never active, and setting it does nothing | `false`: the device is not bound without it |
/// | `chip = "relays"` | the label of the chip that has it, for a device that firmware has no line for | firmware says so, or another module's table |
/// | `line = 3` | with `chip`, its number there, from 0 to 511; of an array, the first one's | must be given with `chip` |
/// | `active_low = true` | with `chip`, that the line is active when it is low; firmware says so itself | `false` |
// end
#[proc_macro_attribute]
pub fn gpio(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("gpio", item.into()).into()
}

/// A chip with lines that can be high or low, on a field of the type `GpioChip<H>` of a device, where `H` implements
/// `GpioOps`.
///
// keys: gpio_chip
/// | key | meaning | default |
/// |---|---|---|
/// | `lines = 8` | how many lines the chip has, from 1 to 512 | as many as there are names: one of both must be given |
/// | `names("pump", _, "valve")` | what the lines are called, from line 0 on; `_` is a line without a name | none |
/// | `name = "relays"` | the chip's label, by which drivers look it up; `{index}` stands for the device's number | the field's name, with the device's number behind it |
/// | `can_sleep = true` | that the handlers may sleep, as for a chip behind a bus | `false` |
// end
///
/// What the lines do is said in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: gpio_chip_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `request` | somebody who is to have the line: user space, another driver | process | everybody may have each |
/// | `free` | who had it, at the end | process | nothing is done |
/// | `get_direction` | the chip's registration, for each line, and who takes one as it is | atomic; process with `can_sleep = true` | `direction_input` must be there, and lines are inputs until they are told |
/// | `direction_input` | who takes the line as an input | atomic; process with `can_sleep = true` | `get_direction` must be there, and a line that it calls an output cannot be an input |
/// | `direction_output` | who takes the line as an output, with its first value | atomic; process with `can_sleep = true` | `set` is called, for a line that `get_direction` does not call an input |
/// | `get` | who reads the line | atomic; process with `can_sleep = true` | `EIO` |
/// | `set` | who sets the line, an output | atomic; process with `can_sleep = true` | lines cannot be outputs |
// end
#[proc_macro_attribute]
pub fn gpio_chip(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("gpio_chip", item.into()).into()
}

/// What cools, or can be made to warm less, on a field of the type `Cooling<H>`, where `H` implements `CoolingOps`.
///
// keys: cooling
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "fan"` | what its file `type` shows, and by which thermal zones know it; in a `#[device]`, `{index}` stands for the device's number | the field's name; in a `#[device]`, its number behind it |
// end
///
/// What it does is said in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: cooling_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `get_max_state` | a read of `max_state`, and the kernel; since 6.1 once, when it is registered | process | must be there |
/// | `get_cur_state` | a read of `cur_state`, and what decides how much is to be cooled | process | must be there |
/// | `set_cur_state` | a write of `cur_state`, and what decides how much is to be cooled | process | must be there |
// end
#[proc_macro_attribute]
pub fn cooling(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("cooling", item.into()).into()
}

/// What gets warm, on a field of the type `ThermalZone<H>`, where `H` implements `ThermalOps`.
///
// keys: thermal_zone
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "stove"` | what its file `type` shows; in a `#[device]`, `{index}` stands for the device's number | the field's name; in a `#[device]`, its number behind it |
/// | `trips(active(60_000, cooled_by = "fan"), critical(110_000))` | at which temperatures, in thousandths of a degree, something is to be done: `active`, `passive`, `hot` or `critical`; in `rw(…)` those that can be set; with `hysteresis = 2_000`, and for the first two `cooled_by`, the name of the cooling devices | none |
/// | `polling_delay = 2000` | after how many milliseconds the kernel looks at it again, at all times | 0: never, but when `update` says so |
/// | `passive_delay = 1000` | the same, while a passive trip is passed | 0: as at all times |
// end
///
/// What is known of it is said in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: thermal_zone_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `get_temp` | a read of `temp`, and the kernel when it looks at the zone | process | must be there |
/// | `set_trip_temp` | a write of a trip's temperature | process | the kernel keeps it |
// end
#[proc_macro_attribute]
pub fn thermal_zone(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("thermal_zone", item.into()).into()
}

/// A clock, on a field of the type `Rtc<H>` of a device, where `H` implements `RtcOps`.
///
// keys: rtc
/// | key | meaning | default |
/// |---|---|---|
/// | `range = 946684800..=4102444799` | the times that the clock can have, in seconds since 1970 | any |
// end
///
/// What it does is said in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: rtc_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `read_time` | `RTC_RD_TIME`, a read of `time` or `date`, and the kernel | process | must be there |
/// | `set_time` | `RTC_SET_TIME`, and the kernel | process | EINVAL: it cannot be set |
// end
#[proc_macro_attribute]
pub fn rtc(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("rtc", item.into()).into()
}

/// A LED, on a field of the type `Led<H>`, where `H` implements `LedOps`.
///
// keys: led
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "lamp:red:status"` | the LED's name, in `/sys/class/leds`; in a `#[device]`, `{index}` stands for the device's number | the field's name; in a `#[device]`, its number behind it |
/// | `max_brightness = 1` | the largest brightness | 255 |
/// | `default_trigger = "heartbeat"` | the trigger that it has at first, if the kernel has it | none |
// end
///
/// What it does is said in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: led_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `brightness_set` | a write of `brightness`, a trigger, the kernel's timer for one that blinks, and the LED's end | atomic | `brightness_set_blocking` must be there |
/// | `brightness_set_blocking` | the same, by a work where that must not sleep | process | `brightness_set` must be there |
/// | `brightness_get` | the LED's registration, and a read of `brightness` | process | what was set last is read |
/// | `blink_set` | a trigger that has it blink, as `timer` | atomic | the kernel's timer turns it on and off |
// end
#[proc_macro_attribute]
pub fn led(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("led", item.into()).into()
}

/// A LED of several colours, on a field of the type `LedMulticolor<H>`, where `H` implements `LedMulticolorOps`.
///
// keys: led_multicolor
/// | key | meaning | default |
/// |---|---|---|
/// | `colors(red, green, blue)` | its colours, in the order in which the handler gets them: `white`, `red`, `green`, `blue`, `amber`, `violet`, `yellow`, `ir` | must be given |
/// | `name = "lamp:red:status"` | the LED's name, in `/sys/class/leds`; in a `#[device]`, `{index}` stands for the device's number | the field's name; in a `#[device]`, its number behind it |
/// | `max_brightness = 1` | the largest brightness | 255 |
/// | `default_trigger = "heartbeat"` | the trigger that it has at first, if the kernel has it | none |
// end
///
/// What it does is said in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: led_multicolor_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `brightness_set` | a write of `brightness` or `multi_intensity`, a trigger, the kernel's timer for one that blinks, and the LED's end | atomic | `brightness_set_blocking` must be there |
/// | `brightness_set_blocking` | the same, by a work where that must not sleep | process | `brightness_set` must be there |
// end
#[proc_macro_attribute]
pub fn led_multicolor(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("led_multicolor", item.into()).into()
}

/// What LEDs can show, on a field of the type `LedTrigger`.
///
// keys: led_trigger
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "busy"` | by which LEDs are given it, in their file `trigger`; in a `#[device]`, `{index}` stands for the device's number | the field's name; in a `#[device]`, its number behind it |
// end
#[proc_macro_attribute]
pub fn led_trigger(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("led_trigger", item.into()).into()
}

/// Memory that a device reads and writes by itself, on a field of the type `DmaBuf<T>`. It stands before all
/// other objects of the device but BARs.
///
// keys: dma
/// | key | meaning | default |
/// |---|---|---|
/// | `bits = 32` | how many bits the addresses have that the device takes, from 1 to 64; on the first field of its device that is for DMA, and for all of them | what `probe` says by `dma_set_mask`, or 32 |
// end
#[proc_macro_attribute]
pub fn dma(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("dma", item.into()).into()
}

/// A device's interrupt, on a field of the type `Irq<H>`, where `H` implements `IrqHandler`.
///
// keys: irq
/// | key | meaning | default |
/// |---|---|---|
/// | `vector = 1` | which one of a PCI device's interrupts it is, from 0 to 2047; of an array, which one the first is | 0 |
/// | `kinds(msi, intx)` | on the first of a PCI device's interrupts, the kinds that the driver takes: `msix`, `msi` and `intx`, of which the kernel takes the first that the device has | all of them |
/// | `index = 0` | instead of these, which one of a platform device's interrupts it is, from 0 to 255; of an array, which one the first is | it is a PCI device's |
/// | `gpio = button` | instead of these, the field under `#[gpio]` of the same struct whose line it is of, an input; an array of lines has an array of interrupts | it is a PCI device's |
/// | `edge = both` | with `gpio`, what of the line's level is one: `rising`, `falling` or `both`, whichever is active | must be given with `gpio` |
// end
///
/// What it does is said in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: irq_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `handle` | the kernel, when the line is raised | atomic | `thread` is called at once; the line stays masked until it returns |
/// | `thread` | the interrupt's thread, when `handle` has returned `IrqReturn::WakeThread`, or is absent | process | there is no thread |
// end
#[proc_macro_attribute]
pub fn irq(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("irq", item.into()).into()
}

/// What maps memory of the driver's for its device, on a field of its [`#[device]`](macro@device) struct that is a
/// `DmaStream`.
///
// keys: dma_stream
/// | key | meaning | default |
/// |---|---|---|
/// | `bits = 32` | how many bits the addresses have that the device takes, from 1 to 64; on the first field of its device that is for DMA, and for all of them | what `probe` says by `dma_set_mask`, or 32 |
// end
#[proc_macro_attribute]
pub fn dma_stream(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("dma_stream", item.into()).into()
}

/// Registers in a memory resource of a platform device, on a field of its [`#[device]`](macro@device) struct
/// that is an `IoMem` of them.
///
// keys: iomem
/// | key | meaning | default |
/// |---|---|---|
/// | `index = 0` | which one of the device's memory resources it is, from 0 to 255 | must be given |
// end
#[proc_macro_attribute]
pub fn iomem(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("iomem", item.into()).into()
}

/// Registers at a fixed I/O port, on a field of a module or a [`#[device]`](macro@device) that is a
/// `PortRegion` of them.
///
// keys: ports
/// | key | meaning | default |
/// |---|---|---|
/// | `base = 0x2e` | the number of the first port, from 0x1 to 0xffff; the map says how many there are | must be given |
// end
#[proc_macro_attribute]
pub fn ports(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("ports", item.into()).into()
}

/// Makes a struct a map of a device's registers: each field is a register, or an array of some.
///
/// ```ignore
/// #[registers(size = 0x100)]
/// struct Uart {
///     /// What was received.
///     #[ro(0x00)]
///     receive: u32,
///     #[rw(0x08)]
///     control: Control,
///     #[rw(0x40)]
///     divisors: [u16; 8],
/// }
/// ```
///
/// A field's attribute says which way the register goes, `ro`, `wo`, `rw`, `rc` (cleared by being read) or
/// `w1c` (cleared by ones), and how many bytes into the map it is; under `block` it is a map of its own. Its
/// type is `u8`, `u16`, `u32`, `u64`, or a struct under [`#[bits]`](macro@bits). It becomes a constant of the
/// struct, here `Uart::CONTROL`, by which it is read and written.
///
// keys: registers
/// | key | meaning | default |
/// |---|---|---|
/// | `size = 0x100` | how many bytes the registers take: what is mapped has as many, or more | must be given |
/// | `endian = big` | `little` or `big` | `little`, as nearly all devices are |
/// | `word = u16` | that all are a `u8`, `u16`, `u32` or `u64`, and that `size`, offsets and strides are numbers of registers, as chips on I2C and SPI have them | they are bytes |
// end
///
/// After a register's offset:
///
// keys: rw
/// | key | meaning | default |
/// |---|---|---|
/// | `stride = 0x10` | of an array: how many bytes it is from one to the next | they follow each other without a gap |
/// | `alias = other` | the register in whose place this one is, too, as something else | no two registers overlap |
/// | `reset = 0x01` | what it holds after a reset: the constant `NAME_RESET` of its type | there is no such constant |
/// | `volatile = true` | whether it changes by itself, or does something when it is written, so that a [`Regmap`](regmap.md) does not cache it | `false` of `rw`, else `true` |
// end
#[proc_macro_attribute]
pub fn registers(args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::registers(args.into(), item.into(), &krate::path()).into()
}

/// Makes a struct the value of a register that has bit fields.
///
/// ```ignore
/// #[bits(u32)]
/// struct Control {
///     #[bit(0)]
///     enabled: bool,
///     #[bit(4..=6)]
///     parity: Parity,
/// }
/// ```
///
/// A field of it is read by the method of its name, and `with_` and its name give the same value with
/// another one in it. Its type is `bool`, an unsigned integer, or an enum under
/// [`#[derive(BitsEnum)]`](macro@BitsEnum), of which is read a `Result`: a device can have any bits there.
#[proc_macro_attribute]
pub fn bits(args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::bits(args.into(), item.into(), &krate::path()).into()
}

/// Makes an enum what a bit field can be: each variant stands for the bits of its number.
///
/// ```ignore
/// #[derive(BitsEnum)]
/// enum Parity {
///     None = 0,
///     Even = 2,
///     Odd = 3,
/// }
/// ```
#[proc_macro_derive(BitsEnum)]
pub fn bits_enum(item: TokenStream) -> TokenStream {
    attributes::bits_enum(item.into(), &krate::path()).into()
}

/// A file in debugfs, on a field whose type implements `TextFile`, as the atomics of `core` do.
///
// keys: debugfs
/// | key | meaning | default |
/// |---|---|---|
/// | `path = "ticket/stats"` | the path in debugfs, below `/sys/kernel/debug`: a name, with folders before it, which the module makes; in a `#[device]`, `{index}` stands for the device's number | must be given |
/// | `mode = 0o644` | the file's mode | `0o444`; of a type with a `write` handler, its owner may write, too |
/// | `capability = "CAP_SYS_ADMIN"` | the capability that who opens it must have, or `open(2)` is `EPERM`: C's `capable()`, asked before `open` | none is asked for |
// end
///
/// A type of one's own says what the file does, as that of a [`#[proc]`](macro@proc).
#[proc_macro_attribute]
pub fn debugfs(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("debugfs", item.into()).into()
}

/// A file of the module or of a device in sysfs, on a field whose type implements `SysfsFile`, as the
/// atomics of `core` do.
///
// keys: sysfs
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "sold"` | the file's name in `/sys/module/NAME`; in a `#[device]`, in the device's folder | the field's name |
/// | `of = ticket` | the field under `#[misc]` or `#[chrdev]` whose device the file belongs to: it is in the device's folder before user space hears of the device | the file is the module's; in a `#[device]`, of the device that the driver is bound to |
/// | `group = "limits"` | a folder in that folder, in which the file is; it is there with the first file in it, and goes with the last | the file is in the folder itself |
/// | `mode = 0o644` | the file's mode | `0o444`; of a type with a `store` handler, its owner may write, too |
/// | `capability = "CAP_SYS_ADMIN"` | the capability that who reads or writes it must have, each time, or that is `EPERM`: C's `capable()`, asked before the handler runs | none is asked for |
// end
///
/// A type of one's own says what the file does in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: sysfs_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `is_visible` | `insmod`, or the device's probe, before the file is made | process | the file is there |
/// | `show` | `read(2)`, at the file's beginning | process | EACCES of `open(2)` |
/// | `store` | `write(2)` | process | EACCES of `open(2)` |
// end
#[proc_macro_attribute]
pub fn sysfs(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("sysfs", item.into()).into()
}

/// A file of bytes of the module or of a device in sysfs, on a field whose type implements `SysfsBinary`, as a
/// `Mutex<[u8; N]>` does.
///
// keys: sysfs_bin
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "eeprom"` | the file's name in `/sys/module/NAME`; in a `#[device]`, in the device's folder | the field's name |
/// | `of = ticket` | the field under `#[misc]` or `#[chrdev]` whose device the file belongs to: it is in the device's folder before user space hears of the device | the file is the module's; in a `#[device]`, of the device that the driver is bound to |
/// | `group = "limits"` | a folder in that folder, in which the file is; it is there with the first file in it, and goes with the last | the file is in the folder itself |
/// | `size = 256` | how many bytes it has: `stat(2)` says so, and the kernel lets nobody read or write behind them | that of an array; else it is not known, `stat(2)` says 0, and who reads goes on until the handler gives nothing |
/// | `mode = 0o644` | the file's mode | `0o444`; of a type with a `write` handler, its owner may write, too |
/// | `capability = "CAP_SYS_ADMIN"` | the capability that who reads or writes it must have, each time, or that is `EPERM`: C's `capable()`, asked before the handler runs | none is asked for |
// end
///
/// A type of one's own says what the file does in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: sysfs_bin_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `is_visible` | `insmod`, or the device's probe, before the file is made | process | the file is there |
/// | `read` | `read(2)`, for at most a page | process | EACCES of `open(2)` |
/// | `write` | `write(2)`, with at most a page | process | EACCES of `open(2)` |
// end
#[proc_macro_attribute]
pub fn sysfs_bin(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("sysfs_bin", item.into()).into()
}

/// A file of bytes in debugfs, on a field whose type implements `SysfsBinary`, as for
/// [`#[sysfs_bin]`](macro@sysfs_bin).
///
// keys: debugfs_bin
/// | key | meaning | default |
/// |---|---|---|
/// | `path = "ticket/stats"` | the path in debugfs, below `/sys/kernel/debug`: a name, with folders before it, which the module makes; in a `#[device]`, `{index}` stands for the device's number | must be given |
/// | `size = 256` | how many bytes it has: `stat(2)` says so, and the kernel lets nobody read or write behind them | that of an array; else it is not known, `stat(2)` says 0, and who reads goes on until the handler gives nothing |
/// | `mode = 0o644` | the file's mode | `0o444`; of a type with a `write` handler, its owner may write, too |
/// | `capability = "CAP_SYS_ADMIN"` | the capability that who opens it must have, or `open(2)` is `EPERM`: C's `capable()`, asked before `open` | none is asked for |
// end
///
/// A type of one's own says what the file does in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: sysfs_bin_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `is_visible` | `insmod`, or the device's probe, before the file is made | process | the file is there |
/// | `read` | `read(2)`, for at most a page | process | EACCES of `open(2)` |
/// | `write` | `write(2)`, with at most a page | process | EACCES of `open(2)` |
// end
#[proc_macro_attribute]
pub fn debugfs_bin(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("debugfs_bin", item.into()).into()
}

/// A file below `/proc`, on a field whose type implements `TextFile`, as the atomics of `core` do.
///
// keys: proc
/// | key | meaning | default |
/// |---|---|---|
/// | `path = "ticket/stats"` | the path below `/proc`: a name, or a folder and a name; the folder is made by the module, unless it is the kernel's `driver`, `fs` or `bus` | must be given |
/// | `mode = 0o644` | the file's mode | `0o444`; of a type with a `write` handler, its owner may write, too |
/// | `capability = "CAP_SYS_ADMIN"` | the capability that who opens it must have, or `open(2)` is `EPERM`: C's `capable()`, asked before `open` | none is asked for |
// end
///
/// A type of one's own says what the file does in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: text_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `show` | `read(2)`, at the file's beginning, and again if the text did not fit | process | EIO in `/proc`, EINVAL in debugfs |
/// | `row` | `read(2)`, for each row of a long table, and again for one that did not fit | process | `show` gives all of the text |
/// | `write` | `write(2)` | process | EIO in `/proc`, EINVAL in debugfs |
// end
#[proc_macro_attribute]
pub fn proc(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("proc", item.into()).into()
}

/// A timer, on a field of the type `Timer`.
///
// keys: timer
/// | key | meaning | default |
/// |---|---|---|
// end
///
/// What the timer does stands in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: timer_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `expired` | the kernel, once the time has passed | atomic | must be there |
// end
#[proc_macro_attribute]
pub fn timer(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("timer", item.into()).into()
}

/// A probe at the beginning of one of the kernel's functions, on a field of the type `Kprobe`.
///
// keys: kprobe
/// | key | meaning | default |
/// |---|---|---|
/// | `symbol = "do_sys_openat2"` | the function, by its name in `/proc/kallsyms`; of a module's, `"module:function"` | must be given |
// end
///
/// What it does stands in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: kprobe_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `entered` | the kernel, whenever the function is called | atomic | must be there |
// end
#[proc_macro_attribute]
pub fn kprobe(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("kprobe", item.into()).into()
}

/// A probe at the return of one of the kernel's functions, on a field of the type `Kretprobe`.
///
// keys: kretprobe
/// | key | meaning | default |
/// |---|---|---|
/// | `symbol = "do_sys_openat2"` | the function, by its name in `/proc/kallsyms`; of a module's, `"module:function"` | must be given |
/// | `maxactive = 64` | how many calls that have not returned are seen at once, over all CPUs | the kernel's own number, which grows with the CPUs |
// end
///
/// What it does stands in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: kretprobe_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `entered` | the kernel, whenever the function is called | atomic | nothing is kept, and each return is seen |
/// | `returned` | the kernel, when such a call returns | atomic | must be there |
// end
#[proc_macro_attribute]
pub fn kretprobe(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("kretprobe", item.into()).into()
}

/// Makes a field a handler on one of the kernel's tracepoints: a `Tracepoint<Handler>`.
///
// keys: tracepoint
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "sched_process_exit"` | the tracepoint, by its name: in `events/sched/sched_process_exit` the last part | must be given |
/// | `header = "trace/events/sched.h"` | the kernel's header that declares it | the one among `trace/events/*.h` that does |
// end
///
/// Its handler stands in an `impl TracepointHandler` under [`#[handlers]`](macro@handlers):
///
// keys: tracepoint_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `hit` | the kernel, whenever it comes by | atomic | must be there |
// end
#[proc_macro_attribute]
pub fn tracepoint(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("tracepoint", item.into()).into()
}

/// A notifier of one of the kernel's chains, on a field of the type `Notifier`.
///
// keys: notifier
/// | key | meaning | default |
/// |---|---|---|
/// | `reboot` | the system is to restart, halt or be switched off: `RebootEvent`; process context | one chain must be given |
/// | `module` | a module comes, is live, goes: `ModuleEvent`; process context; one that comes can be refused | one chain must be given |
/// | `netdevice` | a network device comes, goes, is changed: `NetdeviceEvent`; process context; some can be refused | one chain must be given |
/// | `inetaddr` | a network device gets or loses an address of IPv4: `InetaddrEvent`; process context | one chain must be given |
/// | `pm` | the system is to sleep, or has woken: `PmEvent`; process context; sleep can be refused | one chain must be given |
/// | `cpu` | a CPU comes or goes: `CpuEvent`; process context; one that comes can be refused | one chain must be given |
/// | `keyboard` | a key of the console: `KeyboardEvent`; atomic context; a key can be taken | one chain must be given |
/// | `die` | an oops, or a trap that debuggers are told of: `DieEvent`; atomic context, wherever the kernel is | one chain must be given |
/// | `panic` | the kernel panics: `PanicEvent`; atomic context, wherever the kernel is | one chain must be given |
// end
///
/// What it does stands in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: notifier_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `notify` | the kernel, when it tells the chain | its chain's | must be there |
// end
#[proc_macro_attribute]
pub fn notifier(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("notifier", item.into()).into()
}

/// A work, on a field of the type `Work` or `DelayedWork`.
///
// keys: work
/// | key | meaning | default |
/// |---|---|---|
/// | `queue = events` | where it is queued: a field under `#[workqueue]` that stands before it, or one of the system's queues: `"highpri"`, `"long"`, `"unbound"`, `"freezable"` | the system's, that of `schedule_work()` |
// end
///
/// What the work does stands in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: work_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `run` | a worker thread, once the work is queued | process | must be there |
// end
#[proc_macro_attribute]
pub fn work(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("work", item.into()).into()
}

/// A timer that is finer than a jiffy, on a field of the type `Hrtimer`.
///
// keys: hrtimer
/// | key | meaning | default |
/// |---|---|---|
/// | `clock = boottime` | the clock that it goes by: `monotonic`, `boottime` or `realtime` | `monotonic` |
/// | `mode = abs` | whether it is armed for so long after now, `rel`, or for a time of its clock, `abs` | `rel` |
// end
///
/// What the timer does stands in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: hrtimer_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `expired` | the kernel, once the time has passed | atomic | must be there |
// end
#[proc_macro_attribute]
pub fn hrtimer(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("hrtimer", item.into()).into()
}

/// A thread, on a field of the type `Kthread`.
///
// keys: kthread
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "ticket"` | the task's name, of at most 15 characters | the field's name |
/// | `nice = 5` | its nice value, from -20 to 19 | 0 |
/// | `cpu = 0` | the CPU on which it stays | any |
// end
///
/// What the thread does stands in an `impl` under [`#[handlers]`](macro@handlers):
///
// keys: kthread_handlers
/// | handler | called by | context | when absent |
/// |---|---|---|---|
/// | `run` | the thread, once it is registered, and when it is started again | process | must be there |
// end
#[proc_macro_attribute]
pub fn kthread(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("kthread", item.into()).into()
}

/// A queue of works, on a field of the type `WorkQueue` that stands before its works.
///
// keys: workqueue
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "ticket"` | the queue's name, of at most 23 characters | the field's name |
/// | `flags(unbound, mem_reclaim)` | any of `unbound`, `freezable`, `mem_reclaim`, `highpri`, `cpu_intensive`, `sysfs`: the kernel's `WQ_…`; and `ordered`: one work at a time, in the order of queueing | none: works stay on the CPU that queued them |
/// | `max_active = 4` | how many of its works run at once on a CPU | the kernel's own number |
// end
#[proc_macro_attribute]
pub fn workqueue(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("workqueue", item.into()).into()
}

/// A kernel object of another crate, on a field whose type implements `FieldObject`.
///
// keys: object
/// | key | meaning | default |
/// |---|---|---|
// end
#[proc_macro_attribute]
pub fn object(_args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::misplaced("object", item.into()).into()
}

/// Makes a struct that of a driver's devices, of which there are as many as the driver has found.
///
/// Its fields are state, or by attribute kernel objects: `#[bar]`, `#[regmap]`, `#[dma]`, `#[gpio]`, `#[irq]`, and as those of a module `#[misc]`, `#[timer]`,
/// `#[hrtimer]`, `#[work]`, `#[workqueue]`, `#[kthread]`, `#[notifier]`, `#[led]`, `#[hwmon]`, `#[iio]`, `#[input]`, `#[backlight]`, `#[watchdog]`, `#[rfkill]`, `#[power_supply]`, `#[thermal_zone]`, `#[cooling]`, `#[gpio_chip]`, `#[rtc]`, `#[object]`. They are registered when `probe` has returned it, and taken back when the
/// device goes.
#[proc_macro_attribute]
pub fn device(args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::device(args.into(), item.into(), &krate::path()).into()
}

/// Makes a struct that of an open file, with objects of its own: the `PerOpen<..>` of a device's
/// `FileOperations`.
///
/// Its fields are state, or by attribute kernel objects: `#[timer]`, `#[hrtimer]`, `#[work]`, `#[workqueue]`,
/// `#[kthread]`, `#[object]`. They are registered when `open` has returned it, and taken back after
/// `release`.
#[proc_macro_attribute]
pub fn per_open(args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::per_open(args.into(), item.into(), &krate::path()).into()
}

/// Completes an `impl` of a trait of handlers: `TimerHandler`, `HrtimerHandler`,
/// `WorkHandler`, `KthreadHandler`, `NotifierHandler`, `IrqHandler`, `PciDriver`, `I2cDriver`, `SpiDriver`, `HidDriver`, `UsbDriver`, `UrbHandler`, `WmiDriver`, `PlatformDriver`, `LedOps`, `HwmonOps`, `IioOps`, `InputOps`,
/// `BacklightOps`, `WatchdogOps`, `RfkillOps`, `PowerSupplyOps`, `ThermalOps`, `CoolingOps`, `GpioOps`, `RtcOps`.
///
/// Adds the types that are left out, such as `type Module = ();`, and tells the kernel which handlers
/// are there: one that is absent is a NULL slot of its table.
#[proc_macro_attribute]
pub fn handlers(args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::named_handlers(args.into(), item.into(), &krate::path()).into()
}

/// An item for each key of each attribute, which carries the key's documentation.
#[doc(hidden)]
#[proc_macro]
pub fn documented_keys(_input: TokenStream) -> TokenStream {
    documentation::items().into()
}

/// Makes a struct a trace event of the module, which perf, ftrace and bpftrace see with its fields. It has no
/// keys.
///
/// ```ignore
/// /// The door was opened.
/// #[trace_event]
/// struct Opened<'a> {
///     minor: u32,
///     why: &'a CStr,
/// }
///
/// Opened::trace(|| Opened { minor, why });
/// ```
///
/// The event is called `NAME:NAME_opened`, after the module and the struct. Fields are `bool`, integers up to 64
/// bits, arrays of such integers, the name of a task (`Comm`), and texts: `&CStr` and `&str`. The closure runs
/// only while somebody traces the event.
#[proc_macro_attribute]
pub fn trace_event(args: TokenStream, item: TokenStream) -> TokenStream {
    attributes::trace_event(args.into(), item.into(), &krate::path()).into()
}

/// Makes an enum a type that a parameter can have: a value is given, and shown, by its name.
///
/// ```ignore
/// #[derive(Clone, Copy, ParamEnum)]
/// enum Mode {
///     Slow,          // mode=slow
///     VeryFast,      // mode=very_fast
///     #[param(name = "off")]
///     Disabled,      // mode=off
/// }
/// ```
///
/// Any other text is EINVAL, and the log says which names there are. The key of `#[param]` on a
/// variant:
///
// keys: param_enum
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "very-fast"` | the value's name | the variant's in `snake_case` |
// end
#[proc_macro_derive(ParamEnum, attributes(param))]
pub fn param_enum(item: TokenStream) -> TokenStream {
    attributes::param_enum(item.into(), &krate::path()).into()
}

/// The name of a firmware file that the key `firmware` of a module has; one that it has not does not compile.
///
/// ```ignore
/// const MICROCODE: FirmwareName = firmware_name!(Card, "acme/card.bin");
/// ```
#[proc_macro]
pub fn firmware_name(input: TokenStream) -> TokenStream {
    firmware_name::expand(input.into(), &krate::path()).into()
}

/// What `pr_info!` and its kin expand to.
#[doc(hidden)]
#[proc_macro]
pub fn printk(input: TokenStream) -> TokenStream {
    printk::expand(input.into()).into()
}
