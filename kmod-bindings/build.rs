// SPDX-License-Identifier: GPL-2.0-only
//! Makes the bindings of the target kernel: bindgen over its headers, `cc` over the helpers that
//! give its inline functions a symbol. On the host there is nothing to do.

#[path = "build/api.rs"]
mod api;
#[path = "build/bodies.rs"]
mod bodies;
#[path = "build/compiler.rs"]
mod compiler;
#[path = "build/helpers.rs"]
mod helpers;
#[path = "build/layout.rs"]
mod layout;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use helpers::Helpers;
use kmod_build::env::KernelEnv;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=c");
    KernelEnv::VARIABLES
        .iter()
        .for_each(|name| println!("cargo::rerun-if-env-changed={name}"));
    if env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("none") {
        return;
    }
    let kernel = KernelEnv::from_env().unwrap_or_else(|error| {
        panic!("{error}\n= help: build the module with `cargo kmod build` or `make`")
    });
    let c = Path::new(&env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("c");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let includes: String = api::SUBJECTS
        .iter()
        .map(|subject| format!("#include \"{}/{}.h\"\n", c.display(), subject.name))
        .collect();
    let helpers = Helpers::compile(&kernel, &c, &out);
    bind(&kernel, &includes, &helpers, &out.join("bindings.rs"));
}

/// Writes the Rust declarations of what the table in `build/api.rs` names, once the kernel's
/// compiler agrees with them.
fn bind(kernel: &KernelEnv, includes: &str, helpers: &Helpers, to: &Path) {
    let names = layout::Names::default();
    let (in_place, definitions) = helpers.in_place();
    let mut builder = bindgen::Builder::default()
        .header_contents("kmod.h", includes)
        .parse_callbacks(Box::new(names.clone()))
        .parse_callbacks(Box::new(helpers.links()))
        .clang_args(kernel.clang_flags())
        .use_core()
        .ctypes_prefix("::core::ffi")
        .rust_edition(bindgen::RustEdition::Edition2024)
        .default_enum_style(bindgen::EnumVariation::Consts)
        .derive_debug(false)
        .derive_copy(true)
        .layout_tests(true)
        .generate_comments(false)
        .formatter(bindgen::Formatter::None)
        .allowlist_function("kmod_.*");
    builder = api::OPAQUE
        .iter()
        .fold(builder, |b, name| b.opaque_type(name));
    builder = in_place
        .iter()
        .fold(builder, |b, name| b.blocklist_function(name));
    for subject in api::SUBJECTS {
        builder = subject
            .functions
            .iter()
            .fold(builder, |b, name| b.allowlist_function(name));
        builder = subject
            .types
            .iter()
            .fold(builder, |b, name| b.allowlist_type(name));
        builder = subject
            .vars
            .iter()
            .fold(builder, |b, name| b.allowlist_var(name));
        builder = subject
            .opaque
            .iter()
            .fold(builder, |b, name| b.opaque_type(name));
    }
    let bindings = builder
        .generate()
        .unwrap_or_else(|error| panic!("bindgen cannot read the kernel's headers: {error}"));
    let bindings = bindings.to_string();
    let proof = layout::prove(
        kernel.cc(),
        kernel.helper_flags(),
        includes,
        &bindings,
        &names,
    )
    .unwrap_or_else(|error| {
        panic!("the kernel's types are not what the bindings say: {error}\n= help: this is our bug")
    });
    fs::write(to, bindings + &definitions + &proof)
        .unwrap_or_else(|error| panic!("cannot write {}: {error}", to.display()));
}
