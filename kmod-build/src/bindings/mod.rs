// SPDX-License-Identifier: GPL-2.0-only
//! The raw C API of the target kernel, for a crate that asks for it in its build script.
//!
//! ```no_run
//! fn main() -> Result<(), kmod_build::bindings::Error> {
//!     kmod_build::bindings::Builder::new()
//!         .header("linux/reboot.h")
//!         .function("(un)?register_reboot_notifier")
//!         .type_("notifier_block")
//!         .var("SYS_(DOWN|HALT|POWER_OFF)")
//!         .helper("c/reboot.c")
//!         .host("src/host.rs")
//!         .generate()
//! }
//! ```
//!
//! and, in the crate,
//!
//! ```ignore
//! include!(concat!(env!("OUT_DIR"), "/bindings.rs"));
//! ```
//!
//! In a kernel build (`target_os = "none"`, started by `cargo kmod build` or `make`) that file has
//! bindgen's declarations, made from the headers of the kernel that the module is built for. The
//! size, the alignment and each field's offset of each type in it is what the kernel's own compiler
//! says, with the kernel's own flags; where they differ, the build fails and names them. On the
//! host, where there is no kernel, it has the crate's stand-ins.
//!
//! # What a subject costs
//!
//! A module's cold build must not get slower with each subject that it does not use. On 6.1, in
//! seconds of processor time of `kmod-bindings`' build script:
//!
//! | | 17 subjects | 10 more |
//! |---|---|---|
//! | all helpers compiled | 8.2 | 12.6 |
//! | none compiled | 4.0 | 4.4 |
//!
//! A C file takes a quarter of a second, nearly all of it for the kernel's headers, and a
//! precompiled header is no faster to read. So the link compiles those files that a module reaches
//! (six for `ticket`), once per kernel: see [`helpers`](crate::helpers). All headers are still read
//! at once, since most of each is what the others include, too: 22 of the largest that there are
//! (`netdevice.h`, `usb.h`, `pci.h`, `acpi.h`, …), of which much is bound, come to three seconds
//! together. To bind subjects by a cargo feature each would save these, but a module would have to
//! name the features, and each set of them would be a build of `kmod-core` of its own.

mod host;
mod in_place;
mod layout;
mod read;
mod stand_in;
mod subject;

use std::env;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::arch::Arch;
use crate::env::KernelEnv;
use crate::helpers::Helpers;
pub use stand_in::differences;
use subject::Subject;

/// Why there are no bindings. It is printed alike by `{}` and `{:?}`, so that a build script's `main`
/// can return it.
pub struct Error(String);

impl Error {
    fn new(said: impl Into<String>) -> Self {
        Self(said.into())
    }

    fn read(path: &Path, error: &io::Error) -> Self {
        Self(format!("cannot read {}: {error}", path.display()))
    }

