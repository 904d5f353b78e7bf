// SPDX-License-Identifier: GPL-2.0-only
//! Building with another release's C library, compiler and tools.
//!
//! A root is that release's `/usr`, unpacked into the cache. A command in it sees the root's `/usr`
//! in place of the host's, in a mount namespace of its own; all other folders (the project, the
//! toolchain, the cache, `/proc`, `/dev`) are the host's, under their own names. So nobody needs to
//! be root, and nothing of the host is changed.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use kmod_build::arch::Arch;

use super::apt::{Apt, unpack};
use super::{Debian, FOR_MODULES};
use crate::context::Context;
use crate::error::host;
use crate::process;
use crate::toolchain::{Origin, Toolchain};

/// A root in the cache.
#[derive(Clone, Debug)]
pub struct Root {
    dir: PathBuf,
}

/// The script in a root that runs a command in it. rustup's toolchains may be below `/usr/local`, and
/// installed headers are in `/usr/src`: these are the host's there, too.
const ENTER: &str = "\
                     #!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# unshare --mount ROOT/enter COMMAND...: runs the command with this root's /usr.
set -eu
root=$(dirname \"$0\")
for dir in local src; do
	mount --rbind /usr/$dir \"$root/usr/$dir\"
done
mount --rbind \"$root/usr\" /usr
exec \"$@\"
";

/// Links that packages' scripts would make.
const LINKS: &[(&str, &str)] = &[("awk", "mawk"), ("cc", "gcc")];

/// Of no use to a build.
const UNUSED: &[&str] = &["doc", "info", "lintian", "locale", "man"];

impl Root {
    /// The variable that names the root to commands in it.
    pub const VARIABLE: &str = "CARGO_KMOD_ROOT";

    /// The root of a release, made once.
    pub fn of(ctx: &Context, debian: &'static Debian, again: &str) -> Result<Root> {
        if debian.root.is_empty() {
            bail!("there is no root of {} to build in", debian.codename);
        }
        let (packages, name) = Self::with_rust(debian);
        let why = "whose C library the kernel's build tools need";
        Self::made(ctx, debian, (&name, why), &packages, again)
    }

    /// What a root to build modules in is made of, and its name.
    fn with_rust(debian: &Debian) -> (Vec<&'static str>, String) {
        let mut packages = [FOR_MODULES, debian.root].concat();
        let mut name = debian.codename.to_owned();
        // Debian's own compiler is in /usr: the root has the other release's.
        if Toolchain::find().is_some_and(|found| found.origin == Origin::Distribution) {
            packages.extend(["cargo-web", "rust-web-src", "rustc-web"]);
            name += "-rust";
        }
        (packages, name)
    }

    /// The root of a release in which its kernels are built, made once.
    pub fn for_kernels(ctx: &Context, debian: &'static Debian, again: &str) -> Result<Root> {
        let name = format!("{}-kernels", debian.codename);
        let why = "whose compiler builds its kernels";
        Self::made(ctx, debian, (&name, why), debian.root_for_kernels, again)
    }

    /// The root in which modules for another architecture are built, made once: of the release, or
    /// of the first that has what it takes.
    pub fn across(
        ctx: &Context,
        debian: &'static Debian,
        arch: &Arch,
        again: &str,
    ) -> Result<Root> {
        let debian = match debian.root.is_empty() {
            true => &super::BOOKWORM,
            false => debian,
        };
        let (mut packages, mut name) = Self::with_rust(debian);
        packages.extend(arch.cross.packages);
        name = format!("{name}-{}", arch.debian);
        let why = "whose compiler builds for another architecture";
        Self::made(ctx, debian, (&name, why), &packages, again)
    }

    fn made(
        ctx: &Context,
        debian: &'static Debian,
        (name, why): (&str, &str),
        packages: &[&str],
        again: &str,
    ) -> Result<Root> {
        let entry = Path::new("roots").join(name);
        let root = Root {
            dir: ctx.cache.path(&entry),
        };
        if !root.dir.is_dir() {
            merged_usr()?;
            let apt = Apt::update(ctx, debian, again)?;
            ctx.cache
                .entry(&entry, |dir| fill(ctx, &apt, why, packages, dir))?;
        }
        root.can_be_entered()?;
        Ok(root)
    }

    /// `program`, seeing this root.
    pub fn command(&self, program: &str) -> Command {
        let mut command = process::command("unshare");
        command.arg("--mount");
        if !is_root() {
            command.arg("--map-root-user");
        }
        command.arg(self.dir.join("enter")).arg(program);
        command.env(Self::VARIABLE, self.dir.file_name().unwrap_or_default());
        // A libclang that the host's user chose is not there.
        command.env_remove("LIBCLANG_PATH");
        command
    }

    fn can_be_entered(&self) -> Result<()> {
        let output = self
            .command("true")
            .output()
            .context("cannot start unshare, of util-linux")?;
        if output.status.success() {
            return Ok(());
        }
        bail!(
            host(format!(
                "cannot enter {}: {}",
                self.dir.display(),
                String::from_utf8_lossy(&output.stderr).trim()
            ))
            .help(
                "allow user namespaces (sysctl kernel.unprivileged_userns_clone=1; on \
                 hosts with AppArmor kernel.apparmor_restrict_unprivileged_userns=0), or \
                 run as root; a container needs CAP_SYS_ADMIN"
            )
        )
    }
}

fn fill(ctx: &Context, apt: &Apt<'_>, why: &str, packages: &[&str], dir: &Path) -> Result<()> {
    let codename = apt.debian.codename;
    let phase = ctx
        .progress
        .phase(format!("making a root of {codename}, {why}"));
    let all = apt.closure(packages)?;
    let downloads = dir.join("packages");
    fs::create_dir(&downloads)?;
    let mut debs = apt.download(&all, &downloads, &phase)?;
    // It has the links from /bin and /lib to /usr.
    debs.sort_by_key(|deb| {
        !deb.file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("base-files_"))
    });
    for deb in &debs {
        phase.detail(&format!("unpacking {}", deb.display()));
        unpack(ctx, deb, dir)?;
    }
    fs::remove_dir_all(&downloads)?;
    for folder in ["bin", "lib", "lib64", "sbin"] {
        merge(&dir.join(folder), &dir.join("usr").join(folder))?;
    }
    for unused in UNUSED {
        let unused = dir.join("usr/share").join(unused);
        if unused.is_dir() {
            fs::remove_dir_all(&unused)?;
        }
    }
    for own in ["local", "src"] {
        fs::create_dir_all(dir.join("usr").join(own))?;
    }
    let enter = dir.join("enter");
    fs::write(&enter, ENTER)?;
    fs::set_permissions(&enter, Permissions::from_mode(0o755))?;
    for (link, target) in LINKS {
        symlink(target, dir.join("usr/bin").join(link))?;
    }
    phase.done();
    Ok(())
}

/// Moves what is in a folder to the one of that name in `/usr`: until Debian 12, packages have files
/// in both.
fn merge(from: &Path, to: &Path) -> Result<()> {
    if from.is_symlink() || !from.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        match entry.file_type()?.is_dir() && place.is_dir() {
            true => merge(&entry.path(), &place)?,
            false => fs::rename(entry.path(), place)?,
        }
    }
    Ok(fs::remove_dir(from)?)
}

/// Only where `/lib` is a link to `/usr/lib` does another `/usr` bring another C library.
fn merged_usr() -> Result<()> {
    if ["/bin", "/lib"]
        .iter()
        .all(|dir| Path::new(dir).is_symlink())
    {
        return Ok(());
    }
    bail!(
        host(
            "this host's /lib is not in /usr, so it cannot build with another \
             release's C library"
        )
        .help(
            "sudo apt-get install usrmerge, or build for a kernel of the host's own \
             release"
        )
    )
}

fn is_root() -> bool {
    // The owner of /proc/self is the effective user.
    fs::metadata("/proc/self").is_ok_and(|meta| meta.uid() == 0)
}
