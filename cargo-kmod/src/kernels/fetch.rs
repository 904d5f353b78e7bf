// SPDX-License-Identifier: GPL-2.0-only
//! Kernels in the cache: headers, build tools and image of a release in a folder of their own,
//! unpacked from Debian's packages, or made of its sources (`made.rs`).

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, Result, bail};
use kmod_build::arch::Arch;

use super::image;
use super::table::Name;
use crate::context::Context;
use crate::debian::{Apt, unpack};
use crate::error::host;
use crate::headers::{self, compare};
use crate::process;
use crate::setup::{self, Need};

/// Where they are in the cache.
const KERNELS: &str = "kernels";
const SOURCES: &str = "usr/src";

/// The releases of the kernels in the cache, oldest first.
pub fn fetched(ctx: &Context) -> Vec<String> {
    let entries = fs::read_dir(ctx.cache.path(KERNELS))
        .into_iter()
        .flatten()
        .flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut releases: Vec<String> = names
        .filter(|release| kdir(ctx, release).join("Makefile").is_file())
        .collect();
    releases.sort_by(|a, b| compare(a, b));
    releases
}

/// The build folder of a kernel in the cache.
pub fn kdir(ctx: &Context, release: &str) -> PathBuf {
    kdir_in(&folder(ctx, release), release)
}

/// The build folder of the kernel that is in a folder.
pub fn kdir_in(folder: &Path, release: &str) -> PathBuf {
    let name = format!("{}{release}", headers::PREFIX);
    folder.join(SOURCES).join(name)
}

/// The cache's entry of a kernel.
pub fn entry(release: &str) -> PathBuf {
    Path::new(KERNELS).join(release)
}

/// Everything of a kernel in the cache.
pub fn folder(ctx: &Context, release: &str) -> PathBuf {
    ctx.cache.path(entry(release))
}

/// Removes a kernel from the cache; whether there was one.
pub fn remove(ctx: &Context, release: &str) -> Result<bool> {
    ctx.cache.remove(entry(release))
}

/// Fetches the newest release of a kernel, unless the cache has it; gives the release.
pub fn fetch(ctx: &Context, name: Name) -> Result<String> {
    setup::require(&[Need::Fetch])?;
    let again = format!("cargo kmod kernels fetch {name}");
    let apt = Apt::update_for(ctx, name.series.debian, name.arch, &again)?;
    let (release, image) = newest(&apt, name)?;
    let place = folder(ctx, &release);
    if place.is_dir() && !kdir(ctx, &release).is_dir() {
        // Of a former cargo-kmod, which kept images alone.
        ctx.cache.remove(entry(&release))?;
    }
    ctx.cache.entry(&entry(&release), |dir| {
        fill(ctx, &apt, (name.arch, &release, &image), &place, dir)
    })?;
    Ok(release)
}

/// The newest release of which there are headers and an image, and the image's package. For some hours
/// after an upload, the archive has the headers alone: images wait to be signed.
fn newest(apt: &Apt<'_>, name: Name) -> Result<(String, String)> {
    let series = name.series.name;
    let headers = apt.names(&format!("{}{series}", headers::PREFIX))?;
    let mut images = Vec::new();
    for prefix in IMAGES {
        images.extend(apt.names(&format!("{prefix}{series}"))?);
    }
    let found = complete(name, &headers, &images).ok_or_else(|| {
        let debian = name.series.debian.codename;
        host(format!("Debian's {debian} has no kernel {name} any more"))
            .help("take a newer cargo-kmod, or --kdir and --image")
    });
    Ok(found?)
}

/// What the names of packages with an image begin with: since 7.0 it has a package of its own.
const IMAGES: [&str; 2] = ["linux-binary-", "linux-image-"];

/// The newest release among packages of headers that is among those of images, too, with its image.
fn complete(name: Name, headers: &[String], images: &[String]) -> Option<(String, String)> {
    let releases = headers
        .iter()
        .filter_map(|package| package.strip_prefix(headers::PREFIX));
    let of_this = releases.filter(|release| name.version(release).is_some());
    let complete = of_this.filter_map(|release| {
        let mut packages = IMAGES.iter().map(|prefix| format!("{prefix}{release}"));
        Some((release, packages.find(|package| images.contains(package))?))
    });
    let newest = complete.max_by(|(a, _), (b, _)| compare(a, b));
    newest.map(|(release, image)| (release.to_owned(), image))
}