    fn write(path: &Path, error: &io::Error) -> Self {
        Self(format!("cannot write {}: {error}", path.display()))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

/// What is bound, as regular expressions that must match as a whole.
#[derive(Clone, Debug, Default)]
struct Names {
    functions: Vec<String>,
    types: Vec<String>,
    vars: Vec<String>,
    opaque: Vec<String>,
    in_place: Vec<String>,
}

impl Names {
    fn add(&mut self, more: &Self) {
        self.functions.extend_from_slice(&more.functions);
        self.types.extend_from_slice(&more.types);
        self.vars.extend_from_slice(&more.vars);
        self.opaque.extend_from_slice(&more.opaque);
        self.in_place.extend_from_slice(&more.in_place);
    }
}

/// Says what a crate wants of the kernel's C API, and makes `bindings.rs` in its `OUT_DIR`.
///
/// Names are regular expressions that must match as a whole; what a function or a type needs comes
/// with it. Paths are relative to the crate.
#[derive(Clone, Debug, Default)]
#[must_use = "nothing is made before `generate`"]
pub struct Builder {
    headers: Vec<String>,
    names: Names,
    sources: Vec<PathBuf>,
    hosts: Vec<PathBuf>,
    subjects: Vec<PathBuf>,
    watched: Vec<PathBuf>,
    prefix: Option<String>,
    static_branch: bool,
}

impl Builder {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A header: a file of the crate's if there is one of that path, or the kernel's
    /// (`"linux/reboot.h"`).
    pub fn header(mut self, path: impl Into<String>) -> Self {
        self.headers.push(path.into());
        self
    }

    /// Functions.
    pub fn function(mut self, name: impl Into<String>) -> Self {
        self.names.functions.push(name.into());
        self
    }

    /// Types, each with its fields.
    pub fn type_(mut self, name: impl Into<String>) -> Self {
        self.names.types.push(name.into());
        self
    }

    /// Variables and constants. A macro is a constant if it is a number that libclang can read; of
    /// others a header of the crate makes one: `static const unsigned int MY_HZ = HZ;`.
    pub fn var(mut self, name: impl Into<String>) -> Self {
        self.names.vars.push(name.into());
        self
    }

    /// Types of which only size and alignment matter: what they are made of stays out.
    pub fn opaque(mut self, name: impl Into<String>) -> Self {
        self.names.opaque.push(name.into());
        self
    }

    /// A C source with helpers, functions that give macros and inline functions of the kernel's a
    /// symbol. Their names begin with the crate's (`my_crate_`, see [`prefix`](Self::prefix)), and a
    /// header of the crate's declares them; they are bound without being named.
    pub fn helper(mut self, source: impl Into<PathBuf>) -> Self {
        self.sources.push(source.into());
        self
    }

    /// What helpers' names begin with. It must be the crate's own: all crates of a module are
    /// linked together.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }

    /// For a kernel, a macro `static_branch!()` as well: the text of the instruction that `asm!` puts where a
    /// static key's branch is, and that the kernel makes a jump when the key is switched on.
    pub fn static_branch(mut self) -> Self {
        self.static_branch = true;
        self
    }

    /// A Rust file that stands in for the bindings on the host, where there is no kernel: a module
    /// that declares what the crate uses of them. It can use `kernel_only! { fn name(arg: Type) -> Ret; }`
    /// for functions that panic; other stand-ins are in `super`.
    pub fn host(mut self, file: impl Into<PathBuf>) -> Self {
        self.hosts.push(file.into());
        self
    }

    /// A subject: a folder with all of the above.
    ///
    /// | file | what |
    /// |---|---|
    /// | `names.txt` | a line each: `function`, `type`, `var` or `opaque`, and a name |
    /// | `helpers.h` | what is included, and the helpers' prototypes |
    /// | `*.c` | the helpers |
    /// | `host.rs` | the stand-in |
    ///
    /// A line `in_place name(argument: type, …) -> type` is for a helper that is called so often that the
    /// call matters, and takes and returns pointers and unsigned integers: where the kernel's compiler makes
    /// nothing of it but one `asm`, that stands in its place.
    pub fn subject(mut self, folder: impl Into<PathBuf>) -> Self {
        self.subjects.push(folder.into());
        self
    }

    /// A file or folder of the crate's that the above include: when it changes, they are made anew.
    pub fn watch(mut self, path: impl Into<PathBuf>) -> Self {
        self.watched.push(path.into());
        self
    }

    /// Each folder in `folder` is a [`subject`](Self::subject).
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub fn subjects(mut self, folder: impl AsRef<Path>) -> Result<Self, Error> {
        let folder = folder.as_ref();
        // For one that is added.
        self.watched.push(folder.to_owned());
        let entries = subject::entries(folder)?;
        let folders = entries.into_iter().filter(|entry| entry.is_dir());
        self.subjects.extend(folders);
        Ok(self)
    }

    /// Makes `bindings.rs` in `OUT_DIR`, and tells cargo when it has to be made anew.
    ///
    /// # Errors
    ///
    /// - It was not called by a build script, or by one that neither `cargo kmod build` nor `make`
    ///   has started though it builds for a kernel.
    /// - A file cannot be read or written, or a subject's `names.txt` is not understood.
    /// - libclang cannot read the kernel's headers, or the kernel's compiler the helpers.
    /// - The kernel's compiler sees a type otherwise than the bindings do: it is named.
    pub fn generate(self) -> Result<(), Error> {
        let crate_dir = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
        let out = PathBuf::from(variable("OUT_DIR")?);
        self.watch_all();
        let mut all = self;
        let folders = std::mem::take(&mut all.subjects);
        let subjects: Vec<Subject> = folders
            .iter()
            .map(|folder| Subject::read(&crate_dir.join(folder)))
            .collect::<Result<_, _>>()?;
        let to = out.join("bindings.rs");
        let text = match variable("CARGO_CFG_TARGET_OS")?.as_str() {
            "none" => all.of_the_kernel(&crate_dir, &subjects, &out)?,
            _ => all.of_the_host(&crate_dir, &subjects),
        };
        fs::write(&to, text).map_err(|error| Error::write(&to, &error))
    }

    fn watch_all(&self) {
        let headers = self.headers.iter().map(Path::new);
        let files = [&self.sources, &self.hosts, &self.subjects, &self.watched];
        let files = files.into_iter().flatten().map(PathBuf::as_path);
        let own = files.chain(headers.filter(|header| header.exists()));
        println!("cargo::rerun-if-changed=build.rs");
        own.for_each(|path| println!("cargo::rerun-if-changed={}", path.display()));
        KernelEnv::VARIABLES
            .iter()
            .for_each(|name| println!("cargo::rerun-if-env-changed={name}"));
    }

    fn of_the_host(&self, crate_dir: &Path, subjects: &[Subject]) -> String {
        let hosts: Vec<PathBuf> = self.hosts.iter().map(|host| crate_dir.join(host)).collect();
        let named = hosts.iter().enumerate();
        let named = named.map(|(number, file)| (format!("own{number}"), file));
        let subjects = subjects.iter();
        host::modules(
            named.chain(subjects.filter_map(|one| Some((one.name.clone(), one.host.as_ref()?)))),
        )
    }

    fn of_the_kernel(
        mut self,
        crate_dir: &Path,
        subjects: &[Subject],
        out: &Path,
    ) -> Result<String, Error> {
        let kernel = KernelEnv::from_env().map_err(|error| {
            Error::new(format!(
                "{error}\n= help: build the module with `cargo kmod build` or `make`"
            ))
        })?;
        let prefix = match self.prefix.take() {
            Some(prefix) => prefix,
            None => variable("CARGO_PKG_NAME")?.replace('-', "_") + "_",
        };
        let mut includes = String::new();
        for header in &self.headers {
            let own = crate_dir.join(header);
            includes += &match own.exists() {
                true => format!("#include \"{}\"\n", own.display()),
                false => format!("#include <{header}>\n"),
            };
        }
        let arch = variable("CARGO_CFG_TARGET_ARCH")?;
        let mut helpers = Helpers::new(&kernel, &arch, &prefix, out);
        let own = self.sources.iter().map(|source| crate_dir.join(source));
        helpers.sources.extend(own);
        for subject in subjects {
            if let Some(header) = &subject.header {
                includes += &format!("#include \"{}\"\n", header.display());
            }
            self.names.add(&subject.names);
            helpers.sources.extend(subject.sources.iter().cloned());
        }
        helpers
            .write(out)
            .map_err(|error| Error::write(out, &error))?;
        self.names.functions.push(format!("{prefix}.*"));
        let mut bindings = bind(&kernel, &includes, &self.names, &helpers)?;
        if self.static_branch {
            let arch = Arch::named(&arch)
                .ok_or_else(|| Error::new(format!("nothing is known of `{arch}`")))?;
            bindings += &format!(
                "#[macro_export]\nmacro_rules! static_branch {{ () => {{ {:?} }}; }}\n",
                arch.static_branch
            );
        }
        Ok(bindings)
    }
}

/// The Rust declarations of what is named, once the kernel's compiler agrees with them.
fn bind(
    kernel: &KernelEnv,
    includes: &str,
    names: &Names,
    helpers: &Helpers,
) -> Result<String, Error> {
    let (in_place, definitions) = in_place::definitions(&names.in_place, helpers)?;
    let types = layout::CNames::default();
    let mut builder = bindgen::Builder::default()
        .header_contents("kmod.h", includes)
        .parse_callbacks(Box::new(types.clone()))
        .clang_args(kernel.clang_flags())
        .use_core()
        .ctypes_prefix("::core::ffi")
        .rust_edition(bindgen::RustEdition::Edition2024)
        .default_enum_style(bindgen::EnumVariation::Consts)
        .derive_debug(false)
        .derive_copy(true)
        .layout_tests(true)
        .generate_comments(false)
        .formatter(bindgen::Formatter::None);
    for name in &names.functions {
        builder = builder.allowlist_function(name);
    }
    for name in &names.types {
        builder = builder.allowlist_type(name);
    }
    for name in &names.vars {
        builder = builder.allowlist_var(name);
    }
    for name in &names.opaque {
        builder = builder.opaque_type(name);
    }
    for name in &in_place {
        builder = builder.blocklist_function(name);
    }
    let bindings = builder
        .generate()
        .map_err(|error| Error::new(format!("bindgen cannot read the kernel's headers: {error}")))?
        .to_string();
    let proof = layout::prove(
        kernel.cc(),
        kernel.helper_flags(),
        includes,
        &bindings,
        &types,
    )
    .map_err(|error| {
        Error::new(format!(
            "the kernel's types are not what the bindings say: {error}"
        ))
    })?;
    Ok(bindings + &definitions + &proof)
}

fn variable(name: &str) -> Result<String, Error> {
    env::var(name)
        .map_err(|_| Error::new(format!("`{name}` is not set: this is for build scripts")))
}
