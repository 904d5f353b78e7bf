// SPDX-License-Identifier: GPL-2.0-only
//! Kernels that are made here: of the sources that Debian has its own of, configured so that
//! faults show which stock kernels hide.
//!
//! Work goes on in a folder beside the finished kernels, and where it was left if it is ended: only
//! what is whole is moved to where kernels are looked for.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use anyhow::{Context as _, Result, anyhow, bail};
use kmod_build::arch::Arch;

use super::{fetch, image, table::Name};
use crate::context::Context;
use crate::debian::{self, Apt, Root, unpack};
use crate::error::host;
use crate::process;
use crate::setup::{self, Need};

/// What a kernel is made for.
pub struct Kind {
    /// What its release ends with.
    pub name: &'static str,
    /// What it is good for.
    pub about: &'static str,
    /// What is configured over the smallest kernel that there is, in several files.
    config: &'static [&'static str],
    /// What is changed in its sources.
    edits: &'static [Edit],
}

/// A change in the sources: where the words are that tell of it, and what stands for them.
struct Edit {
    file: &'static str,
    old: &'static str,
    new: &'static str,
}

/// What all of them have: the machine, and what modules use.
const MACHINE: &str = include_str!("configs/machine.config");

/// Watches memory, locks, contexts and lifetimes, and fails on order.
pub static DEBUG: Kind = Kind {
    name: "debug",
    about: "KASAN, lockdep, kmemleak, UBSAN, checks of contexts, lists and objects, injected faults, KCOV",
    config: &[MACHINE, include_str!("configs/debug.config")],
    // DEBUG_KOBJECT_RELEASE: an object still goes later than whoever let it go, but `rmmod` waits for two of
    // them, one after the other, and a tenth of 1 to 4 seconds each is late enough.
    edits: &[Edit {
        file: "lib/kobject.c",
        old: "delay = HZ + HZ *",
        new: "delay = HZ / 10 + HZ / 10 *",
    }],
};

/// Watches for data races. KASAN cannot be had with it.
pub static KCSAN: Kind = Kind {
    name: "kcsan",
    about: "KCSAN, the watch for data races",
    config: &[MACHINE, include_str!("configs/kcsan.config")],
    edits: &[],
};

impl Kind {
    /// The whole configuration.
    fn config(&self) -> String {
        self.config.concat()
    }
}

impl Edit {
    /// Makes it, unless an earlier run did.
    fn make(&self, source: &Path) -> Result<()> {
        let path = source.join(self.file);
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        if text.contains(self.new) {
            return Ok(());
        }
        if !text.contains(self.old) {
            bail!("{} has no `{}` to change", path.display(), self.old);
        }
        Ok(fs::write(&path, text.replace(self.old, self.new))?)
    }
}

/// Where kernels are made in the cache.
const MAKING: &str = "making";

/// What sources, objects and the packed sources take in the end.
const ROOM: u64 = 2_200_000_000;

/// The error for a kernel that is not made yet.
pub fn lacking(name: &str, kind: &Kind) -> anyhow::Error {
    // The first of its kind needs no series.
    let made = match super::find_made(kind.name) {
        Some(first) if first.to_string() == name => kind.name,
        _ => name,
    };
    host(format!("the kernel {name} is not built yet"))
        .help(format!(
            "cargo kmod kernels build {made} (takes a quarter of an hour of processor \
             time)"
        ))
        .into()
}

/// Makes a kernel of the newest sources, unless the cache has it; gives the release.
pub fn make(ctx: &Context, name: Name, kind: &Kind) -> Result<String> {
    setup::require(&[Need::Fetch])?;
    let again = format!("cargo kmod kernels build {name}");
    let work = Work::begin(ctx, name)?;
    let release = {
        // apt is held no longer than it is needed.
        let apt = Apt::update(ctx, name.series.debian, &again)?;
        let package = format!("linux-source-{}", name.series.name);
        let version = version(&apt, &package)?;
        let upstream = version.split('-').next().unwrap_or(&version);
        let release = format!("{upstream}-{}", kind.name);
        if fetch::kdir(ctx, &release).is_dir() {
            return Ok(release);
        }
        work.unpack(&apt, &package, &version)?;
        for edit in kind.edits {
            edit.make(&work.source())?;
        }
        release
    };
    let host = debian::of_host();
    let root = match host.as_deref() == Some(name.series.debian.codename) {
        true => None,
        false => Some(Root::for_kernels(ctx, name.series.debian, &again)?),
    };
    let build = Build {
        ctx,
        source: work.source(),
        log: work.dir.join("build.log"),
        root,
        again,
    };
    build.configure(kind)?;
    let found = build.ask("kernelrelease")?;
    if found != release {
        bail!("the sources are of Linux {found}, and should be of {release}");
    }
    build.make(&format!("building Linux {release}"), &["all"])?;
    let image = build.ask("image_name")?;
    ctx.cache.entry(&fetch::entry(&release), |dir| {
        keep(&work.source(), dir, &release, &image)
    })?;
    work.end()?;
    Ok(release)
}

