// SPDX-License-Identifier: GPL-2.0-only
//! The initramfs that dracut makes, in a Debian that has it in the place of initramfs-tools.

use std::fs;
use std::path::Path;

use super::machine::{TRIAL_UNIT, boots, disk, key, replaced, signed, tries};
use super::{BOOKWORM, INCLUDE, Root, firmware, judge};
use crate::packages::{METADATA, krate, prepared};

const TRIAL: &str = r#"
order() { dmesg | awk '/ticket: loading out-of-tree/ { seen = 1 } /EXT4-fs \(vda\): mounted/ { code = !seen; exit } END { exit code }'; }
there() { udevadm settle; timeout 120 sh -c 'until test -e /dev/ticket; do sleep 1; done'; }

check "loaded" loaded ticket
check "by the initramfs" order
there
check "with the settings of modprobe.d" says 500 dd if=/dev/ticket bs=64 count=1
echo "TRIAL end"
"#;

#[test]
#[ignore = "takes root, mmdebstrap's Debian 12 and a VM that boots it, some ten minutes; docs/packages.md has the last run"]
fn dracut_takes_it_into_its_initramfs() {
    let folder = tempfile::tempdir().unwrap();
    let certificate = key(folder.path());
    prepared(folder.path());
    let krate = krate(folder.path());
    // The initramfs is to load it, and nothing else.
    let metadata = METADATA.replace("load-at-boot", "initramfs");
    replaced(&krate.join("Cargo.toml"), &[(METADATA, &metadata)]);
    let debs = signed(&krate, folder.path(), "debs", &[]);

    let include = INCLUDE.replace("initramfs-tools", "dracut");
    let kernel = format!("linux-image-{}", BOOKWORM.kernel);
    let root = Root::with(
        "bookworm-dracut",
        BOOKWORM.codename,
        &format!("{include},{kernel}"),
    );
    let release = root.release();
    let image = format!("/boot/initrd.img-{release}");
    let has_it = || {
        let listed = root.does(&["lsinitrd", &image]);
        listed.contains("/updates/ticket.ko")
    };
    assert!(!has_it());
    let before = root.files();
    let debs = root.bring(&debs, "debs");
    let settings = root.dir().join("etc/modprobe.d/ticket.conf");
    fs::write(settings, "options ticket start=500\n").unwrap();
    root.dpkg(&["--force-confold", "--install"], &debs);
    assert!(has_it());
    let package = format!("ticket-modules-{release}");

    // A kernel for which there is no such module gets its initramfs.
    let other = format!("{release}-other");
    let [from, to] = [&release, &other].map(|release| format!("/lib/modules/{release}"));
    root.does(&["cp", "-a", &from, &to]);
    root.does(&["rm", "-r", &format!("{to}/updates")]);
    root.does(&["depmod", &other]);
    root.does(&["dracut", "--force", "/srv/other.img", &other]);
    root.does(&["rm", "-r", &to]);

    fs::copy(
        root.dir().join(&image[1..]),
        root.dir().join(format!("srv/initrd.img-{release}")),
    )
    .unwrap();
    tries(&root, TRIAL, TRIAL_UNIT);
    let machine = folder.path().join("machine");
    fs::create_dir(&machine).unwrap();
    let firmware = firmware::knowing(&certificate, &machine);
    let system = machine.join("disk");
    disk(root.dir(), &system);
    judge(TRIAL, &boots(&firmware, root.dir(), &release, &system));

    let all = [&*package, "ticket-modules-common", "ticket-modules-dev"].map(str::to_owned);
    root.dpkg(&["--purge"], &all);
    assert!(!has_it());
    let own = Path::new("/etc/systemd/system");
    let left = root.files();
    let left = left.difference(&before);
    let left: Vec<_> = left
        .filter(|file| !Path::new(file).starts_with(own))
        .collect();
    assert!(left.is_empty(), "left behind: {left:?}");
}
