// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod new`: a module crate that builds, and whose tests pass, as it is; or several, in a workspace.

mod ci;
mod name;
mod templates;

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
use templates::{CRATE, File, MODULES, README, REPOSITORY, Template, WORKSPACE};

/// Options of `new`.
#[derive(clap::Args)]
pub struct Args {
    /// The module's name, or the path of a new folder with that name
    #[arg(value_name = "NAME")]
    path: PathBuf,
    /// What it begins as
    #[arg(short, long, value_enum, default_value_t = Template::Misc, value_name = "NAME")]
    template: Template,
    /// The clone of the framework that this machine takes its crates from [default: where cargo-kmod was
    /// built]
    #[arg(long, value_name = "DIR")]
    kmod_path: Option<PathBuf>,
}

/// Runs the verb.
pub fn run(args: &Args, ctx: &Context) -> Result<Exit> {
    let name = args.path.file_name().unwrap_or_default().to_string_lossy();
    let is_workspace = args.template == Template::Workspace;
    let modules = MODULES.map(|(end, template)| (format!("{name}-{end}"), template));
    name::check(&name)?;
    if is_workspace {
        modules.iter().try_for_each(|(name, _)| name::check(name))?;
    }
    let source = framework::source(args.kmod_path.as_deref())?;
    let dir = ctx.cwd.join(&args.path);
    if let Err(error) = fs::create_dir(&dir) {
        if error.kind() == io::ErrorKind::AlreadyExists {
            let rule = format!("{} exists already", args.path.display());
            bail!(usage(rule).help("choose another name, or remove it"));
        }
        return Err(error).with_context(|| format!("cannot create {}", dir.display()));
    }
    let text = Text::of(&name, args.template, source.as_deref());
    if is_workspace {
        text.write(&dir, WORKSPACE)?;
        for (name, template) in modules {
            let text = Text::of(&name, template, source.as_deref());
            text.write_crate(&dir.join("modules").join(&name))?;
        }
    } else {
        text.write_crate(&dir)?;
    }
    let metadata = stand_alone(&dir)?;
    // A member of a workspace has these in common with the others.
    if is_root(&dir, &metadata) {
        text.write(&dir, REPOSITORY)?;
        if !is_workspace {
            text.write(&dir, &[README])?;
        }
    }
    if let Some(source) = &source {
        framework::provide_from(&metadata, source)?;
    }
    tell(args, source.as_deref());
    Ok(Exit::Pass)
}

/// What stands for the placeholders.
struct Text {
    template: Template,
    words: Vec<(&'static str, String)>,
}

impl Text {
    fn of(name: &str, template: Template, source: Option<&Path>) -> Self {
        // As kbuild makes a module's name of its file's.
        let module = name.replace('-', "_");
        let krate = name::of_crate(name);
        let words = [
            // These have placeholders themselves.
            ("@DESCRIPTION@", template.description().to_owned()),
            ("@METADATA@", template.metadata().to_owned()),
            ("@DEPENDENCIES@", template.dependencies().to_owned()),
            ("@NAME@", name.to_owned()),
            ("@IDENT@", name::of_functions(&module)),
            ("@SYS@", format!("{}_sys", krate.replace('-', "_"))),
            ("@MODULE@", module),
            ("@CRATE@", krate),
            ("@VERSION@", env!("CARGO_PKG_VERSION").to_owned()),
            ("@INSTALL@", ci::install(source)),
            ("@ENV@", ci::env(source)),
        ];
        Self {
            template,
            words: words.into(),
        }
    }

    fn fill(&self, text: &str) -> String {
        let words = self.words.iter();
        words.fold(text.to_owned(), |text, (place, word)| {
            text.replace(place, word)
        })
    }

    /// A module's crate.
    fn write_crate(&self, dir: &Path) -> Result<()> {
        self.write(dir, CRATE)?;
        self.write(dir, self.template.files())
    }

    fn write(&self, dir: &Path, files: &[File]) -> Result<()> {
        for (place, text) in files {
            let file = dir.join(self.fill(place));
            let folder = file.parent().unwrap_or(dir);
            fs::create_dir_all(folder)
                .and_then(|()| fs::write(&file, self.fill(text)))
                .with_context(|| format!("cannot write {}", file.display()))?;
        }
        Ok(())
    }
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

/// Whether cargo's workspace for a folder is that folder.
fn is_root(dir: &Path, metadata: &Metadata) -> bool {
    let root = metadata.workspace_root.as_std_path();
    dir.canonicalize().is_ok_and(|dir| dir == root)
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
    if args.template == Template::Workspace {
        println!("  cargo kmod test     # all tests, inside VMs");
        println!("  cargo kmod build    # all .ko");
        return;
    }
    println!("  cargo kmod test     # its tests, inside a VM");
    println!("  cargo kmod build    # the .ko; `make` gives the same");
}
