// SPDX-License-Identifier: GPL-2.0-only
//! Loading and unloading modules.

use std::collections::BTreeSet;
use std::ffi::CString;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use crate::guest;

/// A loaded module. Unloaded when dropped; a failure to unload then panics.
#[derive(Debug)]
#[must_use = "the module is unloaded when this is dropped"]
pub struct Loaded {
    name: String,
}

/// Loads the module under test with `params`, each one `name=value` as on `insmod`'s command line.
///
/// # Errors
/// What `finit_module(2)` gives (`raw_os_error` has the errno): EEXIST when it is loaded already,
/// EINVAL or ERANGE for a parameter's value, whatever the module's own `init` returned.
pub fn load(params: &[&str]) -> io::Result<Loaded> {
    load_named(&guest::module_name(), params)
}

/// Loads the C twin of the module under test: `NAME_c.ko`.
///
/// # Errors
/// As [`load`]; ENOENT when there is no twin.
pub fn load_twin(params: &[&str]) -> io::Result<Loaded> {
    load_named(&format!("{}_c", guest::module_name()), params)
}

/// Loads the module `name` of those that the VM was given.
///
/// # Errors
/// As [`load`]; ENOENT when the VM has no such module.
pub fn load_named(name: &str, params: &[&str]) -> io::Result<Loaded> {
    guest::require();
    let file = File::open(module_path(name))?;
    let params = CString::new(params.join(" "))?;
    rustix::system::finit_module(&file, &params, 0)?;
    let name = name.replace('-', "_");
    tell_place(&name);
    Ok(Loaded { name })
}

/// The variable by which the guest is asked to tell, in the kernel's log, where modules lie: for a debugger.
#[doc(hidden)]
pub const TOLD_PLACES: &str = "KMOD_TOLD_PLACES";

/// What such a line begins with, before the module's name and ` at ADDRESS`.
#[doc(hidden)]
pub const PLACE: &str = "kmod_test: the code of ";

/// Tells where the code of a module lies that has been loaded, if that was asked for. What cannot be told is
/// only not seen by the debugger.
#[doc(hidden)]
pub fn tell_place(name: &str) {
    if std::env::var_os(TOLD_PLACES).is_none() {
        return;
    }
    let text = format!("/sys/module/{name}/sections/.text");
    if let Ok(at) = std::fs::read_to_string(text) {
        // An error, as far as the kernel knows: only those reach the console.
        let line = format!("<3>{PLACE}{name} at {}\n", at.trim());
        let _ = std::fs::write("/dev/kmsg", line);
    }
}

/// Unloads a module by name, as `rmmod` does.
///
/// # Errors
/// What `delete_module(2)` gives: ENOENT when it is not loaded, EBUSY or EWOULDBLOCK while in use.
pub fn unload(name: &str) -> io::Result<()> {
    guest::require();
    let name = CString::new(name)?;
    Ok(rustix::system::delete_module(&name, libc::O_NONBLOCK)?)
}

/// Where the VM keeps the module file `name`.ko.
#[must_use]
pub fn module_path(name: &str) -> PathBuf {
    Path::new("/modules").join(format!("{name}.ko"))
}

/// The fields of `.modinfo` in the module file `name`.ko that begin with this, `alias=pci:` say.
///
/// # Errors
/// ENOENT when the VM has no such module.
pub fn modinfo(name: &str, begin: &str) -> io::Result<BTreeSet<String>> {
    let bytes = std::fs::read(module_path(name))?;
    let fields = bytes.split(|byte| *byte == 0);
    let fields = fields.filter_map(|field| str::from_utf8(field).ok());
    let wanted = fields.filter(|field| field.starts_with(begin));
    Ok(wanted.map(str::to_owned).collect())
}

/// Whether `/proc/modules` lists `name`.
#[must_use]
pub fn is_loaded(name: &str) -> bool {
    std::fs::read_to_string("/proc/modules")
        .unwrap_or_default()
        .lines()
        .any(|line| line.split(' ').next() == Some(name))
}

impl Loaded {
    /// The module's name, as in `/proc/modules`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Unloads the module.
    ///
    /// # Errors
    /// As [`unload`]. The module then stays loaded and the guard comes back with the error.
    pub fn unload(self) -> Result<(), (Loaded, io::Error)> {
        match unload(&self.name) {
            Ok(()) => {
                std::mem::forget(self);
                Ok(())
            }
            Err(error) => Err((self, error)),
        }
    }

    /// Tries to unload the module and says how that went; it need not succeed (EBUSY, say).
    ///
    /// # Errors
    /// As [`unload`].
    pub fn try_unload(&self) -> io::Result<()> {
        unload(&self.name)
    }

    /// How many users the module has: its reference count.
    ///
    /// # Errors
    /// When `/sys/module/NAME/refcnt` cannot be read.
    pub fn refcount(&self) -> io::Result<u32> {
        let text = std::fs::read_to_string(format!("/sys/module/{}/refcnt", self.name))?;
        text.trim().parse().map_err(io::Error::other)
    }
}

impl Drop for Loaded {
    fn drop(&mut self) {
        if !is_loaded(&self.name) {
            return; // `try_unload` succeeded
        }
        let result = unload(&self.name);
        if !std::thread::panicking() {
            result.unwrap_or_else(|e| panic!("unloading `{}`: {e}", self.name));
        }
    }
}
