// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod decode`: a kernel's log, from anywhere, with Rust's names and the lines of modules' functions.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::context::Context;
use crate::decode::{Decoded, Decoder, debug_file};
use crate::error::{unfit, usage};
use crate::exit::Exit;
use crate::package::Package;

/// Options of `decode`.
#[derive(clap::Args)]
pub struct Args {
    /// The log: a file, or `-` for standard input
    #[arg(value_name = "FILE", default_value = "-")]
    log: PathBuf,
    /// A module in the log, beside its NAME.ko.debug (repeatable); without it, those that were built of the
    /// crate or workspace around the current folder
    #[arg(short, long = "module", value_name = "NAME.ko")]
    modules: Vec<PathBuf>,
}

/// Runs the verb.
pub fn run(args: &Args, ctx: &Context) -> Result<Exit> {
    let log = read(&args.log)?;
    if log.iter().all(|line| line.trim().is_empty()) {
        bail!(
            usage("the log is empty")
                .help("`sudo dmesg | cargo kmod decode`, or name a file that holds one")
        );
    }
    let decoder = decoder(args, ctx)?;
    let decoded = decoder.decode(&log);
    for line in &decoded.lines {
        println!("{line}");
    }
    for note in &decoded.notes {
        eprintln!("note: {note}");
    }
    verdict(&decoded)
}

/// Whether there was something to decode, and it was.
fn verdict(decoded: &Decoded) -> Result<Exit> {
    let module = "a function of a module, as `name+0x12/0x34 [module]`";
    match (decoded.frames, decoded.found) {
        (0, _) => bail!(
            unfit(format!("the log does not tell of {module}"))
                .help("give it from the line `cut here`, `BUG:` or `WARNING:` on")
        ),
        (_, 0) => bail!(unfit("no function of a module in the log was found").help(
            "name the module that was loaded, from the folder in which it was built: `-m NAME.ko`; \
             its `NAME.ko.debug` stands beside it"
        )),
        _ => Ok(Exit::Pass),
    }
}

fn read(file: &Path) -> Result<Vec<String>> {
    let mut data = Vec::new();
    if file == Path::new("-") {
        let stdin = std::io::stdin().read_to_end(&mut data);
        stdin.context("cannot read the log from standard input")?;
    } else {
        data = fs::read(file).map_err(|error| usage(format!("{}: {error}", file.display())))?;
    }
    let text = String::from_utf8_lossy(&data);
    Ok(text
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect())
}

fn decoder(args: &Args, ctx: &Context) -> Result<Decoder> {
    if args.modules.is_empty() {
        return Ok(Decoder::of(built(&ctx.cwd).iter().map(PathBuf::as_path)));
    }
    let mut decoder = Decoder::default();
    for module in &args.modules {
        // Either of the two may be named.
        let is_debug = module.extension().is_some_and(|end| end == "debug");
        let ko = if is_debug {
            module.with_extension("")
        } else {
            module.clone()
        };
        let debug = debug_file(&ko);
        if !debug.is_file() {
            let (debug, ko) = (debug.display(), ko.display());
            bail!(
                usage(format!("{debug} is not there: it holds the lines of {ko}")).help(
                    "it is made beside the module by `cargo kmod build` and by `make`; a copy of the \
                     module needs a copy of it"
                )
            );
        }
        decoder
            .add(&ko)
            .with_context(|| format!("cannot decode by {}", ko.display()))?;
    }
    Ok(decoder)
}

/// The modules that were built of what is around a folder: by `make` there, and by the verbs for each kernel.
fn built(cwd: &Path) -> Vec<PathBuf> {
    let debug = |folder: &Path| {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let files = entries.map(|entry| entry.path());
        let files = files.filter(|file| file.to_string_lossy().ends_with(".ko.debug"));
        files
            .map(|file| file.with_extension(""))
            .collect::<Vec<_>>()
    };
    let folders = |folder: &Path| {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let paths = entries.map(|entry| entry.path());
        paths.filter(|path| path.is_dir()).collect::<Vec<_>>()
    };
    let mut found = debug(cwd);
    let target_dir = Package::target_dir_around(cwd).unwrap_or_default();
    for release in folders(&target_dir.join("kmod")) {
        found.extend(folders(&release).iter().flat_map(|module| debug(module)));
    }
    // The first of those that fit is taken: the newest.
    found.sort_by_key(|ko| {
        debug_file(ko)
            .metadata()
            .and_then(|meta| meta.modified())
            .ok()
    });
    found.reverse();
    found
}
