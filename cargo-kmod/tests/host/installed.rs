// SPDX-License-Identifier: GPL-2.0-only
//! Packages in a Debian that dpkg keeps: as a machine has them.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::packages::{METADATA, krate, packages, run};
use crate::support::kmod;

/// The root: the one that `DEBIAN_ROOT` names, or a new one.
struct Root {
    dir: PathBuf,
    _made: Option<tempfile::TempDir>,
}

impl Root {
    fn of(release: &str) -> Self {
        if let Some(dir) = env::var_os("DEBIAN_ROOT") {
            let dir = dir.into();
            return Self { dir, _made: None };
        }
        let made = tempfile::tempdir().unwrap();
        let dir = made.path().join("root");
        let include = format!("--include=kmod,lintian,man-db,linux-image-{release}");
        run(Command::new("mmdebstrap")
            .args([
                "--variant=apt",
                "--aptopt=APT::Install-Recommends \"false\"",
                &include,
            ])
            .args(["bookworm".as_ref(), dir.as_os_str()])
            .arg("deb http://deb.debian.org/debian bookworm main")
            .arg("deb http://deb.debian.org/debian-security bookworm-security main"));
        Self {
            dir,
            _made: Some(made),
        }
    }

    fn chroot(&self, words: &[&str]) -> Command {
        let mut chroot = Command::new("chroot");
        chroot.arg(&self.dir).args(words);
        chroot
            .env("LC_ALL", "C.UTF-8")
            .env("DEBIAN_FRONTEND", "noninteractive");
        chroot
    }

    fn does(&self, words: &[&str]) -> String {
        run(&mut self.chroot(words))
    }

    /// Copies packages into the root, and gives their places there.
    fn bring(&self, debs: &[PathBuf], folder: &str) -> Vec<String> {
        let to = self.dir.join("srv").join(folder);
        fs::create_dir_all(&to).unwrap();
        let places = debs.iter().map(|deb| {
            let name = deb.file_name().unwrap().to_str().unwrap();
            fs::copy(deb, to.join(name)).unwrap();
            format!("/srv/{folder}/{name}")
        });
        places.collect()
    }

    fn dpkg(&self, option: &str, words: &[String]) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        self.does(&[&["dpkg", option][..], &words].concat());
    }

    /// All files but those that dpkg, ld.so and man write for themselves.
    fn files(&self) -> BTreeSet<String> {
        let listed = self.does(&[
            "find",
            "/etc",
            "/lib/modules",
            "/usr",
            "/var/lib/dpkg/info",
            "-xdev",
            "-not",
            "-type",
            "d",
        ]);
        listed.lines().map(str::to_owned).collect()
    }
}

/// `cargo test -p cargo-kmod --test host installed -- --ignored`, as root.
#[test]
#[ignore = "makes a Debian with mmdebstrap, as root, which takes some minutes; docs/packages.md has the last run"]
fn dpkg_installs_upgrades_and_removes_them() {
    let folder = tempfile::tempdir().unwrap();
    let first = packages(folder.path());
    let krate = krate(folder.path());
    let manifest = krate.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    let newer = METADATA.replace("load-at-boot", "revision = 2\nload-at-boot");
    fs::write(&manifest, text.replace(METADATA, &newer)).unwrap();
    let said = kmod(&krate, &["package", "--out", "newer"]).run();
    assert_eq!(said.code, 0, "{said:?}");
    let second: Vec<PathBuf> = said.out.lines().map(PathBuf::from).collect();

    let name = first[1].file_name().unwrap().to_str().unwrap();
    let package = name.split('_').next().unwrap().to_owned();
    let release = package.strip_prefix("ticket-modules-").unwrap().to_owned();
    let root = Root::of(&release);
    let [first, second] =
        [(&first, "first"), (&second, "second")].map(|(debs, at)| root.bring(debs, at));
    let before = root.files();

    root.dpkg("--install", &first);
    let file = root.does(&["modinfo", "-k", &release, "-F", "filename", "ticket"]);
    assert!(
        file.ends_with(&format!("{release}/updates/ticket.ko\n")),
        "{file}"
    );
    let page = root.does(&["man", "--warnings", "4", "ticket"]);
    assert!(page.contains("ticket - Hands out ticket numbers"), "{page}");
    let shown = root.does(&["modprobe", "-S", &release, "--show-depends", "ticket"]);
    assert!(shown.contains("ticket.ko"), "{shown}");

    // An administrator's settings outlive upgrade and removal.
    let settings = root.dir.join("etc/modprobe.d/ticket.conf");
    fs::write(&settings, "options ticket start=5\n").unwrap();
    for debs in [&second, &first] {
        root.dpkg("--install", debs);
        assert!(
            root.does(&["modinfo", "-k", &release, "ticket"])
                .contains("filename:")
        );
        assert_eq!(
            fs::read_to_string(&settings).unwrap(),
            "options ticket start=5\n"
        );
    }
    let shown = root.does(&["modprobe", "-S", &release, "--show-depends", "ticket"]);
    assert!(shown.contains("start=5"), "{shown}");
    let both = [package.clone(), "ticket-modules-common".to_owned()];
    root.dpkg("--remove", &both);
    assert!(settings.exists());
    let found = root
        .chroot(&["modinfo", "-k", &release, "ticket"])
        .output()
        .unwrap();
    assert!(!found.status.success(), "the index still has it");
    root.dpkg("--purge", &both);
    let left: Vec<_> = root.files().difference(&before).cloned().collect();
    assert!(left.is_empty(), "left behind: {left:?}");

    // Where depmod fails, dpkg goes on.
    let depmod = root.dir.join("usr/sbin/depmod");
    let aside = Path::new(&depmod).with_extension("aside");
    fs::rename(&depmod, &aside).unwrap();
    root.dpkg("--install", &first);
    root.dpkg("--purge", &both);
    fs::rename(&aside, &depmod).unwrap();
    root.does(&["depmod", &release]);

    let debs: Vec<&str> = first.iter().map(String::as_str).collect();
    let said = root.does(
        &[
            &["lintian", "--allow-root", "--fail-on", "error"][..],
            &debs,
        ]
        .concat(),
    );
    println!("lintian: {said}");
    fs::remove_dir_all(root.dir.join("srv/first")).unwrap();
    fs::remove_dir_all(root.dir.join("srv/second")).unwrap();
}