/// The newest version of a package.
fn version(apt: &Apt<'_>, package: &str) -> Result<String> {
    let fields = apt.fields(&[package.to_owned()])?;
    let version = fields.first().and_then(|fields| fields.get("Version"));
    version
        .cloned()
        .with_context(|| format!("{package} has no version"))
}

/// The folder in which a kernel is made.
struct Work<'a> {
    ctx: &'a Context,
    dir: PathBuf,
    /// Two runs must not build in one folder.
    _lock: File,
}

impl<'a> Work<'a> {
    fn begin(ctx: &'a Context, name: Name) -> Result<Self> {
        let parent = ctx.cache.path(MAKING);
        let dir = parent.join(name.to_string());
        fs::create_dir_all(&dir).map_err(|error| ctx.cache.unusable(&error))?;
        let lock = File::create(parent.join(format!("{name}.lock")))
            .map_err(|error| ctx.cache.unusable(&error))?;
        if lock.try_lock().is_err() {
            ctx.progress
                .note(format!("{name} is being built by another run: waiting"));
            lock.lock()?;
        }
        Ok(Self {
            ctx,
            dir,
            _lock: lock,
        })
    }

    /// The sources, once they are whole.
    fn source(&self) -> PathBuf {
        self.dir.join("source")
    }

    /// Has the sources of that version unpacked; what is there of it stays, with all that was built.
    fn unpack(&self, apt: &Apt<'_>, package: &str, version: &str) -> Result<()> {
        let stamp = self.dir.join("version");
        if self.source().is_dir() && fs::read_to_string(&stamp).is_ok_and(|kept| kept == version) {
            return Ok(());
        }
        for old in [self.source(), self.dir.join("unpacking")] {
            if old.is_dir() {
                fs::remove_dir_all(old)?;
            }
        }
        self.ctx.cache.room_for(ROOM)?;
        let phase = self
            .ctx
            .progress
            .phase(format!("fetching {package} {version}"));
        let unpacking = self.dir.join("unpacking");
        fs::create_dir(&unpacking)?;
        for deb in apt.download(&[package.to_owned()], &unpacking, &phase)? {
            phase.detail("unpacking");
            unpack(self.ctx, &deb, &unpacking)?;
        }
        let packed = unpacking.join(format!("usr/src/{package}.tar.xz"));
        let mut tar = process::command("tar");
        tar.arg("-xf").arg(&packed).arg("-C").arg(&unpacking);
        let log = self.dir.join("unpack.log");
        if !process::logged(&mut tar, &log, &phase, self.ctx.verbose)?.success() {
            let said = fs::read_to_string(&log).unwrap_or_default();
            let error = anyhow!("{} cannot be unpacked: {}", packed.display(), said.trim());
            return Err(self.ctx.cache.perhaps_full(error, &said));
        }
        fs::rename(unpacking.join(package), self.source())?;
        fs::write(stamp, version)?;
        fs::remove_dir_all(unpacking)?;
        phase.done();
        Ok(())
    }

    /// Removes the folder: the kernel is where it belongs.
    fn end(self) -> Result<()> {
        fs::remove_dir_all(&self.dir).with_context(|| self.dir.display().to_string())
    }
}

/// A kernel's own build.
struct Build<'a> {
    ctx: &'a Context,
    source: PathBuf,
    log: PathBuf,
    /// Where its compiler is, if that is not the host's.
    root: Option<Root>,
    again: String,
}

