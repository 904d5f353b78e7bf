// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod kernels`: the supported kernels, and what of them is in the cache.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use crate::cache::size;
use crate::context::Context;
use crate::error::usage;
use crate::exit::Exit;
use crate::kernels::{self, Name};
use crate::setup::{self, Need};
use crate::units::bytes;

/// Options of `kernels`.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(clap::Subcommand)]
enum Action {
    /// Show the supported kernels and what is in the cache (what is done without a word)
    List,
    /// Fetch the newest release of kernels, headers and image
    Fetch {
        /// Kernels as the list names them
        #[arg(required_unless_present = "all", value_name = "NAME")]
        names: Vec<String>,
        /// All that the list has
        #[arg(long, conflicts_with = "names")]
        all: bool,
    },
    /// Build kernels that show what stock kernels hide, of Debian's sources: debug
    Build {
        /// Kernels as the list names them (6.1-debug), or the kind alone (debug)
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
    },
    /// Remove kernels and roots from the cache
    Remove {
        /// Kernels as the list names them, releases, or roots (root-trixie)
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
    },
}

/// Runs the verb.
pub fn run(args: &Args, ctx: &Context) -> Result<Exit> {
    match &args.action {
        None | Some(Action::List) => list(ctx),
        Some(Action::Fetch { names, all }) => fetch(ctx, names, *all)?,
        Some(Action::Build { names }) => build(ctx, names)?,
        Some(Action::Remove { names }) => remove(ctx, names)?,
    }
    Ok(Exit::Pass)
}

fn list(ctx: &Context) {
    println!("{:<16} {:<28} WHERE", "NAME", "RELEASE");
    for name in kernels::all()
        .chain(kernels::made())
        .chain(kernels::foreign())
    {
        let mut found = false;
        if let Some(release) = kernels::installed_release(name) {
            println!("{name:<16} {release:<28} installed");
            found = true;
        }
        for release in kernels::fetched(ctx)
            .iter()
            .filter(|release| name.version(release).is_some())
        {
            let folder = kernels::folder(ctx, release);
            println!(
                "{name:<16} {release:<28} {}, {}",
                size(bytes(&folder)),
                folder.display()
            );
            found = true;
        }
        if !found {
            let lacks = match name.kind {
                Some(_) => "not built",
                None => "not fetched",
            };
            println!("{name:<16} {:<28} {lacks}", "-");
        }
    }
    for root in roots(ctx) {
        let folder = ctx.cache.path("roots").join(&root);
        println!(
            "root-{root:<11} {:<28} {}, {}",
            "to build in",
            size(bytes(&folder)),
            folder.display()
        );
    }
}

fn fetch(ctx: &Context, names: &[String], all: bool) -> Result<()> {
    let names: Vec<Name> = match all {
        true => kernels::all().collect(),
        false => {
            let known = |text: &String| match kernels::named(text) {
                Some(name) if name.kind.is_some() => {
                    Err(usage(format!("the kernel {name} is built, not fetched"))
                        .help(format!("cargo kmod kernels build {name}"))
                        .into())
                }
                Some(name) => Ok(name),
                None => Err(kernels::unknown(text)),
            };
            names.iter().map(known).collect::<Result<_>>()?
        }
    };
    setup::ensure(ctx, &[Need::Fetch])?;
    for name in names {
        let release = kernels::fetch(ctx, name)?;
        // What its build tools need belongs to it.
        let args = kernels::HeaderArgs {
            kernel: None,
            arch: None,
            kdir: Some(kernels::kdir(ctx, &release)),
        };
        kernels::find_headers(ctx, &args)?;
        println!(
            "{name:<16} {release:<28} {}",
            kernels::folder(ctx, &release).display()
        );
    }
    Ok(())
}

fn build(ctx: &Context, names: &[String]) -> Result<()> {
    let known = |text: &String| {
        let name = kernels::find_made(text);
        name.and_then(|name| Some((name, name.kind?)))
            .ok_or_else(|| kernels::not_made(text))
    };
    let names: Vec<_> = names.iter().map(known).collect::<Result<_>>()?;
    setup::ensure(ctx, &[Need::Fetch, Need::Kernel])?;
    for (name, kind) in names {
        let release = kernels::make(ctx, name, kind)?;
        println!(
            "{name:<16} {release:<28} {}",
            kernels::folder(ctx, &release).display()
        );
    }
    Ok(())
}

fn remove(ctx: &Context, names: &[String]) -> Result<()> {
    for text in names {
        if let Some(root) = text.strip_prefix("root-")
            && roots(ctx).iter().any(|known| known == root)
        {
            ctx.cache.remove(Path::new("roots").join(root))?;
            println!("removed {text}");
            continue;
        }
        let named = kernels::named(text);
        let is_meant = |release: &&String| match named {
            Some(name) => name.version(release).is_some(),
            None => *release == text,
        };
        let releases = kernels::fetched(ctx);
        let meant: Vec<&String> = releases.iter().filter(is_meant).collect();
        if meant.is_empty() {
            bail!(
                usage(format!("the cache has no kernel {text}"))
                    .help("`cargo kmod kernels list` shows what it has")
            );
        }
        for release in meant {
            kernels::remove(ctx, release)?;
            println!("removed {release}");
        }
    }
    Ok(())
}

fn roots(ctx: &Context) -> Vec<String> {
    let entries = fs::read_dir(ctx.cache.path("roots"))
        .into_iter()
        .flatten()
        .flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    names.filter(|name| !name.starts_with('.')).collect()
}
