// SPDX-License-Identifier: GPL-2.0-only
//! The kernels that are known by name: a line each.

use std::fmt;

use kmod_build::arch::{ARCHES, Arch, Flavour};

use super::made::{DEBUG, KCSAN, Kind};
use crate::debian::{self, BOOKWORM, BULLSEYE, Debian, TRIXIE, TRIXIE_ALONE};

/// A series of kernels of a Debian release, in the flavours that the tests cover.
pub struct Series {
    /// What its releases begin with.
    pub name: &'static str,
    /// Where its packages are.
    pub debian: &'static Debian,
    /// The flavours; the first is the one for virtual machines, which a bare series means.
    flavours: &'static [Flavour],
    /// Those that other architectures than the host's have, too.
    foreign: &'static [Flavour],
    /// What can be made of its sources.
    kinds: &'static [&'static Kind],
}

const NONE: &[Flavour] = &[];
const CLOUD: &[Flavour] = &[Flavour::Cloud];
const CLOUD_PLAIN: &[Flavour] = &[Flavour::Cloud, Flavour::Plain];
const ALL: &[Flavour] = &[Flavour::Cloud, Flavour::Plain, Flavour::Realtime];

const ONLY: &[Flavour] = &[Flavour::Only];
const EACH: &[Flavour] = &[
    Flavour::Cloud,
    Flavour::Plain,
    Flavour::Realtime,
    Flavour::Pages16,
];

/// Every kernel that `-k` knows by name. docs/kernels.md shows the same table.
pub static TABLE: &[Series] = &[
    series("5.10", &BULLSEYE, CLOUD_PLAIN, NONE, &[]),
    series("6.1", &BOOKWORM, ALL, ALL, &[&DEBUG, &KCSAN]),
    series("6.12", &BOOKWORM, CLOUD_PLAIN, CLOUD, &[]),
    series("6.12", &TRIXIE_ALONE, NONE, ONLY, &[]),
    series("7.3", &TRIXIE, ALL, EACH, &[]),
];

const fn series(
    name: &'static str,
    debian: &'static Debian,
    flavours: &'static [Flavour],
    foreign: &'static [Flavour],
    kinds: &'static [&'static Kind],
) -> Series {
    Series {
        name,
        debian,
        flavours,
        foreign,
        kinds,
    }
}

/// One kernel of the table. It is written `6.1`, `6.1-rt-amd64`, or `6.1-debug`.
#[derive(Clone, Copy)]
pub struct Name {
    /// Its architecture.
    pub arch: &'static Arch,
    /// Its series.
    pub series: &'static Series,
    /// Its flavour, or the kind that it is made as.
    pub flavour: &'static str,
    /// What it is made as; nothing for a kernel that is fetched.
    pub kind: Option<&'static Kind>,
}

