// SPDX-License-Identifier: GPL-2.0-only
//! What the attributes name is what they mean, whatever a crate calls itself.

use std::fs;
use std::path::Path;

use crate::support::kmod;

/// `::core` is the crate itself, which says of sizes what it likes.
const SOURCE: &str = "#![no_std]\n\
    #![forbid(unsafe_code)]\n\
    extern crate core as genuine;\n\
    extern crate self as core;\n\
    pub use genuine::*;\n\
    pub mod mem {\n\
    pub use genuine::mem::*;\n\
    pub const fn size_of<T>() -> usize { 8 }\n\
    }\n\
    use kmod_core::prelude::*;\n\
    /// Lies\n\
    #[kernel_module(name = \"renamed\", license = \"GPL\")]\n\
    #[derive(Default)]\n\
    struct Renamed { count: AtomicU32 }\n";

#[test]
fn a_crate_that_renames_core_is_not_built() {
    let folder = tempfile::tempdir().unwrap();
    kmod(folder.path(), &["new", "renamed"]).run();
    let krate = folder.path().join("renamed");
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::copy(workspace.join("Cargo.lock"), krate.join("Cargo.lock")).unwrap();
    fs::write(krate.join("src/lib.rs"), SOURCE).unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let said = kmod(&krate, &["build"])
        .env("CARGO_TARGET_DIR", target.as_os_str())
        .run();
    assert_ne!(said.code, 0, "{said:?}");
    for words in [
        "src/lib.rs: `extern crate … as core` renames what kmod's attributes name",
        "= help: give the crate another name",
    ] {
        assert!(said.err.contains(words), "no {words:?} in {said:?}");
    }
}
