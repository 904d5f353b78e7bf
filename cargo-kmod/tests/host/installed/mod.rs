// SPDX-License-Identifier: GPL-2.0-only
//! Packages in Debians of their own, by apt, dpkg and dkms: as machines have them. They are not of the suite, since
//! making these takes root, a network and an hour: `cargo test -p cargo-kmod --test host installed -- --ignored`.

mod booted;
mod dkms;
mod dracut;
mod firmware;
mod machine;
mod others;
mod prebuilt;
mod secure_boot;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::packages::{run, said};

/// A release of Debian.
pub struct Debian {
    codename: &'static str,
    /// Its kernel, as packages are named: Debian 11's archive no longer has the package that names the newest.
    kernel: &'static str,
}

pub const BULLSEYE: Debian = Debian {
    codename: "bullseye",
    kernel: "5.10.0-46-cloud-amd64",
};
pub const BOOKWORM: Debian = Debian {
    codename: "bookworm",
    kernel: "cloud-amd64",
};
pub const TRIXIE: Debian = Debian {
    codename: "trixie",
    kernel: "cloud-amd64",
};

/// What each root has besides a kernel and its headers: what makes its initramfs, dkms, systemd, a manual.
const INCLUDE: &str = "kmod,man-db,initramfs-tools,udev,systemd-sysv,dbus,dkms,gcc,make,libc6-dev";

/// A command in a root: with `/proc` and `/dev`, which go when it ends, as does a small disk in the place of the
/// folder that `$2` names.
const ENTER: &str = "mount --make-rprivate / && mount -t proc proc \"$1/proc\" && mount --rbind /dev \"$1/dev\" || exit
root=$1 small=$2
shift 2
if [ -n \"$small\" ]; then
	mkdir -p \"$root$small\" && mount -t tmpfs -o size=48m tmpfs \"$root$small\" || exit
fi
exec chroot \"$root\" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \"$@\"";

/// A Debian in a folder, which may be changed.
pub struct Root {
    dir: PathBuf,
    _made: tempfile::TempDir,
}

impl Root {
    /// A copy of the one that is kept, which mmdebstrap makes once.
    pub fn of(debian: &Debian) -> Self {
        let Debian { codename, kernel } = debian;
        let include = format!("{INCLUDE},linux-image-{kernel},linux-headers-{kernel}");
        Self::with(codename, codename, &include)
    }

    /// The same of a release with other packages, which is kept by a name of its own.
    pub fn with(name: &str, codename: &str, include: &str) -> Self {
        let kept = kept().join(name);
        if !kept.exists() {
            fs::create_dir_all(kept.parent().unwrap()).unwrap();
            // In the format of directories, what is not whole would stay.
            let new = kept.with_extension("new");
            let _ = fs::remove_dir_all(&new);
            run(mmdebstrap()
                .args([
                    "--variant=apt",
                    "--aptopt=APT::Install-Recommends \"false\"",
                    &format!("--include={include}"),
                ])
                .arg(codename)
                .arg(&new)
                .arg(format!("deb http://deb.debian.org/debian {codename} main"))
                .arg(format!(
                    "deb http://deb.debian.org/debian-security {codename}-security main"
                )));
            fs::rename(&new, &kept).unwrap();
        }
        let made = tempfile::tempdir_in(kept.parent().unwrap()).unwrap();
        let dir = made.path().join("root");
        run(Command::new("cp")
            .args(["-a", "--reflink=auto"])
            .args([&kept, &dir]));
        Self { dir, _made: made }
    }

    /// Its folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// All of it, as an archive for the kernel to begin with; it needs the package cpio.
    pub fn archive(&self, file: &Path) {
        let find = "cd / && find . \\( -path ./proc -o -path ./dev -o -path ./sys \\) -prune -o -print0 \
            | cpio --null --create --format=newc --quiet";
        let status = self
            .enter("", &["sh", "-c", find])
            .stdout(fs::File::create(file).unwrap())
            .status();
        assert!(status.unwrap().success());
    }

    /// Its kernel.
    pub fn release(&self) -> String {
        let modules = fs::read_dir(self.dir.join("lib/modules")).unwrap();
        let mut names = modules.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let first = names.next().unwrap();
        assert_eq!(names.next(), None, "one kernel");
        first
    }

    fn enter(&self, small: &str, words: &[&str]) -> Command {
        let mut enter = Command::new("unshare");
        enter.args([
            "--mount",
            "--pid",
            "--fork",
            "--kill-child",
            "sh",
            "-c",
            ENTER,
            "sh",
        ]);
        enter.arg(&self.dir).arg(small).args(words);
        enter
    }

    /// Runs a command that may fail.
    pub fn tries(&self, words: &[&str]) -> Output {
        self.enter("", words).output().unwrap()
    }

    /// Runs a command that has to succeed; what it prints, errors too.
    pub fn does(&self, words: &[&str]) -> String {
        self.does_with("", words)
    }

    /// The same, while the disk of a folder is small.
    pub fn does_with(&self, small: &str, words: &[&str]) -> String {
        let output = self.enter(small, words).output().unwrap();
        let text = said(&output);
        println!("# {}\n{text}", words.join(" "));
        assert!(output.status.success(), "{words:?}: {text}");
        text
    }

    /// Installs what it lacks, from Debian.
    pub fn has(&self, packages: &[&str]) -> String {
        self.does(&["apt-get", "-q", "update"]);
        self.does(&[&["apt-get", "-q", "install", "-y"][..], packages].concat())
    }

    /// Copies packages into the root, and gives their places there.
    pub fn bring(&self, debs: &[PathBuf], folder: &str) -> Vec<String> {
        let to = self.dir.join("srv").join(folder);
        fs::create_dir_all(&to).unwrap();
        let places = debs.iter().map(|deb| {
            let name = deb.file_name().unwrap().to_str().unwrap();
            fs::copy(deb, to.join(name)).unwrap();
            format!("/srv/{folder}/{name}")
        });
        places.collect()
    }

    /// Calls dpkg; what it prints.
    pub fn dpkg(&self, options: &[&str], words: &[String]) -> String {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        self.does(&[&["dpkg"][..], options, &words].concat())
    }

    /// All files but those that dpkg, apt, ld.so and man write for themselves.
    pub fn files(&self) -> BTreeSet<String> {
        let listed = self.does(&[
            "find",
            "/boot",
            "/etc",
            "/lib/modules",
            "/usr",
            "/var/cache",
            "/var/lib",
            "/var/log",
            "-xdev",
            "-not",
            "-type",
            "d",
        ]);
        const OWN: [&str; 8] = [
            "/var/cache/apt/",
            "/var/cache/man/",
            "/var/cache/swcatalog/",
            "/var/lib/app-info",
            "/var/lib/swcatalog/",
            "/var/lib/apt/",
            "/var/lib/dpkg/",
            "/var/log/",
        ];
        const OURS: [&str; 2] = ["/var/lib/dpkg/info/", "/var/log/ticket"];
        let is_own = |file: &str| OWN.iter().any(|own| file.starts_with(own));
        let is_ours = |file: &str| OURS.iter().any(|ours| file.starts_with(ours));
        listed
            .lines()
            .filter(|file| file.starts_with('/') && (!is_own(file) || is_ours(file)))
            .map(str::to_owned)
            .collect()
    }
}

/// Where roots are kept: `rm -r` of it has them made anew.
pub fn kept() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("debian")
}