impl Build<'_> {
    fn command(&self) -> Command {
        let mut make = match &self.root {
            Some(root) => root.command("make"),
            None => process::command("make"),
        };
        // What kbuild would take from outside.
        for outer in ["ARCH", "CROSS_COMPILE", "KBUILD_OUTPUT", "KCONFIG_CONFIG"] {
            make.env_remove(outer);
        }
        make.env("LC_ALL", "C").arg("-C").arg(&self.source);
        make
    }

    /// One word that kbuild says of the kernel.
    fn ask(&self, what: &str) -> Result<String> {
        let mut make = self.command();
        make.args(["-s", "--no-print-directory", what]);
        let said = process::output(&mut make);
        said.with_context(|| format!("{} says nothing", process::show(&make)))
    }

    fn make(&self, what: &str, targets: &[&str]) -> Result<()> {
        let jobs = thread::available_parallelism().map_or(1, usize::from);
        let mut make = self.command();
        make.arg(format!("-j{jobs}")).args(targets);
        let phase = self.ctx.progress.phase(what);
        let mut steps = 0;
        let status = process::logged_lines(&mut make, &self.log, self.ctx.verbose, &mut |line| {
            steps += 1;
            phase.detail(&format!("{steps}: {}", line.trim()));
        })?;
        if !status.success() {
            let said = fs::read_to_string(&self.log).unwrap_or_default();
            let error = host(format!(
                "{} failed\n{}",
                process::show(&make),
                process::last_lines(&said, 12)
            ))
            .help(format!(
                "its whole output: {}; what was built is kept: `{}` goes on",
                self.log.display(),
                self.again
            ));
            return Err(self.ctx.cache.perhaps_full(error.into(), &said));
        }
        phase.done();
        Ok(())
    }

    fn configure(&self, kind: &Kind) -> Result<()> {
        self.make("configuring it", &["tinyconfig"])?;
        let file = self.source.join(".config");
        let smallest = fs::read_to_string(&file)?;
        let config = kind.config();
        fs::write(&file, smallest + &config)?;
        self.make("completing its configuration", &["olddefconfig"])?;
        // kbuild's own copy, which says what its release is.
        self.make("taking its configuration", &["syncconfig"])?;
        let lost = lost(&config, &fs::read_to_string(&file)?);
        if !lost.is_empty() {
            bail!(
                "this kernel cannot be configured so: it drops {}",
                lost.join(", ")
            );
        }
        Ok(())
    }
}

/// What is asked for and not to be found in the configuration.
fn lost<'a>(asked: &'a str, found: &str) -> Vec<&'a str> {
    let found: Vec<&str> = found.lines().collect();
    asked
        .lines()
        .filter(|line| line.starts_with("CONFIG_") && !found.contains(line))
        .collect()
}

/// Copies what modules are built with and the image, in the places where a fetched kernel has them.
fn keep(source: &Path, dir: &Path, release: &str, image: &str) -> Result<()> {
    // arch/ARCHITECTURE/boot/NAME
    let arch = Path::new(image).components().nth(1);
    let arch = arch.with_context(|| format!("{image} is below no architecture"))?;
    let kept = Kept {
        arch: Path::new("arch").join(arch),
    };
    kept.copy(source, Path::new(""), &fetch::kdir_in(dir, release))?;
    let vmlinuz = dir.join("vmlinuz");
    fs::copy(source.join(image), &vmlinuz)?;
    image::check(&vmlinuz, release, Arch::host())
}

/// Which files of a built kernel are kept.
struct Kept {
    arch: PathBuf,
}

impl Kept {
    /// Whole folders.
    fn is_whole(&self, folder: &Path) -> bool {
        ["include", "scripts", "tools/objtool"]
            .iter()
            .any(|whole| folder.starts_with(whole))
            || folder.starts_with(self.arch.join("include"))
    }

    /// Single files: what kbuild includes, what it compares, what names addresses and modules, modules themselves.
    fn is_kept(file: &Path) -> bool {
        const NAMED: [&str; 5] = [
            ".config",
            "Module.symvers",
            "System.map",
            "modules.builtin",
            "vmlinux",
        ];
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let at_top = file.components().count() == 1;
        at_top && NAMED.contains(&&*name)
            || ["Makefile", "Kbuild", "Kconfig"]
                .iter()
                .any(|kbuild| name.starts_with(kbuild))
            || name.ends_with(".lds")
            || name.ends_with(".ko")
    }