impl Series {
    /// Debian's names of the flavours of an architecture.
    fn flavours(&self, arch: &'static Arch) -> impl Iterator<Item = &'static str> {
        let flavours = match arch.is_foreign() {
            true => self.foreign,
            false => self.flavours,
        };
        flavours.iter().filter_map(|flavour| arch.flavour(*flavour))
    }
}

/// Every kernel of the table that is fetched for the host's architecture, in its order.
pub fn all() -> impl Iterator<Item = Name> {
    of(Arch::host())
}

/// Every one that is fetched for an architecture.
pub fn of(arch: &'static Arch) -> impl Iterator<Item = Name> {
    TABLE.iter().flat_map(move |series| {
        let flavours = series.flavours(arch);
        flavours.map(move |flavour| Name {
            arch,
            series,
            flavour,
            kind: None,
        })
    })
}

/// Every one that is fetched for another architecture than the host's, and can be booted here.
pub fn foreign() -> impl Iterator<Item = Name> {
    let arches = ARCHES.iter().copied();
    let bootable = arches.filter(|arch| arch.is_foreign() && arch.guest.is_some());
    bootable.flat_map(of)
}

/// Every kernel of the table that is made here.
pub fn made() -> impl Iterator<Item = Name> {
    TABLE.iter().flat_map(|series| {
        let kinds = series.kinds.iter();
        kinds.map(move |kind| Name {
            arch: Arch::host(),
            series,
            flavour: kind.name,
            kind: Some(kind),
        })
    })
}

/// The kernel that is so written, with or without the flavour for virtual machines.
pub fn find(text: &str) -> Option<Name> {
    let mut names = all().chain(made()).chain(foreign());
    names.find(|name| name.to_string() == text || name.full() == text)
}

/// What a kernel is called that is written without its architecture, for this one; without a word,
/// that of the host's Debian release for virtual machines.
pub fn on(arch: &'static Arch, text: Option<&str>) -> Option<String> {
    let found = match text {
        Some(text) => of(arch).find(|name| name.series.name == text),
        None => {
            let host = debian::of_host();
            let of_host = |name: &Name| Some(name.series.debian.codename) == host.as_deref();
            of(arch).find(of_host).or_else(|| of(arch).next())
        }
    };
    found
        .map(|name| name.to_string())
        .or(text.map(str::to_owned))
}

/// The kernel to be made that is so written: the first of its kind, or one with its series.
pub fn find_made(text: &str) -> Option<Name> {
    made().find(|name| name.flavour == text || name.full() == text)
}

/// The series that a release belongs to: the row that lists it, or else one of its name.
pub fn series_of(release: &str) -> Option<&'static Series> {
    let listed = ARCHES.iter().copied().flat_map(of);
    let mut fitting = listed.filter(|name| name.version(release).is_some());
    let of_its_name = || TABLE.iter().find(|series| is_of(release, series.name));
    fitting.next().map(|name| name.series).or_else(of_its_name)
}

/// The kernel that was probably meant: one whose name begins so, or of the same series.
pub fn near(text: &str) -> Option<Name> {
    let begun = all().find(|name| name.to_string().starts_with(text));
    begun.or_else(|| all().find(|name| is_of(text, name.series.name)))
}

impl Name {
    /// The version within a release of this kernel: `6.1.0-56` of `6.1.0-56-rt-amd64`.
    pub fn version<'r>(&self, release: &'r str) -> Option<&'r str> {
        let version = release.strip_suffix(self.flavour)?.strip_suffix('-')?;
        let last = version.rsplit('-').next()?;
        let of_this =
            is_of(release, self.series.name) && last.starts_with(|c: char| c.is_ascii_digit());
        of_this.then_some(version)
    }

    /// Series and flavour.
    fn full(&self) -> String {
        format!("{}-{}", self.series.name, self.flavour)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.series.flavours(Arch::host()).next() == Some(self.flavour) {
            true => f.pad(self.series.name),
            false => f.pad(&self.full()),
        }
    }
}