/// Holds what a guest said against the script that it ran: a line for each `check`, and nothing that does not hold.
pub fn judge(trial: &str, said: &str) {
    let (mut held, mut others) = (0, Vec::new());
    for line in said.lines() {
        // The kernel may have said something in the same line before.
        let Some((_, told)) = line.split_once("TRIAL ") else {
            continue;
        };
        println!("TRIAL {}", told.trim_end());
        match told.starts_with("ok: ") {
            true => held += 1,
            false => others.push(told.trim_end()),
        }
    }
    let checks = trial
        .lines()
        .filter(|line| line.trim_start().starts_with("check \""));
    let asked = checks.count();
    assert!(
        others == ["end"] && held == asked,
        "{held} of {asked} hold, {others:?}: {said}"
    );
}

#[test]
fn a_guest_has_to_say_that_all_holds() {
    let trial = "check() { : }\ncheck \"one\" true\n\tcheck \"two\" true\n";
    let holds = |said: &str| std::panic::catch_unwind(|| judge(trial, said)).is_ok();
    assert!(holds(
        "booting\r\nTRIAL ok: one\r\n[ 1.0] oTRIAL ok: two\r\nTRIAL end\r\n"
    ));
    for said in [
        "",
        "TRIAL ok: one\nTRIAL ok: two\n",
        "TRIAL ok: one\nTRIAL end\n",
        "TRIAL ok: one\nTRIAL not: two: TRIAL ok: two\nTRIAL end\n",
        "TRIAL not: modprobe x\nTRIAL ok: one\nTRIAL ok: two\nTRIAL end\n",
    ] {
        assert!(!holds(said), "{said}");
    }
}

/// mmdebstrap: the host's, or that of Debian's package, which is unpacked and not installed; so is what its apt checks
/// signatures with.
fn mmdebstrap() -> Command {
    let is_here = |program: &str| Command::new(program).arg("--version").output().is_ok();
    let folder = kept().join("programs");
    let missing = ["mmdebstrap", "gpgv"]
        .into_iter()
        .filter(|name| !is_here(name));
    for package in missing {
        if !folder.join("usr/bin").join(package).exists() {
            unpacked(package, &folder);
        }
    }
    let path = std::env::var("PATH").unwrap();
    let mut command = Command::new("env");
    command.env("PATH", format!("{path}:{}/usr/bin", folder.display()));
    command.arg("mmdebstrap");
    command
}

/// Unpacks a package of Debian's into a folder.
fn unpacked(package: &str, folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    run(Command::new("apt-get")
        .args(["-q", "download", package])
        .current_dir(folder));
    let debs = fs::read_dir(folder).unwrap();
    let mut debs = debs.map(|entry| entry.unwrap().path());
    let is_it = |file: &PathBuf| {
        let name = file.file_name().unwrap().to_string_lossy();
        name.starts_with(&format!("{package}_"))
    };
    run(Command::new("dpkg-deb")
        .arg("-x")
        .arg(debs.find(is_it).unwrap())
        .arg(folder));
}
