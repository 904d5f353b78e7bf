// SPDX-License-Identifier: GPL-2.0-only
//! The image that the VM boots: the distribution's own, or one that the user names.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use kmod_build::arch::{ARCHES, Arch};

use super::fetch::take_image;
use crate::context::Context;
use crate::error::{host, usage};
use crate::process;

/// The image of an installed kernel, or the distribution's, fetched once.
pub fn of_distribution(ctx: &Context, release: &str, arch: &Arch) -> Result<PathBuf> {
    let boot = PathBuf::from(format!("/boot/{}-{release}", arch.image.file));
    if File::open(&boot).is_ok() {
        check(&boot, release, arch)?;
        return Ok(boot);
    }
    let entry = Path::new("kernels").join(release);
    let folder = ctx
        .cache
        .entry(&entry, |folder| fetch(ctx, release, arch, folder))?;
    let image = folder.join("vmlinuz");
    check(&image, release, arch).map_err(|error| {
        host("the cached image is damaged")
            .help(format!("rm -r {}", folder.display()))
            .because(error)
    })?;
    Ok(image)
}

/// Downloads the image's package through apt, which checks the signatures, and takes the image
/// out of it; nothing is installed.
fn fetch(ctx: &Context, release: &str, arch: &Arch, folder: &Path) -> Result<()> {
    let package = format!("linux-image-{release}");
    let phase = ctx.progress.phase(format!("fetching {package}"));
    let download = tempfile::Builder::new()
        .prefix("package-")
        .tempdir_in(folder)?;
    let mut apt = process::command("apt-get");
    apt.args(["-q", "download", &package])
        .current_dir(download.path());
    let log = download.path().join("apt.log");
    let status = process::logged(&mut apt, &log, &phase, ctx.verbose)?;
    if !status.success() {
        let said = fs::read_to_string(&log).unwrap_or_default();
        bail!(
            host(format!(
                "cannot download {package}, the kernel to boot\n{}",
                said.trim_end()
            ))
            .help(format!(
                "`apt-get update` and install the newest linux-headers package; or name an \
                 image of {release} with --image"
            ))
        );
    }
    let deb = fs::read_dir(download.path())?
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|extension| extension == "deb"))
        .with_context(|| format!("apt-get downloaded no package {package}"))?;

    phase.detail("unpacking");
    take_image(&deb, release, arch, &folder.join("vmlinuz"))?;
    check(&folder.join("vmlinuz"), release, arch)?;
    phase.done();
    Ok(())
}

/// An error unless `path` is a Linux image that can be read, of that architecture, and of that release
/// where it says so.
pub fn check(path: &Path, release: &str, arch: &Arch) -> Result<()> {
    let shown = path.display();
    let head = match read_head(path) {
        Ok(head) => head,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!(usage(format!("the kernel image {shown} does not exist")));
        }
        Err(error) => bail!(
            host(format!("the kernel image {shown} cannot be read: {error}")).help(format!(
                "`sudo cp {shown} .` and `sudo chown $USER` the copy, then --image the copy"
            ))
        ),
    };
    match recognise(&head) {
        None => Err(usage(format!("{shown} is not a Linux kernel image"))
            .help(format!(
                "a bootable image is meant (vmlinuz, {}), not vmlinux or a package",
                ARCHES
                    .iter()
                    .map(|arch| arch.image.name)
                    .collect::<Vec<_>>()
                    .join(", ")
            ))
            .into()),
        Some((of, _)) if of != arch => Err(usage(format!(
            "the image {shown} is for {}, but the headers are of a kernel for {}",
            of.debian, arch.debian
        ))
        .help(
            "a module loads only into the kernel it was built for: name both with \
             --kdir and --image",
        )
        .into()),
        Some((_, Some(inside))) if inside != release => Err(usage(format!(
            "the image {shown} is kernel {inside}, but the headers are of {release}"
        ))
        .help(
            "a module loads only into the kernel it was built for: name both with \
             --kdir and --image",
        )
        .into()),
        Some(_) => Ok(()),
    }
}

fn read_head(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path)?.take(64 * 1024).read_to_end(&mut head)?;
    Ok(head)
}

/// Of which architecture an image is that begins so, and of which release where the format tells.
fn recognise(head: &[u8]) -> Option<(&'static Arch, Option<String>)> {
    let of = |arch: &&'static Arch| Some((*arch, (arch.image.recognise)(head)?));
    ARCHES.iter().find_map(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bzimage(release: &str) -> Vec<u8> {
        let mut head = vec![0; 0x400];
        head[0x202..0x206].copy_from_slice(b"HdrS");
        head[0x20e..0x210].copy_from_slice(&0x100u16.to_le_bytes());
        head[0x300..0x300 + release.len()].copy_from_slice(release.as_bytes());
        head
    }

    fn checked(content: &[u8]) -> Result<()> {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), content).unwrap();
        check(file.path(), "6.1.0-56-cloud-amd64", Arch::FIRST)
    }

    #[test]
    fn an_image_of_the_headers_release_is_taken() {
        checked(&bzimage("6.1.0-56-cloud-amd64 (gcc) #1 SMP")).unwrap();
    }

    #[test]
    fn another_release_is_named() {
        let message = crate::error::message(&checked(&bzimage("5.10.0 #1")).unwrap_err());
        assert!(message.contains("is kernel 5.10.0"), "{message}");
    }

    #[test]
    fn an_image_for_another_architecture_is_named() {
        for (magic, name) in [(b"ARM\x64", "arm64"), (b"RSC\x05", "riscv64")] {
            let mut head = vec![0; 64];
            head[56..60].copy_from_slice(magic);
            let message = crate::error::message(&checked(&head).unwrap_err());
            let expected = format!("is for {name}, but the headers are");
            assert!(message.contains(&expected), "{message}");
        }
    }

    #[test]
    fn something_else_is_no_image() {
        let message = crate::error::message(&checked(b"\x7fELF").unwrap_err());
        assert!(message.contains("not a Linux kernel image"), "{message}");
    }

    #[test]
    fn a_folder_exists_but_cannot_be_read() {
        let dir = tempfile::tempdir().unwrap();
        let message = check(dir.path(), "6.1", Arch::FIRST)
            .unwrap_err()
            .to_string();
        assert!(message.contains("cannot be read"), "{message}");
    }
}