/// Whether a release begins with the series, and not with half a number.
fn is_of(release: &str, series: &str) -> bool {
    let rest = release.strip_prefix(series);
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kernel_is_named_by_series_and_flavour() {
        assert_eq!(find("6.1").unwrap().flavour, "cloud-amd64");
        assert_eq!(find("6.1-cloud-amd64").unwrap().to_string(), "6.1");
        assert_eq!(find("7.3-rt-amd64").unwrap().to_string(), "7.3-rt-amd64");
        assert!(find("6").is_none() && find("5.10-rt-amd64").is_none());
    }

    #[test]
    fn a_kernel_of_another_architecture_is_named_in_full() {
        let other = ARCHES.iter().find(|arch| arch.is_foreign()).unwrap();
        let name = on(other, Some("6.1")).unwrap();
        assert_eq!(name, format!("6.1-cloud-{}", other.debian));
        assert_eq!(find(&name).unwrap().arch.name, other.name);
        assert_eq!(find(&name).unwrap().to_string(), name);
        assert!(on(other, None).unwrap().ends_with(other.debian));
        assert_eq!(on(Arch::host(), Some("6.1")).as_deref(), Some("6.1"));
        assert_eq!(on(other, Some("6.1.0-56")).as_deref(), Some("6.1.0-56"));
        assert!(all().all(|name| !name.arch.is_foreign()));
    }

    #[test]
    fn a_kernel_that_is_made_is_named_by_series_and_kind() {
        let debug = find("6.1-debug").unwrap();
        assert_eq!(debug.to_string(), "6.1-debug");
        assert_eq!(debug.version("6.1.192-debug"), Some("6.1.192"));
        assert_eq!(debug.version("6.1.0-56-cloud-amd64"), None);
        assert_eq!(find_made("debug").unwrap().to_string(), "6.1-debug");
        assert!(find_made("6.1").is_none() && find("debug").is_none());
        assert!(all().all(|name| name.kind.is_none()));
    }

    #[test]
    fn a_release_belongs_to_one_kernel() {
        let rt = find("6.1-rt-amd64").unwrap();
        let plain = find("6.1-amd64").unwrap();
        assert_eq!(rt.version("6.1.0-56-rt-amd64"), Some("6.1.0-56"));
        assert_eq!(plain.version("6.1.0-56-rt-amd64"), None);
        assert_eq!(plain.version("6.1.0-56-amd64"), Some("6.1.0-56"));
        assert_eq!(plain.version("6.12.95+deb12-amd64"), None);
        let trixie = find("7.3").unwrap();
        assert_eq!(
            trixie.version("7.3.4+deb13-cloud-amd64"),
            Some("7.3.4+deb13")
        );
    }

    #[test]
    fn a_series_may_be_of_one_debian_here_and_of_another_there() {
        for (release, codename) in [
            ("6.12.117+deb13-riscv64", "trixie"),
            ("6.12.117+deb12-cloud-arm64", "bookworm"),
            ("6.12.117+deb12-amd64", "bookworm"),
            ("6.12.117-own", "bookworm"),
        ] {
            assert_eq!(series_of(release).unwrap().debian.codename, codename);
        }
        assert!(series_of("6.13.0-amd64").is_none());
    }

    /// Rows of docs/kernels.md: series, Debian, flavours.
    #[test]
    fn the_documented_table_is_this_one() {
        let text = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/kernels.md");
        let text = std::fs::read_to_string(text).unwrap();
        let documented: Vec<String> = text
            .lines()
            .skip_while(|line| !line.starts_with("| series |"))
            .skip(2)
            .take_while(|line| line.starts_with('|'))
            .map(str::to_owned)
            .collect();
        let own = |series: &&Series| series.flavours(Arch::host()).next().is_some();
        let ours: Vec<String> = TABLE
            .iter()
            .filter(own)
            .map(|series| {
                let flavours = Vec::from_iter(series.flavours(Arch::host())).join("`, `");
                let Series { name, debian, .. } = series;
                format!("| `{name}` | {} | `{flavours}` |", debian.codename)
            })
            .collect();
        assert_eq!(documented, ours);
    }

    /// Rows of docs/kernels.md, as they are on the first architecture.
    #[test]
    fn the_kernels_of_other_architectures_are_documented() {
        if Arch::host() != Arch::FIRST {
            return;
        }
        let text = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/kernels.md");
        let text = std::fs::read_to_string(text).unwrap();
        let documented: Vec<&str> = text
            .lines()
            .skip_while(|line| !line.starts_with("| kernel | Debian |"))
            .skip(2)
            .take_while(|line| line.starts_with('|'))
            .collect();
        let ours: Vec<String> = foreign()
            .map(|name| format!("| `{name}` | {} |", name.series.debian.codename))
            .collect();
        assert_eq!(documented, ours);
    }

    /// Rows of docs/kernels.md: name, Debian, what it is.
    #[test]
    fn the_kernels_that_can_be_made_are_documented() {
        let text = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/kernels.md");
        let text = std::fs::read_to_string(text).unwrap();
        for name in made() {
            let about = name.kind.unwrap().about;
            let row = format!("| `{name}` | {} | {about} |", name.series.debian.codename);
            assert!(text.contains(&row), "{row}");
        }
    }
}
