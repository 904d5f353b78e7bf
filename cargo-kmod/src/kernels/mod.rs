// SPDX-License-Identifier: GPL-2.0-only
//! Kernels to build for and to boot: installed headers, kernels fetched into the cache, or those
//! that the user names by path.

mod args;
mod asked;
mod covered;
mod fetch;
mod fit;
mod image;
mod made;
mod modules;
mod prepared;
mod table;
mod tools;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};
use kmod_build::arch::Arch;
use kmod_build::config::Config;

use crate::context::Context;
use crate::debian::Root;
use crate::error::{host, usage};
use crate::headers;
use crate::process;
use crate::setup::Need;
pub use args::{HeaderArgs, HeadersArgs, KernelArgs, KernelsArgs};
pub use asked::{asked, lacking};
pub use covered::{Covered, covered};
pub use fetch::{fetch, fetched, folder, kdir, remove};
pub use fit::{check, notes};
pub use made::make;
pub use modules::{files as module_files, listed as listed_modules};
pub use table::{Name, all, find as named, find_made, foreign, made};

/// The newest installed release of a kernel.
pub fn installed_release(name: Name) -> Option<String> {
    let all = headers::installed_releases();
    all.into_iter()
        .rfind(|release| name.version(release).is_some())
}

/// The newest release of a kernel in the cache.
pub fn fetched_release(ctx: &Context, name: Name) -> Option<String> {
    let all = fetched(ctx);
    all.into_iter()
        .rfind(|release| name.version(release).is_some())
}

/// What to say where no kernel was named and this one is built for: `make` takes the one that runs.
pub fn not_running(kernel: &Kernel) -> Option<String> {
    let running = fs::read_to_string("/proc/sys/kernel/osrelease").ok()?;
    let running = running.trim();
    let kdir = Path::new("/lib/modules").join(running).join("build");
    let kdir = Some(kdir).filter(|kdir| kdir.join("Makefile").is_file());
    (kernel.release != running).then(|| beside(&kernel.release, running, kdir.as_deref()))
}

fn beside(release: &str, running: &str, kdir: Option<&Path>) -> String {
    let how = match kdir {
        Some(kdir) => format!(": `--kdir {}` does, too", kdir.display()),
        None => ", whose headers are not installed".to_owned(),
    };
    format!(
        "note: built for {release}, the newest headers that are installed, as for `test` and `run`; \
         `make` takes the running kernel, {running}{how}"
    )
}

/// What `uname -r` says of the kernel whose build folder this is.
pub fn release(kdir: &Path) -> Option<String> {
    headers::release(kdir).ok()
}

/// A kernel whose headers are there and prepared; its image is fetched when it is asked for.
#[derive(Clone, Debug)]
pub struct Kernel {
    /// What the user calls it, and the results: `6.1-rt-amd64`, or its release.
    pub name: String,
    /// The option that names it, with a space behind; nothing for the default kernel.
    pub option: String,
    /// `uname -r` of it.
    pub release: String,
    /// Its build folder.
    pub kdir: PathBuf,
    image: Option<PathBuf>,
    /// Where its build tools run, if that is not the host.
    root: Option<Root>,
    /// Its architecture.
    pub arch: &'static Arch,
    /// Whether it is to be booted.
    is_booted: bool,
}

impl Kernel {
    /// The image to boot: `--image`, or the distribution's, fetched into the cache once.
    pub fn image(&self, ctx: &Context) -> Result<PathBuf> {
        if let Some(image) = &self.image {
            return Ok(image.clone());
        }
        image::of_distribution(ctx, &self.release, self.arch)
    }

    /// What building for it, and booting it, needs of the host besides what every kernel does.
    pub fn needs(&self) -> Vec<Need> {
        let mut needs = Vec::new();
        if self.root.is_none() && tools::makes_btf(&self.kdir) {
            needs.push(Need::Btf);
        }
        if self.is_booted && self.arch.is_foreign() {
            needs.push(Need::Emulator(self.arch));
        }
        needs
    }

