// SPDX-License-Identifier: GPL-2.0-only
//! Where the host gets its Debian packages from: read from its own apt sources.

use std::env;
use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use super::Debian;
use crate::error::host;

/// Names another mirror than the host's sources do.
const VARIABLE: &str = "CARGO_KMOD_MIRROR";

/// An archive in the sources, and a suite of it.
#[derive(Debug, PartialEq, Eq)]
struct Source {
    uri: String,
    suite: String,
}

/// The mirrors of the archive, and of its security updates.
pub struct Mirrors {
    archive: String,
    security: String,
}

impl Mirrors {
    /// The host's own.
    pub fn of_host() -> Result<Mirrors> {
        let given = env::var(VARIABLE).ok().filter(|uri| !uri.is_empty());
        let sources = match &given {
            Some(_) => Vec::new(),
            None => read(Path::new("/etc/apt")),
        };
        let found = |is_security: bool| {
            let mut of_debian = sources.iter().filter(|source| is_debians(source));
            of_debian.find(|source| source.suite.ends_with("-security") == is_security)
        };
        let Some(archive) = given.or_else(|| Some(found(false)?.uri.clone())) else {
            bail!(
                host("the host's apt sources name no Debian mirror to fetch kernels from").help(
                    format!("set {VARIABLE} to the address of one (http://.../debian)")
                )
            );
        };
        let archive = archive.trim_end_matches('/').to_owned();
        let security = match found(true) {
            Some(source) => source.uri.trim_end_matches('/').to_owned(),
            None => format!("{archive}-security"),
        };
        Ok(Mirrors { archive, security })
    }

    /// The lines of a sources.list for a release.
    pub fn lines(&self, debian: &Debian, keyring: &str) -> String {
        let line = |pocket: &&str| {
            let uri = match *pocket {
                "-security" => &self.security,
                _ => &self.archive,
            };
            let codename = debian.codename;
            format!("deb [signed-by={keyring}] {uri} {codename}{pocket} main\n")
        };
        debian.pockets.iter().map(line).collect()
    }
}

/// Debian's archive under any of its suites' names, and no other that uses them, too.
fn is_debians(source: &Source) -> bool {
    let names = [
        "bullseye",
        "bookworm",
        "trixie",
        "forky",
        "sid",
        "oldoldstable",
        "oldstable",
        "stable",
        "testing",
        "unstable",
    ];
    let name = source.suite.split(['-', '/']).next().unwrap_or_default();
    let path = source.uri.trim_end_matches('/');
    let transport = path.split(':').next().unwrap_or_default();
    names.contains(&name)
        && (path.ends_with("/debian") || path.ends_with("/debian-security"))
        && matches!(transport, "http" | "https" | "file" | "copy")
}

/// The sources below `dir`, in both forms (sources.list(5)).
fn read(dir: &Path) -> Vec<Source> {
    let parts = fs::read_dir(dir.join("sources.list.d"))
        .into_iter()
        .flatten()
        .flatten();
    let mut files: Vec<_> = parts.map(|entry| entry.path()).collect();
    files.sort();
    files.insert(0, dir.join("sources.list"));
    let mut sources = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap_or_default();
        match file.extension().and_then(|end| end.to_str()) {
            Some("list") => sources.extend(text.lines().flat_map(one_line)),
            Some("sources") => sources.extend(text.split("\n\n").flat_map(deb822)),
            _ => {}
        }
    }
    sources
}

/// `deb [OPTION...] URI SUITE COMPONENT...`
fn one_line(line: &str) -> Option<Source> {
    let rest = line
        .trim()
        .strip_prefix("deb")?
        .strip_prefix([' ', '\t'])?
        .trim_start();
    let rest = match rest.strip_prefix('[') {
        Some(options) => options.split_once(']')?.1,
        None => rest,
    };
    let mut words = rest.split_whitespace();
    Some(Source {
        uri: words.next()?.to_owned(),
        suite: words.next()?.to_owned(),
    })
}

/// A stanza of `Field: value` lines.
fn deb822(stanza: &str) -> Vec<Source> {
    let field = |name: &str| -> Vec<&str> {
        let lines = stanza.lines().filter(|line| !line.starts_with('#'));
        let value = lines
            .filter_map(|line| line.split_once(':'))
            .find(|(key, _)| key.eq_ignore_ascii_case(name));
        value
            .map(|(_, value)| value.split_whitespace().collect())
            .unwrap_or_default()
    };
    if !field("Types").contains(&"deb") || field("Enabled").contains(&"no") {
        return Vec::new();
    }
    let suites = field("Suites");
    let both = |uri: &str| {
        let of = |suite: &&str| Source {
            uri: uri.to_owned(),
            suite: (*suite).to_owned(),
        };
        suites.iter().map(of).collect::<Vec<_>>()
    };
    field("URIs").into_iter().flat_map(both).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(uri: &str, suite: &str) -> Source {
        Source {
            uri: uri.into(),
            suite: suite.into(),
        }
    }

    #[test]
    fn both_forms_of_sources_are_read() {
        let dir = tempfile::tempdir().unwrap();
        let parts = dir.path().join("sources.list.d");
        fs::create_dir(&parts).unwrap();
        fs::write(
            dir.path().join("sources.list"),
            "# deb http://no/debian bookworm main\n\
             deb [arch=amd64 signed-by=/k.gpg] http://a/debian bookworm main contrib\n\
             deb-src http://a/debian bookworm main\n",
        )
        .unwrap();
        fs::write(
            parts.join("debian.sources"),
            "Types: deb deb-src\n# URIs: http://no\nURIs: http://b/debian\nSuites: trixie trixie-updates\n\n\
             Types: deb\nEnabled: no\nURIs: http://c/debian\nSuites: sid\n",
        )
        .unwrap();
        assert_eq!(
            read(dir.path()),
            [
                source("http://a/debian", "bookworm"),
                source("http://b/debian", "trixie"),
                source("http://b/debian", "trixie-updates"),
            ]
        );
    }

    #[test]
    fn other_archives_are_not_debians() {
        assert!(is_debians(&source("http://a/debian/", "bookworm")));
        assert!(is_debians(&source(
            "http://a/debian-security",
            "stable-security"
        )));
        assert!(!is_debians(&source("https://b/repo", "bookworm")));
        assert!(!is_debians(&source("cdrom:[x]/debian", "bookworm")));
        assert!(!is_debians(&source("http://a/debian", "nodistro")));
    }

    #[test]
    fn security_updates_come_from_their_own_archive() {
        let mirrors = Mirrors {
            archive: "http://a/debian".into(),
            security: "http://s/debian-security".into(),
        };
        assert_eq!(
            mirrors.lines(&super::super::BOOKWORM, "/k.gpg"),
            "deb [signed-by=/k.gpg] http://a/debian bookworm main\n\
             deb [signed-by=/k.gpg] http://s/debian-security bookworm-security main\n\
             deb [signed-by=/k.gpg] http://a/debian bookworm-backports main\n"
        );
    }
}
