// SPDX-License-Identifier: GPL-2.0-only
//! The life of a package with the source, by apt, dpkg and dkms. What builds the module is another, in C, which takes
//! seconds and not minutes, and fails when it is told to: all else is of the package that is made.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use super::{BOOKWORM, BULLSEYE, Debian, Root, TRIXIE};
use crate::packages::{prepared, run, sources};

/// In the place of the package's `build`: kbuild and gcc are the real ones.
pub const BUILD: &str = "#!/bin/sh
set -e
cd \"$(dirname \"$0\")/module\"
[ ! -e /srv/full ] || dd if=/dev/zero of=/var/cache/ticket-dkms/compiled bs=1M count=100
echo 'obj-m := ticket.o' > Makefile
{
	echo '#include <linux/module.h>'
	[ ! -e \"/srv/broken-$1\" ] || echo '#error no such function in this kernel'
	echo 'MODULE_LICENSE(\"GPL\");'
} > ticket.c
make -C \"$2\" M=\"$PWD\" modules
";

/// What a package asks for that this one does not need.
const COMPILER: [&str; 5] = [
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "libclang1",
    "openssl",
];

const CALL: &str = "/usr/lib/ticket-dkms/kernel";

/// The package that is made, taken apart, with the other `build`; and that of what kernels share. All tests have one.
fn taken_apart() -> &'static (PathBuf, PathBuf) {
    static MADE: OnceLock<(PathBuf, PathBuf)> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = super::kept().join("ticket");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        take_apart(&folder)
    })
}

fn take_apart(folder: &Path) -> (PathBuf, PathBuf) {
    let debs = sources(&prepared(folder), "debs");
    let tree = folder.join("tree");
    run(Command::new("dpkg-deb").arg("-R").arg(&debs[1]).arg(&tree));
    let source = tree.join("usr/src/ticket-0.1.0-1");
    fs::write(source.join("framework.tar.xz"), "").unwrap();
    fs::write(source.join("build"), BUILD).unwrap();
    fs::set_permissions(source.join("build"), fs::Permissions::from_mode(0o755)).unwrap();
    let control = tree.join("DEBIAN/control");
    let text = fs::read_to_string(&control).unwrap();
    let lines = text
        .lines()
        .map(|line| match line.strip_prefix("Depends: ") {
            None => line.to_owned(),
            Some(packages) => {
                let kept = packages.split(", ");
                let kept = kept.filter(|one| !COMPILER.iter().any(|name| one.starts_with(name)));
                format!("Depends: {}", kept.collect::<Vec<_>>().join(", "))
            }
        });
    fs::write(&control, lines.collect::<Vec<_>>().join("\n") + "\n").unwrap();
    fs::remove_file(tree.join("DEBIAN/md5sums")).unwrap();
    (debs[0].clone(), tree)
}

/// The same as another version.
fn version(tree: &Path, folder: &Path, version: &str) -> PathBuf {
    let copy = folder.join(version);
    run(Command::new("cp").arg("-a").args([tree, &*copy]));
    let [old, new] =
        ["0.1.0-1", version].map(|version| copy.join(format!("usr/src/ticket-{version}")));
    if old != new {
        fs::rename(&old, &new).unwrap();
    }
    for file in [
        "DEBIAN/control",
        "DEBIAN/postinst",
        "DEBIAN/prerm",
        "DEBIAN/postrm",
        "usr/lib/ticket-dkms/kernel",
    ]
    .map(|file| copy.join(file))
    .into_iter()
    .chain([new.join("dkms.conf")])
    {
        let text = fs::read_to_string(&file).unwrap();
        let shared = "ticket-modules-common (>= 0.1.0-1)";
        let text = text
            .replace(shared, "\0")
            .replace("0.1.0-1", version)
            .replace('\0', shared);
        fs::write(file, text).unwrap();
    }
    let deb = folder.join(format!("ticket-dkms_{version}_all.deb"));
    run(Command::new("dpkg-deb")
        .args(["--root-owner-group", "-Zgzip", "--build"])
        .args([&copy, &deb]));
    deb
}

/// Such a package, behind that of what kernels share.
pub fn stand_in(folder: &Path) -> [PathBuf; 2] {
    let (common, tree) = taken_apart();
    [common.clone(), version(tree, folder, "0.1.0-1")]
}

struct Life {
    root: Root,
    /// The kernel that is there from the beginning, and one for which it cannot be built first.
    release: String,
    other: String,
}

