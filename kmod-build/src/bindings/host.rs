// SPDX-License-Identifier: GPL-2.0-only
//! The bindings of a build on the host: the crate's own stand-ins.

use std::path::{Path, PathBuf};

/// For functions that no test on the host needs.
const KERNEL_ONLY: &str = r#"/// Functions that no test on the host needs: a call of one panics.
#[allow(unused_macros, reason = "stand-ins may do without it")]
macro_rules! kernel_only {
    ($(fn $name:ident($($arg:ident: $type:ty),* $(,)?) $(-> $ret:ty)?;)*) => {$(
        pub unsafe extern "C" fn $name($($arg: $type),*) $(-> $ret)? {
            $(let _ = $arg;)*
            unimplemented!(concat!(stringify!($name), "() needs a kernel"))
        }
    )*};
}
"#;

/// A module of each file, all of whose names are the bindings': `super` is all of them.
pub fn modules<'a>(files: impl Iterator<Item = (String, &'a PathBuf)>) -> String {
    let mut text = KERNEL_ONLY.to_owned();
    for (name, file) in files {
        text += &format!(
            "#[path = {file:?}]\nmod {name}_host;\npub use {name}_host::*;\n",
            file = Path::new(file)
        );
    }
    text
}
