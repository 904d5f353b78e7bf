// SPDX-License-Identifier: GPL-2.0-only
//! What `cargo kmod package` makes.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::{kmod, module_crate};

pub const METADATA: &str = "\n[package.metadata.kmod]\n\
    udev = [{ device = \"ticket\", group = \"plugdev\", mode = \"0660\", uaccess = true }]\n\
    [package.metadata.kmod.package]\n\
    maintainer = \"The kmod developers <kmod@example.org>\"\n\
    load-at-boot = true\n";

/// What it shares with programs besides.
const SHARED: &str = "\n/// Where somebody stands\n#[uapi]\npub struct TicketPoint {\n    pub x: u32,\n    pub y: u32,\n}\n";

pub fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// Runs a program that has to succeed; what it prints.
pub fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", said(&output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The crate in a folder.
pub fn krate(folder: &Path) -> PathBuf {
    folder.join("ticket")
}

/// A crate of its own with the example's source.
pub fn prepared(folder: &Path) -> PathBuf {
    kmod(folder, &["new", "ticket"]).run();
    let krate = krate(folder);
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (from, to) in [
        ("Cargo.lock", "Cargo.lock"),
        ("examples/ticket/src/lib.rs", "src/lib.rs"),
    ] {
        fs::copy(workspace.join(from), krate.join(to)).unwrap();
    }
    let source = krate.join("src/lib.rs");
    let text = fs::read_to_string(&source).unwrap();
    fs::write(&source, text + SHARED).unwrap();
    let manifest = krate.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text + METADATA).unwrap();
    krate
}

/// Such a crate, and packages of it.
pub fn packages(folder: &Path) -> Vec<PathBuf> {
    prebuilt(&prepared(folder), "debs")
}

/// Packages of a crate with the module for one kernel.
pub fn prebuilt(krate: &Path, out: &str) -> Vec<PathBuf> {
    let said = kmod(krate, &["package", "--out", out])
        .env("SOURCE_DATE_EPOCH", "1700000000".as_ref())
        .run();
    assert_eq!(said.code, 0, "{said:?}");
    said.out.lines().map(PathBuf::from).collect()
}

/// The packages with the source.
pub fn sources(krate: &Path, out: &str) -> Vec<PathBuf> {
    let said = kmod(krate, &["package", "--source", "--out", out])
        .env("SOURCE_DATE_EPOCH", "1700000000".as_ref())
        .run();
    assert_eq!(said.code, 0, "{said:?}");
    said.out.lines().map(PathBuf::from).collect()
}

/// They are put together in a folder of a random name, which is not to be found in them.
#[test]
fn the_source_is_packaged_with_all_that_builds_it() {
    let folder = tempfile::tempdir().unwrap();
    let krate = prepared(folder.path());
    let first = sources(&krate, "debs");
    let aside = folder.path().join("first");
    fs::create_dir(&aside).unwrap();
    let first = first.iter().map(|file| {
        let to = aside.join(file.file_name().unwrap());
        fs::copy(file, &to).unwrap();
        to
    });
    let first: Vec<_> = first.collect();
    // What was made before is not packaged, though it is in the crate's folder.
    let second = sources(&krate, "debs");
    assert_eq!(first.len(), 6, "{first:?}");
    for (one, two) in first.iter().zip(&second) {
        let is_same = fs::read(one).unwrap() == fs::read(two).unwrap();
        assert!(is_same, "{} and {} differ", one.display(), two.display());
    }
    holds_all_that_dkms_needs(&first);
    kernels_are_installed_whatever_dkms_does(&first[1]);
    others_have_recipes(&first);
    lintian_finds_no_error(&first[..2]);
}

fn contents(deb: &Path) -> String {
    run(Command::new("dpkg-deb").arg("-c").arg(deb))
}

fn field(deb: &Path, name: &str) -> String {
    let text = run(Command::new("dpkg-deb").arg("-f").arg(deb).arg(name));
    text.trim_end().to_owned()
}