impl Life {
    /// Whether building for a kernel fails.
    fn breaks(&self, release: &str, broken: bool) {
        let file = self.root.dir.join(format!("srv/broken-{release}"));
        match broken {
            true => fs::write(file, "").unwrap(),
            false => fs::remove_file(file).unwrap(),
        }
    }

    fn install(&self, deb: &str) -> String {
        self.root.dpkg(&["--install"], &[deb.to_owned()])
    }

    /// Has the package's script look at a kernel.
    fn call(&self, release: &str) -> String {
        self.root.does(&[CALL, release])
    }

    /// dkms has these versions installed, each for a kernel, and no others; modprobe finds them.
    fn has(&self, expected: &[(&str, &str)]) {
        let status = self.root.does(&["dkms", "status", "-m", "ticket"]);
        // Where the headers have gone, the module stays.
        let has_headers = |line: &&str| {
            let of = |release: &&String| line.contains(&format!(" {release},"));
            let release = [&self.release, &self.other].into_iter().find(of);
            let modules = self.root.dir.join("lib/modules");
            release.is_some_and(|release| modules.join(release).join("build").is_symlink())
        };
        let lines = status.lines().filter(|line| line.contains(": installed"));
        let installed: Vec<&str> = lines.filter(has_headers).collect();
        assert_eq!(installed.len(), expected.len(), "{status}");
        for (version, release) in expected {
            let is_it = |line: &&str| line.contains(&format!("{version}, {release},"));
            assert!(
                installed.iter().any(is_it),
                "no {version} for {release}: {status}"
            );
            let file = self
                .root
                .does(&["modinfo", "-k", release, "-F", "filename", "ticket"]);
            assert!(
                file.contains(&format!("{release}/updates/dkms/ticket.ko")),
                "{file}"
            );
        }
    }

    /// A module that somebody else has put there is used, whatever it is compressed with.
    fn gives_way_to(&self, name: &str) {
        let Life { root, release, .. } = self;
        let built = root.does(&["modinfo", "-k", release, "-F", "filename", "ticket"]);
        let updates = format!("/lib/modules/{release}/updates");
        root.does(&["cp", built.trim_end(), &format!("{updates}/{name}")]);
        let said = self.call(release);
        assert!(said.contains(&format!("updates/{name} is there")), "{said}");
        self.has(&[]);
        root.does(&["rm", &format!("{updates}/{name}")]);
        self.call(release);
        self.has(&[("0.1.0-1", release)]);
    }
}

fn lives(debian: &Debian) {
    let folder = tempfile::tempdir().unwrap();
    let (common, tree) = taken_apart();
    let debs = ["0.1.0-1", "0.1.0-2"].map(|number| version(tree, folder.path(), number));
    let root = Root::of(debian);
    let release = root.release();
    let life = Life {
        other: release.replace("-cloud", ""),
        release,
        root,
    };
    let (root, release, other) = (&life.root, &*life.release, &*life.other);
    let [first, second] = &root.bring(&debs, "debs")[..] else {
        panic!();
    };
    let common = root.bring(std::slice::from_ref(common), "common");
    let before = root.files();

    root.dpkg(&["--install"], &common);
    let said = life.install(first);
    assert!(
        said.contains(&format!("ticket.ko for {release} is installed")),
        "{said}"
    );
    life.has(&[("0.1.0-1", release)]);
    if debian.codename == TRIXIE.codename {
        // Older ones know no such verb.
        root.does(&["udevadm", "verify", "/usr/lib/udev/rules.d/60-ticket.rules"]);
    }

    // A kernel without headers, and the headers of one for which it cannot be built: they are installed.
    let said = life.call("1.2.3-none");
    assert!(
        said.contains("apt install linux-headers-1.2.3-none"),
        "{said}"
    );
    life.breaks(other, true);
    let headers = format!("linux-headers-{other}");
    let said = root.has(&[&headers]);
    assert!(
        said.contains("no such function in this kernel")
            && said.contains("this kernel is without it"),
        "{said}"
    );
    let state = root.does(&["dpkg-query", "-W", "-f", "${db:Status-Status}", &headers]);
    assert_eq!(state, "installed");
    let log = root.does(&["cat", &format!("/var/log/ticket-dkms/{other}.log")]);
    assert!(log.contains("no such function in this kernel"), "{log}");
    root.does(&["dkms", "autoinstall", "-k", other]);
    life.has(&[("0.1.0-1", release)]);

    // An upgrade that can be built for no kernel.
    life.breaks(release, true);
    let said = life.install(second);
    assert!(said.contains("the module that was there stays"), "{said}");
    life.has(&[("0.1.0-1", release)]);
    life.breaks(release, false);

    // A disk that is full half-way: a later attempt goes on.
    let full = root.dir.join("srv/full");
    fs::write(&full, "").unwrap();
    let said = root.does_with("/var/cache/ticket-dkms", &[CALL, release]);
    fs::remove_file(full).unwrap();
    assert!(
        said.contains("No space left on device") && said.contains("to try again"),
        "{said}"
    );
    life.has(&[("0.1.0-1", release)]);
    life.call(release);
    life.breaks(other, false);
    life.call(other);
    life.install(second);
    life.has(&[("0.1.0-2", release), ("0.1.0-2", other)]);
    let status = root.does(&["dkms", "status", "-m", "ticket"]);
    assert!(!status.contains("0.1.0-1"), "{status}");

    // A kernel's headers go, and with them its module; then the older version comes.
    root.dpkg(&["--purge"], &[headers]);
    life.install(first);
    life.has(&[("0.1.0-1", release)]);
    for name in ["ticket.ko", "ticket.ko.xz"] {
        life.gives_way_to(name);
    }

    root.dpkg(&["--remove"], &["ticket-dkms".to_owned()]);
    assert_eq!(root.does(&["dkms", "status", "-m", "ticket"]), "");
    let found = root.tries(&["modinfo", "-k", release, "ticket"]);
    assert!(!found.status.success(), "the index still has it");
    root.dpkg(
        &["--purge"],
        &["ticket-dkms", "ticket-modules-common"].map(str::to_owned),
    );
    let after = root.files();
    let left = after.difference(&before).map(String::as_str);
    // dkms's key is its own, as is the index that depmod leaves where there were headers alone.
    let left: Vec<&str> = left
        .filter(|file| !file.starts_with("/var/lib/dkms/mok.") && !file.contains(other))
        .collect();
    assert!(left.is_empty(), "left behind: {left:?}");
}

