// SPDX-License-Identifier: GPL-2.0-only
//! Module parameters below `/sys/module` and sysctls below `/proc/sys`.

use std::fs;
use std::io;

use crate::guest;

/// The value of a parameter of the module under test, without the newline that sysfs adds.
///
/// # Errors
/// ENOENT when there is no such parameter, its `perm` is 0 or the module is not loaded.
pub fn param(name: &str) -> io::Result<String> {
    param_of(&guest::module_name(), name)
}

/// The same for any `module`.
///
/// # Errors
/// As [`param`].
pub fn param_of(module: &str, name: &str) -> io::Result<String> {
    guest::require();
    read_line(&param_path(module, name))
}

/// Writes a parameter of the module under test.
///
/// # Errors
/// As [`param`]; EACCES-like errors do not occur for root, the kernel answers EIO when the parameter
/// cannot be written, EINVAL or ERANGE for a bad value.
pub fn set_param(name: &str, value: &str) -> io::Result<()> {
    set_param_of(&guest::module_name(), name, value)
}

/// The same for any `module`.
///
/// # Errors
/// As [`set_param`].
pub fn set_param_of(module: &str, name: &str, value: &str) -> io::Result<()> {
    guest::require();
    write_existing(&param_path(module, name), value)
}

/// The value of the sysctl `path` (`"ticket/step"`), without its last newline.
///
/// # Errors
/// ENOENT when there is none; else what its handler returned.
pub fn sysctl(path: &str) -> io::Result<String> {
    guest::require();
    read_line(&format!("/proc/sys/{path}"))
}

/// Writes `value` to the sysctl `path`, in one `write(2)`.
///
/// # Errors
/// ENOENT when there is none; else what its handler returned, EINVAL for most bad values.
pub fn set_sysctl(path: &str, value: &str) -> io::Result<()> {
    guest::require();
    write_existing(&format!("/proc/sys/{path}"), value)
}

fn param_path(module: &str, name: &str) -> String {
    let module = module.replace('-', "_");
    format!("/sys/module/{module}/parameters/{name}")
}

fn read_line(path: &str) -> io::Result<String> {
    let mut text = fs::read_to_string(path)?;
    if text.ends_with('\n') {
        text.pop();
    }
    Ok(text)
}

/// One `write(2)`; the file must exist.
fn write_existing(path: &str, value: &str) -> io::Result<()> {
    use io::Write;
    let mut file = fs::OpenOptions::new().write(true).open(path)?;
    let written = file.write(value.as_bytes())?;
    if written == value.len() {
        Ok(())
    } else {
        Err(io::Error::new(
            io::ErrorKind::WriteZero,
            format!("{path} took {written} of {} bytes", value.len()),
        ))
    }
}