/// All is asked of the same packages: making them takes two builds.
#[test]
fn the_same_source_makes_the_same_packages_anywhere() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let deeper = two.path().join("another/folder");
    fs::create_dir_all(&deeper).unwrap();
    let (first, second) = (packages(one.path()), packages(&deeper));
    assert_eq!(first.len(), 3);
    for (one, two) in first.iter().zip(&second) {
        assert_eq!(one.file_name(), two.file_name());
        let is_same = fs::read(one).unwrap() == fs::read(two).unwrap();
        assert!(is_same, "{} and {} differ", one.display(), two.display());
    }
    let [common, prebuilt, dev] = &first[..] else {
        panic!("{first:?}");
    };
    holds_what_kernels_share(common);
    holds_one_kernels_module(prebuilt);
    holds_what_programs_take(dev);
    scripts_never_fail(prebuilt);
    a_kernel_that_will_refuse_it_is_told_of(prebuilt);
    lintian_finds_no_error(&first);
    a_key_signs_the_module(&krate(one.path()));
}

/// If openssl is here, which makes a key: a signature is behind the module, by whom the certificate names.
fn a_key_signs_the_module(krate: &Path) {
    if Command::new("openssl").arg("version").output().is_err() {
        eprintln!("no module is signed: there is no openssl");
        return;
    }
    let sign = ["--sign-key", "key.pem", "--sign-cert", "cert.pem"];
    let said = kmod(
        krate,
        &[&["package", "--out", "signed", "--new-key"][..], &sign].concat(),
    )
    .run();
    assert_eq!(said.code, 0, "{said:?}");
    let mode = fs::metadata(krate.join("key.pem")).unwrap().permissions();
    assert_eq!(mode.mode() & 0o777, 0o600);
    let deb = said.out.lines().nth(1).unwrap();
    let folder = tempfile::tempdir().unwrap();
    run(Command::new("dpkg-deb")
        .arg("-x")
        .arg(deb)
        .arg(folder.path()));
    let release = field(Path::new(deb), "Package").replace("ticket-modules-", "");
    let ko = folder
        .path()
        .join(format!("lib/modules/{release}/updates/ticket.ko"));
    let signer = run(Command::new("modinfo").args(["-F", "signer"]).arg(&ko));
    assert_eq!(signer, "ticket modules\n");
    // What a machine is to learn is there, as mokutil takes it.
    let der = format!("usr/share/ticket-modules/{release}.der");
    let mut openssl = Command::new("openssl");
    openssl.args(["x509", "-in", "cert.pem", "-outform", "DER"]);
    let expected = openssl.current_dir(krate).output().unwrap().stdout;
    assert!(fs::read(folder.path().join(der)).unwrap() == expected);
    assert_eq!(field(Path::new(deb), "Recommends"), "mokutil");
    // Before anything is built.
    let openssl = |words: &[&str]| {
        let mut openssl = Command::new("openssl");
        run(openssl.args(words).current_dir(krate));
    };
    openssl(&[
        "pkcs8",
        "-topk8",
        "-in",
        "key.pem",
        "-out",
        "protected.pem",
        "-passout",
        "pass:x",
    ]);
    openssl(&[
        "x509", "-in", "cert.pem", "-signkey", "key.pem", "-days", "-1", "-out", "old.pem",
    ]);
    for (key, certificate, words) in [
        (
            "protected.pem",
            "cert.pem",
            [
                "has a passphrase",
                "= help: give it to the command: KBUILD_SIGN_PIN=",
            ],
        ),
        (
            "key.pem",
            "old.pem",
            ["old.pem has expired", "= help: make another one"],
        ),
    ] {
        let sign = ["package", "--sign-key", key, "--sign-cert", certificate];
        let said = kmod(krate, &sign).run();
        assert_eq!(said.code, 2, "{said:?}");
        for words in words {
            assert!(said.err.contains(words), "{said:?}");
        }
    }
    // A certificate that is there belongs to a key: none is made for it.
    fs::remove_file(krate.join("key.pem")).unwrap();
    for more in [&[][..], &["--new-key"]] {
        let said = kmod(krate, &[&["package"][..], &sign, more].concat()).run();
        assert_eq!(said.code, 2, "{said:?}");
        assert!(
            said.err.contains("key.pem is not there") && said.err.contains("= help: add --new-key"),
            "{said:?}"
        );
    }
}

