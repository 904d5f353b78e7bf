// SPDX-License-Identifier: GPL-2.0-only
//! Linux kernel modules in safe Rust: the attributes.
//!
//! The way of an attribute, a folder per stage:
//!
//! | stage | job |
//! |---|---|
//! | `parse` | syntax only: keys, literals, the forms that values have |
//! | `model` | what was written, typed, with the place where it stands |
//! | `check` | the rules; reports every breach, each with its mending |
//! | `expand` | tokens; cannot fail |
//!
//! An attribute of a field is a file in each folder and a line in the table of
//! `objects`. Everything runs on `proc_macro2`, so unit tests feed it token streams.

mod check;
mod errors;
mod expand;
mod krate;
mod model;
mod objects;
mod parse;
mod printk;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

/// Makes a struct a kernel module.
///
/// ```ignore
/// /// Hands out ticket numbers.
/// #[kernel_module(name = "ticket", license = "GPL")]
/// struct Ticket { /* … */ }
/// ```
///
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "…"` | the module's name, as `lsmod` shows it | must be given |
/// | `license = "…"` | one of the kernel's licence idents, `"GPL"` for example | must be given |
/// | `authors = ["…"]` | who wrote it, one string each | none |
/// | `description = "…"` | what it does, in a line | first paragraph of the struct's doc comment |
/// | `version = "…"` | its version | none |
/// | `alias = ["…"]` | further names under which `modprobe` finds it | none |
/// | `softdep = "pre: … post: …"` | modules that `modprobe` loads before and after it | none |
/// | `firmware = ["…"]` | firmware files that it asks for | none |
/// | `import_ns = ["…"]` | symbol namespaces that it imports | none |
/// | `params(…)` | the parameters, see below | none |
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
/// Types are `bool`, the integers up to 64 bits, `&str` and `&CStr`. Its value is read through the
/// accessor of its name on the generated struct, here `TicketParams`.
///
/// | key of `#[param(…)]` | meaning | default |
/// |---|---|---|
/// | `perm = 0o…` | mode of its file in `/sys/module/NAME/parameters`; 0 for no file | `0o444` |
/// | `range = a..=b` | the values that it takes; integers only | all of the type |
///
/// # Fields
///
/// A field is plain state, or by attribute a kernel object that is registered when the module is
/// loaded: [`#[chrdev]`](macro@chrdev), [`#[chrdev_region]`](macro@chrdev_region),
/// [`#[sysctl]`](macro@sysctl), [`#[filesystem]`](macro@filesystem).
#[proc_macro_attribute]
pub fn kernel_module(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::kernel_module(args.into(), item.into(), &krate::path()).into()
}

/// Completes an `impl FileOperations`.
///
/// Adds `type Module = ();`, `type PerOpen = ();` and an `open` that always succeeds where they are
/// left out, and tells the kernel which handlers are there: one that is absent is a NULL slot of
/// `file_operations`, so that the kernel answers as it does for a C module without it.
///
/// | handler | called by | when absent |
/// |---|---|---|
/// | `open` | `open(2)` | succeeds; must be there if `PerOpen` is |
/// | `release` | the last `close(2)` | nothing more than dropping `PerOpen` |
/// | `read` | `read(2)`, `pread(2)` | EINVAL |
/// | `write` | `write(2)`, `pwrite(2)` | EINVAL |
/// | `llseek` | `lseek(2)` | ESPIPE |
#[proc_macro_attribute]
pub fn file_operations(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::file_operations(args.into(), item.into(), &krate::path()).into()
}

/// A character device, on a field of the module struct whose type implements `FileOperations`.
///
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "…"` | the node's name in `/dev`; with several minors, the number follows it | the field's name |
/// | `mode = 0o…` | the node's mode | `0o600` |
/// | `minors = n` | how many minors, from 0 on | 1 |
#[proc_macro_attribute]
pub fn chrdev(_args: TokenStream, item: TokenStream) -> TokenStream {
    expand::misplaced("chrdev", item.into()).into()
}

/// Character device numbers without a device, on a field of the type `ChrdevRegion`.
///
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "…"` | the name in `/proc/devices` | the field's name |
/// | `minors = n` | how many minors, from 0 on | 1 |
#[proc_macro_attribute]
pub fn chrdev_region(_args: TokenStream, item: TokenStream) -> TokenStream {
    expand::misplaced("chrdev_region", item.into()).into()
}

/// A file under `/proc/sys`, on a field that holds the value.
///
/// | key | meaning | default |
/// |---|---|---|
/// | `path = "folder/name"` | the path below `/proc/sys` | must be given |
/// | `mode = 0o…` | the file's mode | `0o644` |
/// | `range = a..=b` | the values that it takes; integers only | all of the type |
#[proc_macro_attribute]
pub fn sysctl(_args: TokenStream, item: TokenStream) -> TokenStream {
    expand::misplaced("sysctl", item.into()).into()
}

/// A file system, on a field whose type implements `FileSystem`.
///
/// | key | meaning | default |
/// |---|---|---|
/// | `name = "…"` | the type for `mount -t` | the field's name |
/// | `magic = 0x…` | the magic number that `statfs(2)` gives | `0x6b6d6f64` |
#[proc_macro_attribute]
pub fn filesystem(_args: TokenStream, item: TokenStream) -> TokenStream {
    expand::misplaced("filesystem", item.into()).into()
}

/// What `pr_info!` and its kin expand to.
#[doc(hidden)]
#[proc_macro]
pub fn printk(input: TokenStream) -> TokenStream {
    printk::expand(input.into()).into()
}