    /// The C compiler of programs that run on it.
    pub fn cc(&self) -> Command {
        self.compiler(&format!("{}gcc", self.arch.cross.prefix))
    }

    /// The one of programs for 32-bit processes, if it runs such.
    pub fn narrow_cc(&self) -> Option<Command> {
        let (program, flags) = self.arch.cross.narrow?;
        let mut command = self.compiler(program);
        command.args(flags);
        Some(command)
    }

    fn compiler(&self, program: &str) -> Command {
        let prefix = self.arch.cross.prefix;
        match &self.root {
            Some(root) if self.arch.is_foreign() => root.command(program),
            _ => process::command(program.strip_prefix(prefix).unwrap_or(program)),
        }
    }

    /// A program of its build folder, where its build tools run.
    pub fn tool(&self, program: &Path) -> Command {
        match &self.root {
            Some(root) => root.command(&program.display().to_string()),
            None => process::command(program),
        }
    }

    /// The program that takes debug information out of its modules.
    pub fn strip(&self) -> Command {
        match &self.root {
            Some(root) if self.arch.is_foreign() => {
                root.command(&format!("{}strip", self.arch.cross.prefix))
            }
            _ => process::command("strip"),
        }
    }

    /// Where its package has the folder of its modules.
    pub fn modules_folder(&self) -> &'static str {
        let series = table::series_of(&self.release);
        series.map_or("usr/lib/modules", |series| series.debian.modules)
    }

    /// As the verifier knows it, with what other modules export.
    pub fn to_verify<'k>(&'k self, others: &'k [PathBuf]) -> kmod_verify::Kernel<'k> {
        kmod_verify::Kernel {
            release: &self.release,
            kdir: &self.kdir,
            others,
        }
    }

    /// Its make, to be given `M=` and a target: where its build tools run, with a compiler that is
    /// there.
    pub fn make(&self) -> Command {
        let mut make = match &self.root {
            Some(root) => root.command("make"),
            None => process::command("make"),
        };
        make.arg("-C").arg(&self.kdir);
        if self.arch.is_foreign() {
            make.args(tools::cross(self.arch));
        } else if self.root.is_none() {
            make.args(tools::compiler(&self.kdir));
        }
        make
    }
}

/// The kernel that the options name, or the distribution's current one, to be booted.
pub fn find(ctx: &Context, args: &KernelArgs) -> Result<Kernel> {
    with_image(find_headers(ctx, &args.headers)?, args.image.as_deref())
}

/// The kernels of these names, each once; without any the default, or that of `--kdir`.
pub fn find_all(ctx: &Context, args: &KernelsArgs, names: &[String]) -> Result<Vec<Kernel>> {
    let kernels = by_names(ctx, names, &args.headers)?;
    if args.image.is_some() && kernels.len() > 1 {
        bail!(usage("--image is one kernel's image").help("give one -k with it"));
    }
    if let [first, others @ ..] = &*kernels
        && let Some(other) = others.iter().find(|other| other.arch != first.arch)
    {
        bail!(
            usage(format!(
                "{} and {} are of two architectures, and the tests' programs are built for \
                 one",
                first.name, other.name
            ))
            .help("one run for each")
        );
    }
    let image = args.image.as_deref();
    kernels
        .into_iter()
        .map(|kernel| with_image(kernel, image))
        .collect()
}

/// The same for a verb that boots nothing, and that the configuration does not concern.
pub fn find_all_headers(ctx: &Context, args: &HeadersArgs) -> Result<Vec<Kernel>> {
    by_names(ctx, &args.names(), args)
}