fn holds_what_kernels_share(deb: &Path) {
    let listed = contents(deb);
    for file in [
        "./etc/modprobe.d/ticket.conf",
        "./usr/lib/modules-load.d/ticket.conf",
        "./usr/lib/udev/rules.d/60-ticket.rules",
        "./usr/share/doc/ticket-modules-common/changelog.Debian.gz",
        "./usr/share/doc/ticket-modules-common/copyright",
        "./usr/share/man/man4/ticket.4.gz",
    ] {
        let line = listed
            .lines()
            .find(|line| line.ends_with(&format!(" {file}")));
        let line = line.unwrap_or_else(|| panic!("no {file} in {listed}"));
        assert!(line.starts_with("-rw-r--r-- root/root "), "{line}");
        assert!(line.contains(" 2023-11-14 "), "{line}");
    }
    assert_eq!(field(deb, "Package"), "ticket-modules-common");
    assert_eq!(field(deb, "Version"), "0.1.0-1");
    assert_eq!(field(deb, "Architecture"), "all");
    let folder = tempfile::tempdir().unwrap();
    run(Command::new("dpkg-deb")
        .arg("-R")
        .arg(deb)
        .arg(folder.path()));
    let kept = fs::read_to_string(folder.path().join("DEBIAN/conffiles")).unwrap();
    assert_eq!(kept, "/etc/modprobe.d/ticket.conf\n");
    run(Command::new("md5sum")
        .args(["--check", "--quiet", "DEBIAN/md5sums"])
        .current_dir(folder.path()));
    let rules = folder.path().join("usr/lib/udev/rules.d/60-ticket.rules");
    let rules = fs::read_to_string(rules).unwrap();
    assert!(
        rules.contains("MODE=\"0660\", GROUP=\"plugdev\", TAG+=\"uaccess\"\n"),
        "{rules}"
    );
}

fn holds_one_kernels_module(deb: &Path) {
    let package = field(deb, "Package");
    let release = package.strip_prefix("ticket-modules-").unwrap();
    let depends = field(deb, "Depends");
    let image = format!("linux-image-{release} | linux-image-{release}-unsigned, ");
    assert!(depends.starts_with(&image), "{depends}");
    assert!(
        depends.ends_with("ticket-modules-common (>= 0.1.0-1)"),
        "{depends}"
    );
    let folder = tempfile::tempdir().unwrap();
    run(Command::new("dpkg-deb")
        .arg("-x")
        .arg(deb)
        .arg(folder.path()));
    let ko = folder
        .path()
        .join(format!("lib/modules/{release}/updates/ticket.ko"));
    let vermagic = run(Command::new("modinfo").args(["-F", "vermagic"]).arg(&ko));
    assert!(vermagic.starts_with(&format!("{release} ")), "{vermagic}");
    let sections = run(Command::new("readelf").arg("-SW").arg(&ko));
    assert!(
        !sections.contains(".debug_info") && sections.contains(".note.gnu.build-id"),
        "{sections}"
    );
}

