// SPDX-License-Identifier: GPL-2.0-only
//! Packages with a module that was built for one kernel.

use std::fs;
use std::path::{Path, PathBuf};

use super::{BOOKWORM, Root};
use crate::packages::{METADATA, krate, packages};
use crate::support::kmod;

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
    let root = Root::of(&BOOKWORM);
    root.has(&["lintian", &format!("linux-image-{release}")]);
    let [first, second] =
        [(&first, "first"), (&second, "second")].map(|(debs, at)| root.bring(debs, at));
    let before = root.files();

    root.dpkg(&["--install"], &first);
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
        root.dpkg(&["--install"], debs);
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
    let all = [
        package.clone(),
        "ticket-modules-common".to_owned(),
        "ticket-modules-dev".to_owned(),
    ];
    root.dpkg(&["--remove"], &all);
    assert!(settings.exists());
    let found = root.tries(&["modinfo", "-k", &release, "ticket"]);
    assert!(!found.status.success(), "the index still has it");
    root.dpkg(&["--purge"], &all);
    let left: Vec<_> = root.files().difference(&before).cloned().collect();
    assert!(left.is_empty(), "left behind: {left:?}");

    // Where depmod fails, dpkg goes on.
    let depmod = root.dir.join("usr/sbin/depmod");
    let aside = Path::new(&depmod).with_extension("aside");
    fs::rename(&depmod, &aside).unwrap();
    root.dpkg(&["--install"], &first);
    root.dpkg(&["--purge"], &all);
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
}
