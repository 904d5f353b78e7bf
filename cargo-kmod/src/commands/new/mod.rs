// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod new`: a module crate that builds, and whose tests pass, as it is.

mod name;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use cargo_metadata::Metadata;

use crate::context::Context;
use crate::error::usage;
use crate::exit::Exit;
use crate::framework;
use crate::package;
use crate::process;

/// Options of `new`.
#[derive(clap::Args)]
pub struct Args {
    /// The module's name, or the path of a new folder with that name
    #[arg(value_name = "NAME")]
    path: PathBuf,
    /// The clone of the framework that this machine takes its crates from [default: where cargo-kmod was
    /// built]
    #[arg(long, value_name = "DIR")]
    kmod_path: Option<PathBuf>,
}

/// The files of a new crate: where, and the text with its placeholders.
const FILES: &[(&str, &str)] = &[
    (
        "Cargo.toml",
        include_str!("../../../templates/Cargo.toml.in"),
    ),
    ("Makefile", include_str!("../../../templates/Makefile.in")),
    ("src/lib.rs", include_str!("../../../templates/lib.rs.in")),
    (
        "tests/@CRATE@.rs",
        include_str!("../../../templates/test.rs.in"),
    ),
    (
        ".gitignore",
        include_str!("../../../templates/gitignore.in"),
    ),
    (
        ".vscode/settings.json",
        include_str!("../../../templates/vscode-settings.json.in"),
    ),
];

/// Runs the verb.
pub fn run(args: &Args, ctx: &Context) -> Result<Exit> {
    let name = args.path.file_name().unwrap_or_default().to_string_lossy();
    name::check(&name)?;
    let source = framework::source(args.kmod_path.as_deref())?;
    let dir = ctx.cwd.join(&args.path);
    if let Err(error) = fs::create_dir(&dir) {
        if error.kind() == io::ErrorKind::AlreadyExists {
            let rule = format!("{} exists already", args.path.display());
            bail!(usage(rule).help("choose another name, or remove it"));
        }
        return Err(error).with_context(|| format!("cannot create {}", dir.display()));
    }
    write(&dir, &name)?;
    let metadata = stand_alone(&dir)?;
    if let Some(source) = &source {
        framework::provide_from(&metadata, source)?;
    }
    tell(args, source.as_deref());
    Ok(Exit::Pass)
}

fn write(dir: &Path, name: &str) -> Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    // As kbuild makes a module's name of its file's.
    let module = name.replace('-', "_");
    let krate = name::of_crate(name);
    let fill = |text: &str| {
        text.replace("@NAME@", name)
            .replace("@MODULE@", &module)
            .replace("@CRATE@", &krate)
            .replace("@VERSION@", version)
    };
    for (place, text) in FILES {
        let file = dir.join(fill(place));
        let folder = file.parent().unwrap_or(dir);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&file, fill(text)))
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

/// Below another workspace that does not list it as a member, cargo takes the crate only as a
/// workspace of its own.
fn stand_alone(dir: &Path) -> Result<Metadata> {
    if let Ok(metadata) = package::read_metadata(dir) {
        return Ok(metadata);
    }
    let manifest = dir.join("Cargo.toml");
    let text = fs::read_to_string(&manifest)?
        + "\n# Not a member of the workspace around it.\n[workspace]\n";
    fs::write(&manifest, text)?;
    package::read_metadata(dir)
}

fn tell(args: &Args, source: Option<&Path>) {
    println!("{} is ready:", args.path.display());
    if process::which("cargo-kmod").is_none() {
        match source {
            Some(clone) => println!("  cargo install --path {}/cargo-kmod", clone.display()),
            None => println!("  cargo install cargo-kmod"),
        }
    }
    println!("  cd {}", args.path.display());
    println!("  cargo kmod test     # its tests, inside a VM");
    println!("  cargo kmod build    # the .ko; `make` gives the same");
}