#[test]
#[ignore = "takes root and mmdebstrap's Debian 11, some minutes; docs/packages.md has the last run"]
fn dkms_has_it_in_debian_11() {
    lives(&BULLSEYE);
}

#[test]
#[ignore = "takes root and mmdebstrap's Debian 12, some minutes; docs/packages.md has the last run"]
fn dkms_has_it_in_debian_12() {
    lives(&BOOKWORM);
}

#[test]
#[ignore = "takes root and mmdebstrap's Debian 13, some minutes; docs/packages.md has the last run"]
fn dkms_has_it_in_debian_13() {
    lives(&TRIXIE);
}

/// Nothing is in the place of the package's own `build` here.
#[test]
#[ignore = "takes root and mmdebstrap's Debian 12, whose compiler builds for some ten minutes; docs/packages.md has the last run"]
fn debians_compiler_builds_it() {
    let folder = tempfile::tempdir().unwrap();
    let debs = sources(&prepared(folder.path()), "debs");
    let root = Root::of(&BOOKWORM);
    let release = root.release();
    let debs = root.bring(&debs[..2], "debs");

    // Without a compiler: who forces dpkg is told what to install.
    let said = root.dpkg(&["--force-depends", "--install"], &debs);
    for words in [
        "there is no /usr/bin/cargo",
        "= help: apt install rustc-web",
        "this kernel is without it",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    root.does(&["apt-get", "-q", "update"]);
    root.does(&["apt-get", "-q", "install", "-y", "--fix-broken"]);
    let before = root.files();

    let said = root.does_with("/var/cache/ticket-dkms", &[CALL, &release]);
    assert!(
        said.contains("No space left on device") && said.contains("to try again"),
        "{said}"
    );
    let said = root.does(&[CALL, &release]);
    assert!(said.contains("is installed"), "{said}");
    let vermagic = root.does(&["modinfo", "-k", &release, "-F", "vermagic", "ticket"]);
    assert!(vermagic.starts_with(&format!("{release} ")), "{vermagic}");
    let signer = root.does(&["modinfo", "-k", &release, "-F", "signer", "ticket"]);
    assert!(signer.starts_with("DKMS"), "{signer}");
    root.dpkg(
        &["--purge"],
        &["ticket-dkms", "ticket-modules-common"].map(str::to_owned),
    );
    let after = root.files();
    let left = after.difference(&before).map(String::as_str);
    let left: Vec<&str> = left
        .filter(|file| !file.starts_with("/var/lib/dkms/mok."))
        .collect();
    assert!(left.is_empty(), "left behind: {left:?}");
}