fn fill(
    ctx: &Context,
    apt: &Apt<'_>,
    (arch, release, image): (&Arch, &str, &str),
    place: &Path,
    dir: &Path,
) -> Result<()> {
    let phase = ctx.progress.phase(format!("fetching Linux {release}"));
    let headers = format!("{}{release}", headers::PREFIX);
    let mut packages = vec![image.to_owned(), headers.clone()];
    packages.extend(build_needs(apt, &headers)?);
    let downloads = dir.join("packages");
    fs::create_dir(&downloads)?;
    for deb in apt.download(&packages, &downloads, &phase)? {
        phase.detail(&format!("unpacking {}", deb.display()));
        let of_image = deb
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with(&format!("{image}_")));
        match of_image {
            true => take_image(&deb, release, arch, &dir.join("vmlinuz"))?,
            false => unpack(ctx, &deb, dir)?,
        }
    }
    fs::remove_dir_all(&downloads)?;
    image::check(&dir.join("vmlinuz"), release, arch)?;
    relocate(&dir.join(SOURCES).join(&headers), place)?;
    phase.done();
    Ok(())
}

/// What the names of packages with build tools begin with.
const TOOLS: &str = "linux-kbuild-";

/// The headers that all flavours share, and the build tools.
fn build_needs(apt: &Apt<'_>, headers: &str) -> Result<Vec<String>> {
    let fields = apt.fields(&[headers.to_owned()])?;
    let depends = fields
        .first()
        .and_then(|fields| fields.get("Depends"))
        .map(String::as_str)
        .unwrap_or_default();
    let names = depends
        .split(',')
        .filter_map(|need| need.split_whitespace().next());
    let needs: Vec<String> = names
        .filter_map(|name| match name.starts_with(headers::PREFIX) {
            true => Some(name.to_owned()),
            false => name.starts_with(TOOLS).then(|| apt.for_host(name)),
        })
        .collect();
    if needs.len() < 2 {
        bail!("{headers} does not say which packages it needs to build: {depends}");
    }
    Ok(needs)
}

/// Debian's headers find each other by relative links, but for the first Makefile.
fn relocate(kdir: &Path, place: &Path) -> Result<()> {
    let makefile = kdir.join("Makefile");
    let text = fs::read_to_string(&makefile).with_context(|| makefile.display().to_string())?;
    let moved = text.replace("/usr/src/", &format!("{}/", place.join(SOURCES).display()));
    fs::write(&makefile, moved)?;
    Ok(())
}

/// Takes the image out of its package.
pub fn take_image(deb: &Path, release: &str, arch: &Arch, to: &Path) -> Result<()> {
    let file = arch.image.file;
    let places = [
        format!("./boot/{file}-{release}"),
        format!("./usr/lib/modules/{release}/{file}"),
    ];
    for place in places {
        let mut unpack = process::command("dpkg-deb")
            .arg("--fsys-tarfile")
            .arg(deb)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start dpkg-deb")?;
        let files = unpack.stdout.take().context("dpkg-deb has no output")?;
        let output = process::command("tar")
            .args(["-xO", &place])
            .stdin(files)
            .stdout(File::create(to)?)
            .stderr(Stdio::null())
            .status()
            .context("cannot start tar")?;
        let _ = unpack.wait();
        if output.success() && fs::metadata(to)?.len() > 0 {
            return Ok(());
        }
    }
    bail!("{} holds no image of Linux {release}", deb.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_whose_image_is_not_signed_yet_is_not_the_newest() {
        let name = |name: &str| super::super::table::find(name).unwrap();
        let owned = |names: &[&str]| {
            names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>()
        };
        let headers = owned(&[
            "linux-headers-6.1.0-57-amd64",
            "linux-headers-6.1.0-9-amd64",
            "linux-headers-6.1.0-56-amd64",
            "linux-headers-6.1.0-56-rt-amd64",
        ]);
        let images = owned(&[
            "linux-image-6.1.0-57-amd64-unsigned",
            "linux-image-6.1.0-56-amd64",
            "linux-image-6.1.0-9-amd64",
        ]);
        let (release, image) = complete(name("6.1-amd64"), &headers, &images).unwrap();
        assert_eq!(release, "6.1.0-56-amd64");
        assert_eq!(image, "linux-image-6.1.0-56-amd64");
        assert_eq!(complete(name("6.1-rt-amd64"), &headers, &images), None);
    }

    #[test]
    fn headers_are_told_where_they_are() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(
            dir.path().join("Makefile"),
            "KBUILD_OUTPUT=/usr/src/linux-headers-7\ninclude /usr/src/linux-headers-7-common/Makefile\n",
        )
        .unwrap();
        relocate(dir.path(), Path::new("/c/kernels/7")).unwrap();
        assert_eq!(
            fs::read_to_string(dir.path().join("Makefile")).unwrap(),
            "KBUILD_OUTPUT=/c/kernels/7/usr/src/linux-headers-7\n\
             include /c/kernels/7/usr/src/linux-headers-7-common/Makefile\n"
        );
    }
}