    /// Copies what is kept of `from`/`below` to `to`/`below`.
    fn copy(&self, from: &Path, below: &Path, to: &Path) -> Result<()> {
        let whole = self.is_whole(below);
        let other = |folder: &Path| {
            folder.starts_with("Documentation")
                || folder.starts_with("arch")
                    && folder.components().count() == 2
                    && folder != self.arch
        };
        for entry in fs::read_dir(from.join(below))? {
            let entry = entry?;
            let path = below.join(entry.file_name());
            let kind = entry.file_type()?;
            if kind.is_dir() {
                if !other(&path) {
                    self.copy(from, &path, to)?;
                }
                continue;
            }
            let is_object = path.extension().is_some_and(|end| end == "o" || end == "a");
            if !Self::is_kept(&path) && (!whole || is_object) {
                continue;
            }
            let place = to.join(&path);
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder)?;
            }
            if kind.is_symlink() {
                std::os::unix::fs::symlink(fs::read_link(entry.path())?, place)?;
            } else {
                fs::copy(entry.path(), place)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::table;
    use super::*;

    #[test]
    fn an_option_that_went_silently_is_named() {
        let asked = "# A comment.\nCONFIG_KASAN=y\n# CONFIG_SLOB is not set\nCONFIG_SLUB=y\n";
        let found = "CONFIG_SLUB=y\nCONFIG_KASAN_GENERIC=y\n# CONFIG_KASAN is not set\n";
        assert_eq!(lost(asked, found), ["CONFIG_KASAN=y"]);
        assert_eq!(lost(asked, asked), Vec::<&str>::new());
    }

    #[test]
    fn sources_are_changed_once_or_not_at_all() {
        let source = tempfile::tempdir().unwrap();
        let edit = Edit {
            file: "kobject.c",
            old: "HZ *",
            new: "HZ / 10 + HZ *",
        };
        let file = source.path().join(edit.file);
        fs::write(&file, "delay = HZ * 4;").unwrap();
        for _ in 0..2 {
            edit.make(source.path()).unwrap();
            let text = fs::read_to_string(&file).unwrap();
            assert_eq!(text, "delay = HZ / 10 + HZ * 4;");
        }
        fs::write(&file, "delay = HZ;").unwrap();
        assert!(edit.make(source.path()).is_err());
    }

    #[test]
    fn a_configuration_names_each_option_once() {
        for name in table::made() {
            let kind = name.kind.unwrap();
            let config = kind.config();
            let options = config.lines().filter_map(|line| {
                let line = line.strip_prefix("# ").unwrap_or(line);
                line.strip_prefix("CONFIG_")?.split([' ', '=']).next()
            });
            let mut seen = HashSet::new();
            for option in options {
                assert!(seen.insert(option), "{name}: {option}");
            }
            let release = format!("CONFIG_LOCALVERSION=\"-{}\"\n", kind.name);
            assert!(config.contains(&release), "{name}");
        }
    }

    #[test]
    fn what_modules_are_built_with_is_kept_and_objects_are_not() {
        let [from, to] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let files = [
            ("Makefile", true),
            ("vmlinux", true),
            ("modules.builtin", true),
            ("fs/vmlinux", false),
            ("fs/Makefile", true),
            ("fs/file.c", false),
            ("drivers/i2c-stub.ko", true),
            ("drivers/i2c-stub.mod", false),
            ("include/generated/utsrelease.h", true),
            ("arch/mine/include/asm/io.h", true),
            ("arch/mine/kernel/vmlinux.lds", true),
            ("arch/other/include/asm/io.h", false),
            ("scripts/mod/modpost", true),
            ("scripts/mod/modpost.o", false),
            ("Documentation/Makefile", false),
        ];
        for (file, _) in files {
            let file = from.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "").unwrap();
        }
        let kept = Kept {
            arch: "arch/mine".into(),
        };
        kept.copy(from.path(), Path::new(""), to.path()).unwrap();
        for (file, expected) in files {
            assert_eq!(to.path().join(file).exists(), expected, "{file}");
        }
    }
}