/// Each is used as its consumer does: the header compiled, the Python module and the description read.
fn holds_what_programs_take(deb: &Path) {
    assert_eq!(field(deb, "Package"), "ticket-modules-dev");
    let folder = tempfile::tempdir().unwrap();
    run(Command::new("dpkg-deb")
        .arg("-x")
        .arg(deb)
        .arg(folder.path()));
    let usr = folder.path().join("usr");
    let json = fs::read_to_string(usr.join("share/ticket-modules/ticket.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["name"], "ticket", "{json}");
    let program =
        "#include <kmod/ticket.h>\nint main(void) { return sizeof(struct ticket_point) != 8; }\n";
    let (source, binary) = (folder.path().join("x.c"), folder.path().join("x"));
    fs::write(&source, program).unwrap();
    run(Command::new("cc").arg("-I").arg(usr.join("include")).args([
        &source,
        Path::new("-o"),
        &binary,
    ]));
    run(&mut Command::new(binary));
    let python = "import ctypes, ticket; assert ctypes.sizeof(ticket.TicketPoint) == 8";
    run(Command::new("python3")
        .args(["-c", python])
        .env("PYTHONPATH", usr.join("lib/python3/dist-packages"))
        .env("PYTHONDONTWRITEBYTECODE", "1"));
    let library = usr.join("src/ticket-uapi-0.1.0-1/src/lib.rs");
    let text = fs::read_to_string(library).unwrap();
    assert!(text.contains("pub struct TicketPoint {"), "{text}");
}

/// Whatever depmod does, dpkg goes on.
fn scripts_never_fail(deb: &Path) {
    let folder = tempfile::tempdir().unwrap();
    run(Command::new("dpkg-deb")
        .arg("-e")
        .arg(deb)
        .arg(folder.path()));
    let package = field(deb, "Package");
    let release = package.strip_prefix("ticket-modules-").unwrap();
    let modules = folder.path().join("modules");
    let tools = folder.path().join("tools");
    fs::create_dir_all(modules.join(release)).unwrap();
    fs::create_dir(&tools).unwrap();
    let depmod = tools.join("depmod");
    let called = folder.path().join("called");
    for (script, when) in [("postinst", "configure"), ("postrm", "remove")] {
        let text = fs::read_to_string(folder.path().join(script)).unwrap();
        let text = text.replace("/lib/modules", modules.to_str().unwrap());
        let run = |when: &str| {
            let mut sh = Command::new("/bin/sh");
            sh.args(["-c", &text, script, when]).env("PATH", &tools);
            let output = sh.output().unwrap();
            assert!(
                output.status.success(),
                "{script} {when}: {}",
                said(&output)
            );
            said(&output)
        };
        // The kernel has gone already.
        assert_eq!(run(when), "");
        let builtin = modules.join(release).join("modules.builtin");
        fs::write(&builtin, "").unwrap();
        assert!(run(when).contains("depmod failed"), "without depmod");
        for (code, told) in [(0, false), (1, true)] {
            let _ = fs::remove_file(&called);
            let fake = format!(
                "#!/bin/sh\necho \"$@\" > {}\nexit {code}\n",
                called.display()
            );
            fs::write(&depmod, fake).unwrap();
            fs::set_permissions(&depmod, fs::Permissions::from_mode(0o755)).unwrap();
            assert_eq!(run(when).contains("depmod failed"), told);
            assert_eq!(fs::read_to_string(&called).unwrap(), format!("{release}\n"));
        }
        let _ = fs::remove_file(&called);
        run("abort-upgrade");
        assert!(!called.exists());
        fs::remove_file(&builtin).unwrap();
        fs::remove_file(&depmod).unwrap();
    }
}

/// The `.deb` and the archive: the same, but for who asks dkms to build.
fn holds_all_that_dkms_needs(files: &[PathBuf]) {
    let [_, deb, archive, ..] = files else {
        panic!("{files:?}");
    };
    assert_eq!(field(deb, "Package"), "ticket-dkms");
    assert_eq!(field(deb, "Provides"), "ticket-modules");
    let depends = field(deb, "Depends");
    for package in [
        "dkms",
        "rustc-web (>= 1.",
        "ticket-modules-common (>= 0.1.0-1)",
    ] {
        assert!(depends.contains(package), "{depends}");
    }
    let folder = tempfile::tempdir().unwrap();
    let (root, other) = (folder.path().join("deb"), folder.path().join("tar"));
    run(Command::new("dpkg-deb").arg("-R").arg(deb).arg(&root));
    fs::create_dir(&other).unwrap();
    run(Command::new("tar")
        .arg("-C")
        .arg(&other)
        .arg("-xzf")
        .arg(archive));
    let [deb, tar] = [root.join("usr/src"), other].map(|at| at.join("ticket-0.1.0-1"));
    let differ = Command::new("diff")
        .arg("-r")
        .args([&deb, &tar])
        .output()
        .unwrap();
    let differ = said(&differ);
    let lines: Vec<&str> = differ
        .lines()
        .filter(|line| !line.contains("dkms.conf"))
        .collect();
    let [asked, hooks, system] = &lines[1..] else {
        panic!("{differ}");
    };
    assert_eq!(*asked, "> AUTOINSTALL=\"yes\"");
    assert!(
        hooks.ends_with(": hooks") && system.ends_with(": system"),
        "{differ}"
    );
    for script in [
        "usr/lib/ticket-dkms/kernel",
        "etc/kernel/postinst.d/dkms-ticket",
        "DEBIAN/prerm",
    ] {
        run(Command::new("sh").arg("-n").arg(root.join(script)));
    }
    let manifest = fs::read_to_string(deb.join("module/Cargo.toml")).unwrap();
    assert!(manifest.contains("[dependencies.kmod-core]"), "{manifest}");
    let config = fs::read_to_string(deb.join("vendor.toml")).unwrap();
    assert!(config.contains("directory = \"@VENDOR@\""), "{config}");
    let packed = run(Command::new("tar")
        .arg("-tJf")
        .arg(deb.join("framework.tar.xz")));
    for file in [
        "framework/Cargo.lock",
        "framework/cargo-kmod/src/main.rs",
        "framework/cargo-kmod/guest/Cargo.toml",
        "framework/kmod-core/src/lib.rs",
    ] {
        assert!(packed.lines().any(|line| line == file), "no {file}");
    }
    assert!(packed.contains("\nvendor/bindgen-"), "{packed}");
}

/// The same files as in Debian's packages, each in its place; rpmbuild and makepkg are asked by a test of their own.
fn others_have_recipes(files: &[PathBuf]) {
    let [_, _, archive, spec, pkgbuild, _] = files else {
        panic!("{files:?}");
    };
    let listed = run(Command::new("tar").arg("-tzf").arg(archive));
    for file in [
        "hooks/install",
        "hooks/kernel",
        "system/etc/modprobe.d/ticket.conf",
        "system/usr/lib/modules-load.d/ticket.conf",
        "system/usr/lib/udev/rules.d/60-ticket.rules",
        "system/usr/share/man/man4/ticket.4.gz",
    ] {
        let file = format!("ticket-0.1.0-1/{file}");
        assert!(listed.lines().any(|line| line == file), "no {file}");
    }
    let spec = fs::read_to_string(spec).unwrap();
    for line in [
        "Version: 0.1.0",
        "Release: 1",
        "%config(noreplace) /etc/modprobe.d/ticket.conf",
        "/usr/lib/udev/rules.d/60-ticket.rules",
        "Conflicts: kmod-device-ticket",
    ] {
        assert!(spec.lines().any(|found| found == line), "{spec}");
    }
    let sum = run(Command::new("sha256sum").arg(archive));
    let sum = sum.split_whitespace().next().unwrap();
    let text = fs::read_to_string(pkgbuild).unwrap();
    assert!(text.contains(&format!("sha256sums=({sum})")), "{text}");
    for text in [spec, text] {
        assert!(
            !text.contains('@') || text.contains("kmod@example.org"),
            "{text}"
        );
    }
    run(Command::new("bash").arg("-n").arg(pkgbuild));
}

/// The script that packages of kernels call ends with 0, and says what dkms did not do.
fn kernels_are_installed_whatever_dkms_does(deb: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    run(Command::new("dpkg-deb").arg("-x").arg(deb).arg(root));
    let script = fs::read_to_string(root.join("usr/lib/ticket-dkms/kernel")).unwrap();
    let at = |place: &str| format!("{}{place}", root.display());
    let mut script = script;
    for place in ["/usr/src/", "/lib/modules/", "/var/log/", "/var/lib/dkms"] {
        script = script.replace(place, &at(place));
    }
    let tools = root.join("tools");
    fs::create_dir_all(&tools).unwrap();
    let calls = root.join("calls");
    let kernel = |dkms: &str| {
        let text = format!("#!/bin/sh\necho \"$@\" >> {}\n{dkms}\n", calls.display());
        let file = tools.join("dkms");
        fs::write(&file, text).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
        let path = format!("{}:{}", tools.display(), std::env::var("PATH").unwrap());
        let mut sh = Command::new("/bin/sh");
        sh.args(["-c", &script, "kernel", "6.1.0-1"])
            .env("PATH", path);
        let output = sh.output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        said(&output)
    };
    let text = kernel("exit 0");
    assert!(text.contains("apt install linux-headers-6.1.0-1"), "{text}");
    fs::create_dir_all(root.join("lib/modules/6.1.0-1/build/include")).unwrap();
    let text = kernel("exit 0");
    assert!(
        text.contains("ticket.ko for 6.1.0-1 is installed"),
        "{text}"
    );

    // It fails as the compiler does; the log has all, and people are shown what matters.
    let build = at("/var/lib/dkms/ticket/0.1.0-1/build");
    let fails = format!(
        "[ $1 = build ] || exit 0; mkdir -p {build}\n\
         printf 'make[1]: Entering directory /x\\nerror: no such function\\n' > {build}/make.log\n\
         echo dkms chatters; exit 10"
    );
    let text = kernel(&fails);
    assert!(
        text.contains("  error: no such function\n")
            && text.contains("this kernel is without it")
            && !text.contains("Entering")
            && !text.contains("chatters"),
        "{text}"
    );
    let log = fs::read_to_string(at("/var/log/ticket-dkms/6.1.0-1.log")).unwrap();
    assert!(
        log.contains("dkms chatters\n") && log.contains("Entering"),
        "{log}"
    );
    assert!(!Path::new(&build).exists());

    // What is there already is not built: by dkms, or by a package of its own.
    let installed = "echo ticket/0.1.0-1, 6.1.0-1, x86_64: installed";
    assert_eq!(kernel(installed), "");
    let updates = root.join("lib/modules/6.1.0-1/updates");
    fs::create_dir_all(&updates).unwrap();
    fs::write(updates.join("ticket.ko"), "").unwrap();
    fs::remove_file(&calls).unwrap();
    let text = kernel(installed);
    assert!(text.contains("DKMS's goes"), "{text}");
    let called = fs::read_to_string(&calls).unwrap();
    assert!(
        called.ends_with("remove -m ticket -v 0.1.0-1 -k 6.1.0-1\n"),
        "{called}"
    );
}

/// A kernel that is locked down, or was told to, takes signed modules only: before it does not, that is said.
fn a_kernel_that_will_refuse_it_is_told_of(deb: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    run(Command::new("dpkg-deb").arg("-e").arg(deb).arg(root));
    let mut script = fs::read_to_string(root.join("postinst")).unwrap();
    for place in ["/sys/", "/lib/modules", "/usr/share/"] {
        script = script.replace(place, &format!("{}{place}", root.display()));
    }
    let write = |place: &str, text: &str| {
        let file = root.join(place);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    };
    let package = field(deb, "Package");
    let release = package.strip_prefix("ticket-modules-").unwrap();
    let certificate = format!("usr/share/ticket-modules/{release}.der");
    write(&format!("lib/modules/{release}/modules.builtin"), "");
    write("tools/depmod", "#!/bin/sh\n");
    let says = |lockdown: &str, enforced: &str, signer: &str, mokutil: &str| {
        write("sys/kernel/security/lockdown", lockdown);
        write("sys/module/module/parameters/sig_enforce", enforced);
        write("tools/modinfo", &format!("#!/bin/sh\necho {signer}\n"));
        write("tools/mokutil", &format!("#!/bin/sh\necho {mokutil}\n"));
        let tools = root.join("tools");
        let path = format!("{}:{}", tools.display(), std::env::var("PATH").unwrap());
        let mut sh = Command::new("/bin/sh");
        sh.args(["-c", &script, "postinst", "configure"])
            .env("PATH", path);
        let output = sh.output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        said(&output)
    };
    let (open, locked) = (
        "[none] integrity confidentiality\n",
        "none [integrity] confidentiality\n",
    );
    assert_eq!(says(open, "N\n", "", ""), "");
    for (lockdown, enforced) in [(locked, "N\n"), (open, "Y\n")] {
        let _ = fs::remove_file(root.join(&certificate));
        let text = says(lockdown, enforced, "", "");
        assert!(
            text.contains("updates/ticket.ko is not signed\n= help: take a package"),
            "{text}"
        );
        write(&certificate, "");
        let text = says(lockdown, enforced, "somebody", "x is not enrolled");
        let help = format!("= help: mokutil --import {}/{certificate}", root.display());
        assert!(text.contains(&help), "{text}");
        for known in ["x is already enrolled", "x is already in the request"] {
            assert_eq!(says(lockdown, enforced, "somebody", known), "");
        }
    }
}

/// If it is here: the set-up does not install it.
fn lintian_finds_no_error(debs: &[PathBuf]) {
    if Command::new("lintian").arg("--version").output().is_err() {
        eprintln!("not judged: there is no lintian");
        return;
    }
    let mut lintian = Command::new("lintian");
    let output = lintian
        .args(["--fail-on", "error"])
        .args(debs)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn what_a_package_needs_is_asked_for_before_anything_is_built() {
    let krate = module_crate();
    let manifest = krate.path().join("Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    for (metadata, words) in [
        (
            "",
            "names who makes it, by name and mail address, and `probe` names nobody",
        ),
        ("maintainer = \"me\"", "`me` is no name with a mail address"),
        (
            "maintainer = 1",
            "package.metadata.kmod.package in the Cargo.toml of `probe`",
        ),
        (
            "maintainer = \"A <a@b.org>\"\nload = true",
            "unknown field `load`",
        ),
        (
            "maintainer = \"A <a@b.org>\"\nunits = [\"none.service\"]",
            "`none.service`, which is no file of the crate",
        ),
    ] {
        let section = format!("[package.metadata.kmod.package]\n{metadata}\n");
        fs::write(&manifest, text.clone() + &section).unwrap();
        let said = kmod(krate.path(), &["package"])
            .env("DEBEMAIL", "".as_ref())
            .env("DEBFULLNAME", "".as_ref())
            .run();
        assert_eq!(said.code, 2, "{metadata}: {said:?}");
        assert!(
            said.err.contains(words) && said.err.contains("\n= help: "),
            "{said:?}"
        );
    }
    // rc10 is before rc9 for cargo, and behind it for dpkg.
    let text = text.replace("0.1.0", "0.1.0-rc9")
        + "[package.metadata.kmod.package]\nmaintainer = \"A <a@b.org>\"\n";
    fs::write(&manifest, text).unwrap();
    let said = kmod(krate.path(), &["package"]).run();
    assert!(
        said.code == 2 && said.err.contains("\n= help: write each part"),
        "{said:?}"
    );
}