/// Each kernel once; without a name that of `--kdir`, or the default.
fn by_names(ctx: &Context, names: &[String], args: &HeadersArgs) -> Result<Vec<Kernel>> {
    if names.is_empty() {
        let one = HeaderArgs {
            kernel: None,
            arch: args.arch,
            kdir: args.kdir.clone(),
        };
        return Ok(vec![find_headers(ctx, &one)?]);
    }
    // A name that is wrong is told before anything is fetched.
    for name in names {
        recognise(ctx, name)?;
    }
    let mut kernels: Vec<Kernel> = Vec::new();
    for name in names {
        let kernel = of_arch(by_name(ctx, name, args.arch)?, args.arch)?;
        if kernels.iter().all(|other| other.release != kernel.release) {
            kernels.push(kernel);
        }
    }
    Ok(kernels)
}

/// The same as [`find`] for a verb that boots nothing.
pub fn find_headers(ctx: &Context, args: &HeaderArgs) -> Result<Kernel> {
    let kernel = match (&args.kdir, &args.name()) {
        (Some(kdir), _) => {
            let kdir = prepared::given(kdir)?;
            let option = format!("--kdir {} ", kdir.display());
            Kernel {
                option,
                ..at(ctx, kdir, None)?
            }
        }
        (None, Some(name)) => by_name(ctx, name, args.arch)?,
        (None, None) => at(ctx, prepared::newest()?, None)?,
    };
    of_arch(kernel, args.arch)
}

/// The kernel, unless another architecture was asked for.
fn of_arch(kernel: Kernel, wanted: Option<&'static Arch>) -> Result<Kernel> {
    match wanted {
        Some(wanted) if wanted != kernel.arch => {
            Err(of_another(&kernel.release, kernel.arch, wanted))
        }
        _ => Ok(kernel),
    }
}

/// The error for a kernel of another architecture than the one that was asked for.
fn of_another(kernel: &str, arch: &Arch, wanted: &'static Arch) -> anyhow::Error {
    let known: Vec<String> = table::of(wanted).map(|name| name.to_string()).collect();
    usage(format!(
        "kernel {kernel} is for {}, and --arch says {}",
        arch.debian, wanted.debian
    ))
    .help(format!(
        "leave one of them out; known for {}: {}",
        wanted.debian,
        known.join(", ")
    ))
    .into()
}

/// Where the kernel is that `-k` names.
enum Place {
    /// It is known, but not here.
    ToFetch(Name),
    /// Its build folder.
    Here(PathBuf),
}

/// A name of the table, or an installed or fetched release or a beginning of one.
fn recognise(ctx: &Context, text: &str) -> Result<Place> {
    if let Some(name) = table::find(text) {
        return Ok(
            match (installed_release(name), fetched_release(ctx, name)) {
                (Some(release), _) => Place::Here(prepared::at(&release)?),
                (None, Some(release)) => Place::Here(fetch::kdir(ctx, &release)),
                (None, None) => Place::ToFetch(name),
            },
        );
    }
    if let Some(kdir) = prepared::installed(text)? {
        return Ok(Place::Here(kdir));
    }
    if let Some(release) = headers::choose(&fetched(ctx), text) {
        return Ok(Place::Here(fetch::kdir(ctx, release)));
    }
    Err(unknown(text))
}

/// Nothing is fetched that is for another architecture than the one that was asked for.
fn by_name(ctx: &Context, text: &str, asked_for: Option<&'static Arch>) -> Result<Kernel> {
    let place = recognise(ctx, text)?;
    if let (Place::ToFetch(name), Some(wanted)) = (&place, asked_for)
        && name.arch != wanted
    {
        return Err(of_another(text, name.arch, wanted));
    }
    let kdir = match place {
        Place::Here(kdir) => kdir,
        Place::ToFetch(Name {
            kind: Some(kind), ..
        }) => return Err(made::lacking(text, kind)),
        Place::ToFetch(name) => fetch::kdir(ctx, &fetch::fetch(ctx, name)?),
    };
    at(ctx, kdir, Some(text))
}

