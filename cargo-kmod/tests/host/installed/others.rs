// SPDX-License-Identifier: GPL-2.0-only
//! The recipes for other distributions, by the programs that read them there: rpmbuild, rpm, makepkg and pacman, which
//! Debian has. Fedora and Arch themselves are not asked.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use super::dkms::BUILD;
use super::{BOOKWORM, Root};
use crate::packages::{prepared, run, sources};

#[test]
#[ignore = "makes a Debian with mmdebstrap, as root, which takes some minutes; docs/packages.md has the last run"]
fn rpm_and_pacman_take_them() {
    let folder = tempfile::tempdir().unwrap();
    let made = sources(&prepared(folder.path()), "debs");
    let root = Root::of(&BOOKWORM);
    root.has(&[
        "rpm",
        "file",
        "fakeroot",
        "libarchive-tools",
        "makepkg",
        "pacman-package-manager",
        "zstd",
    ]);
    let release = root.release();
    let [archive, spec, pkgbuild] = [1, 2, 3].map(|at| &made[at + 1]);
    let srv = root.dir.join("srv");
    for (file, to) in [(archive, "arch"), (pkgbuild, "arch"), (spec, "rpm")] {
        let to = srv.join(to);
        fs::create_dir_all(&to).unwrap();
        fs::copy(file, to.join(file.file_name().unwrap())).unwrap();
    }
    // What builds the module is another here, as in the tests of DKMS.
    let apart = folder.path().join("apart");
    fs::create_dir(&apart).unwrap();
    run(Command::new("tar")
        .arg("-C")
        .arg(&apart)
        .arg("-xzf")
        .arg(archive));
    let build = apart.join("ticket-0.1.0-1/build");
    fs::write(&build, BUILD).unwrap();
    fs::set_permissions(&build, fs::Permissions::from_mode(0o755)).unwrap();
    let other = srv.join("rpm").join(archive.file_name().unwrap());
    run(Command::new("tar")
        .arg("-C")
        .arg(&apart)
        .args([std::ffi::OsStr::new("-czf"), other.as_os_str()])
        .arg("ticket-0.1.0-1"));
    let before = root.files();

    of_rpm(&root, &release);
    let left: Vec<_> = root.files().difference(&before).cloned().collect();
    assert!(left.is_empty(), "left behind: {left:?}");
    of_pacman(&root);
}

fn of_rpm(root: &Root, release: &str) {
    let define = |name: &str, value: &str| ["--define".to_owned(), format!("{name} {value}")];
    let words = [
        &["rpmbuild".to_owned(), "-bb".to_owned()][..],
        &define("_sourcedir", "/srv/rpm"),
        &define("_topdir", "/srv/rpm/top"),
        &define("_rpmdir", "/srv/rpm"),
        &["/srv/rpm/ticket-dkms.spec".to_owned()],
    ]
    .concat();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    root.does(&words);
    let package = "/srv/rpm/noarch/ticket-dkms-0.1.0-1.noarch.rpm";
    let listed = root.does(&["rpm", "-qpl", package]);
    for file in [
        "/etc/modprobe.d/ticket.conf",
        "/usr/lib/kernel/install.d/50-ticket-dkms.install",
        "/usr/lib/modules-load.d/ticket.conf",
        "/usr/lib/ticket-dkms/kernel",
        "/usr/lib/udev/rules.d/60-ticket.rules",
        "/usr/share/man/man4/ticket.4.gz",
        "/usr/src/ticket-0.1.0-1/dkms.conf",
        "/usr/src/ticket-0.1.0-1/framework.tar.xz",
        "/usr/src/ticket-0.1.0-1/module/src/lib.rs",
    ] {
        assert!(
            listed.lines().any(|line| line == file),
            "no {file}: {listed}"
        );
    }
    let needed = root.does(&["rpm", "-qp", "--requires", package]);
    assert!(needed.contains("rust >= 1."), "{needed}");

    // Of another distribution, it needs what dpkg has here.
    let rpm = |words: &[&str]| root.does(&[&["rpm", "--force-debian"][..], words].concat());
    let broken = root.dir.join(format!("srv/broken-{release}"));
    fs::write(&broken, "").unwrap();
    let said = rpm(&["-i", "--nodeps", package]);
    assert!(said.contains("no such function in this kernel"), "{said}");
    fs::remove_file(&broken).unwrap();
    let hook = "/usr/lib/kernel/install.d/50-ticket-dkms.install";
    let said = root.does(&[hook, "add", release]);
    assert!(said.contains("ticket.ko for"), "{said}");
    let status = root.does(&["dkms", "status", "-m", "ticket"]);
    assert!(status.contains(": installed"), "{status}");
    root.does(&["modinfo", "-k", release, "ticket"]);
    rpm(&["-e", "ticket-dkms"]);
    let status = root.does(&["dkms", "status", "-m", "ticket"]);
    assert_eq!(status, "");
    let found = root.tries(&["modinfo", "-k", release, "ticket"]);
    assert!(!found.status.success(), "the index still has it");
    root.does(&["rm", "-rf", "/root/.rpmdb", "/var/lib/rpm"]);
}

fn of_pacman(root: &Root) {
    root.does(&["useradd", "maker"]);
    // Whoever makes packages by himself does not sign them.
    let config = "[options]\nArchitecture = auto\nSigLevel = Never\n";
    fs::write(root.dir.join("srv/pacman.conf"), config).unwrap();
    root.does(&["chown", "-R", "maker", "/srv/arch"]);
    root.does(&[
        "runuser",
        "-u",
        "maker",
        "--",
        "sh",
        "-c",
        "cd /srv/arch && makepkg --nodeps",
    ]);
    root.does(&[
        "sh",
        "-c",
        "mkdir -p /srv/there/db && mv /srv/arch/*.pkg.* /srv/there",
    ]);
    let pacman = "pacman --config /srv/pacman.conf --root /srv/there --dbpath /srv/there/db --cachedir /srv/there/cache --noconfirm";
    root.does(&["sh", "-c", &format!("{pacman} -Udd /srv/there/*.pkg.*")]);
    let listed = root.does(&["sh", "-c", &format!("{pacman} -Ql ticket-dkms")]);
    for file in [
        "/etc/modprobe.d/ticket.conf",
        "/usr/lib/udev/rules.d/60-ticket.rules",
        "/usr/share/man/man4/ticket.4.gz",
        "/usr/src/ticket-0.1.0-1/dkms.conf",
    ] {
        assert!(listed.contains(&format!("{file}\n")), "no {file}: {listed}");
    }
    assert!(!listed.contains("/hooks/"), "{listed}");
    root.does(&["sh", "-c", &format!("{pacman} -Rdd ticket-dkms")]);
    let order = root.does(&["vercmp", "1.0.0rc.1", "1.0.0"]);
    assert_eq!(order, "-1\n");
}