/// The kernel of a build folder, with a root if its tools need one.
fn at(ctx: &Context, kdir: PathBuf, name: Option<&str>) -> Result<Kernel> {
    let release = headers::release(&kdir)?;
    let arch = Arch::of(&Config::read(&kdir)?).unwrap_or_else(Arch::host);
    let root = match tools::needs_newer_libc(&kdir) {
        _ if arch.is_foreign() => Some(cross_root(ctx, &release, arch)?),
        Some(version) => Some(root(ctx, &release, &kdir, version)?),
        None => None,
    };
    if ctx.verbose {
        ctx.progress
            .note(format!("kernel {release}, built for in {}", kdir.display()));
    }
    Ok(Kernel {
        name: name.unwrap_or(&release).to_owned(),
        option: name.map(|name| format!("-k {name} ")).unwrap_or_default(),
        release,
        kdir,
        image: None,
        root,
        arch,
        is_booted: false,
    })
}

/// The root with a compiler for another architecture.
fn cross_root(ctx: &Context, release: &str, arch: &'static Arch) -> Result<Root> {
    let Some(series) = table::series_of(release) else {
        bail!(
            host(format!(
                "Linux {release} is for {}, and not known: there is nothing to build it \
                 with",
                arch.name
            ))
            .help("build on such a machine; these are known: cargo kmod kernels")
        );
    };
    Root::across(
        ctx,
        series.debian,
        arch,
        &format!("cargo kmod build -k {release}"),
    )
}

fn root(ctx: &Context, release: &str, kdir: &Path, (major, minor): tools::Version) -> Result<Root> {
    let Some(series) = table::series_of(release).filter(|series| !series.debian.root.is_empty())
    else {
        bail!(
            host(format!(
                "the build tools in {} need the C library {major}.{minor}, which is newer \
                 than the host's",
                kdir.display()
            ))
            .help("build where that is there, in a container or a chroot of its distribution")
        );
    };
    Root::of(
        ctx,
        series.debian,
        &format!("cargo kmod build -k {release}"),
    )
}

/// The kernel, to be booted with modules that have just been built.
fn with_image(mut kernel: Kernel, image: Option<&Path>) -> Result<Kernel> {
    fit::takes_unsigned(&kernel)?;
    kernel.is_booted = true;
    if let Some(path) = image {
        image::check(path, &kernel.release, kernel.arch)?;
        kernel.image = Some(path.canonicalize()?);
    }
    Ok(kernel)
}

/// The error for a kernel that is not known.
pub fn unknown(text: &str) -> anyhow::Error {
    let installed = headers::installed_releases();
    let installed = match installed.is_empty() {
        true => "none".to_owned(),
        false => installed.join(", "),
    };
    let meant = table::near(text)
        .map(|name| format!("did you mean `{name}`? "))
        .unwrap_or_default();
    let known: Vec<String> = all()
        .chain(foreign())
        .map(|name| name.to_string())
        .collect();
    usage(format!(
        "no kernel {text} is known or installed (installed: {installed})"
    ))
    .help(format!(
        "{meant}these can be fetched: {}; or name a build folder with --kdir",
        known.join(", ")
    ))
    .into()
}

/// The error for a kernel that is not among those that can be made.
pub fn not_made(text: &str) -> anyhow::Error {
    let known: Vec<String> = made()
        .filter_map(|name| Some(format!("{} ({name}: {})", name.flavour, name.kind?.about)))
        .collect();
    usage(format!("no kernel {text} can be built"))
        .help(format!("these can: {}", known.join(", ")))
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_which_kernel_make_would_take() {
        let said = |kdir| beside("6.1.0-56-cloud-amd64", "6.1.0-9-amd64", kdir);
        let both = "built for 6.1.0-56-cloud-amd64, ";
        let kdir = Path::new("/lib/modules/6.1.0-9-amd64/build");
        for (said, words) in [
            (
                said(Some(kdir)),
                "6.1.0-9-amd64: `--kdir /lib/modules/6.1.0-9-amd64/build` does",
            ),
            (said(None), "6.1.0-9-amd64, whose headers are not installed"),
        ] {
            assert!(said.contains(both) && said.contains(words), "{said}");
        }
    }
}
