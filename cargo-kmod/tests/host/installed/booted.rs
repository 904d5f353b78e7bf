// SPDX-License-Identifier: GPL-2.0-only
//! A Debian with the packages boots, as a machine does: firmware, initramfs, udev and systemd have their say, and the
//! kernel takes signed modules only.

use std::fs;
use std::path::Path;

use super::machine::{TRIAL_UNIT, boots, disk, key, replaced, signed, tries};
use super::{BOOKWORM, Root, firmware, judge};
use crate::packages::{METADATA, krate, prepared};

/// Waits for the device, and goes when it goes.
const UNIT: &str = "[Unit]\n\
    Description=Draws a ticket\n\
    BindsTo=dev-ticket.device\n\
    After=dev-ticket.device\n\n\
    [Service]\n\
    Type=oneshot\n\
    RemainAfterExit=yes\n\
    ExecStart=/bin/dd if=/dev/ticket of=/run/ticketd bs=64 count=1\n";

/// What the guest does when it has booted: a line for each thing that holds, or does not.
const TRIAL: &str = r#"
draws() { runuser -u "$1" -- dd if=/dev/ticket bs=64 count=1; }
order() { dmesg | awk '/ticket: loading out-of-tree/ { seen = 1 } /EXT4-fs \(vda\): mounted/ { code = !seen; exit } END { exit code }'; }
active() { timeout 120 sh -c 'until systemctl is-active ticketd; do sleep 1; done'; }
inactive() { timeout 120 sh -c 'while systemctl is-active ticketd; do sleep 1; done'; }
there() { udevadm settle; timeout 120 sh -c 'until test -e /dev/ticket; do sleep 1; done'; }

check "loaded at boot" loaded ticket
check "by the initramfs" order
there
check "mode and group of the node" test "$(stat -c '%a %U %G' /dev/ticket)" = "660 root plugdev"
check "a unit that waits for the device" active
check "parameters of modprobe.d" grep -qx 500 /run/ticketd
check "an ordinary user of the group" draws alice
check "and no other one" refused draws bob
check "who sits at the machine" says 'TAGS=.*:uaccess:' udevadm info /dev/ticket
check "the page" says 'Hands out ticket numbers' man -f ticket

check "removed by hand" rmmod ticket
check "the unit goes with the device" inactive
check "modules-load.d" systemctl restart systemd-modules-load
check "loaded by it" loaded ticket
there
check "the unit comes with the device" active

check "removed again" rmmod ticket
file=$(modinfo -n ticket)
cp "$file" /run/changed.ko
printf 'X' | dd of=/run/changed.ko bs=1 seek=4096 conv=notrunc 2> /dev/null
head -c -28 "$file" > /run/unsigned.ko
check "the kernel demands signatures" test "$(cat /sys/module/module/parameters/sig_enforce)" = Y
check "a changed module is refused" says 'Key was rejected' insmod /run/changed.ko
check "an unsigned one, too" says 'Key was rejected' insmod /run/unsigned.ko
check "the signed one is not" modprobe ticket

check "a module with trace events" modprobe vm_trace
count='tracepoint:vm_trace:* { @[probe] = count(); }'
check "its page says what bpftrace takes" grep -Fq "$count" /srv/vm_trace.page
check "and bpftrace counts them" says '@.tracepoint:vm_trace:vm_trace_values.: [1-9]' bpftrace -e "$count" -c '/bin/sh /srv/writes'

check "two packages with one device" says 'conflicts with kmod-device-ticket' refused dpkg --install /srv/other/*-common_*.deb
check "the first one is used on" draws alice

check "an upgrade while it is loaded" dpkg --install /srv/newer/*.deb
check "it stays" draws alice
exec 3< /dev/ticket
check "not removed while open" says 'in use' rmmod ticket
check "its package is, while open" dpkg --purge ticket-modules-RELEASE
check "and the module stays" dd bs=64 count=1 of=/dev/null <&3
exec 3<&-
check "until nobody has it open" rmmod ticket
check "then it is gone" says 'not found' modprobe ticket
check "what kernels share is purged" dpkg --purge ticket-modules-common
check "with its settings" test ! -e /etc/modprobe.d/ticket.conf
check "no unit has failed" test -z "$(systemctl --failed --no-legend --plain | grep -v systemd-modules-load)"
echo "TRIAL end"
"#;

#[test]
#[ignore = "takes root, mmdebstrap's Debian 12 and a VM that boots it, some ten minutes; docs/packages.md has the last run"]
fn a_machine_boots_with_them_and_takes_signed_modules_only() {
    let folder = tempfile::tempdir().unwrap();
    let certificate = key(folder.path());
    prepared(folder.path());
    let krate = krate(folder.path());
    let manifest = krate.join("Cargo.toml");
    let plain = fs::read_to_string(&manifest).unwrap();
    let metadata = METADATA.replace(
        "uaccess = true",
        "uaccess = true, wants = \"ticketd.service\"",
    ) + "initramfs = true\nunits = [\"ticketd.service\"]\n";
    replaced(&manifest, &[(METADATA, &metadata)]);
    fs::write(krate.join("ticketd.service"), UNIT).unwrap();
    let first = signed(&krate, folder.path(), "debs", &[]);
    replaced(&manifest, &[("load-at-boot", "revision = 2\nload-at-boot")]);
    let newer = signed(&krate, folder.path(), "newer", &[]);
    // Another module with the same device.
    fs::write(&manifest, plain).unwrap();
    let renamed = ("name = \"ticket\"", "name = \"raffle\"");
    replaced(&manifest, &[renamed]);
    let source = krate.join("src/lib.rs");
    replaced(&source, &[renamed, ("\"ticket/step\"", "\"raffle/step\"")]);
    replaced(
        &krate.join("Makefile"),
        &[("NAME := ticket", "NAME := raffle")],
    );
    let other = signed(&krate, folder.path(), "other", &[]);

    // One with trace events, of which its page says how bpftrace counts them.
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let traced = signed(&workspace, folder.path(), "traced", &["-p", "vm-trace"]);

    let root = Root::of(&BOOKWORM);
    root.has(&["bpftrace"]);
    let release = root.release();
    let first = root.bring(&first, "first");
    root.bring(&newer, "newer");
    root.bring(&other, "other");
    root.does(&["groupadd", "-f", "plugdev"]);
    root.does(&["useradd", "-G", "plugdev", "alice"]);
    root.does(&["useradd", "bob"]);
    fs::write(
        root.dir.join("srv/writes"),
        "echo 5 > /proc/vm_trace/values\n",
    )
    .unwrap();
    fs::write(root.dir.join("srv/settings"), "options ticket start=500\n").unwrap();
    root.dpkg(&["--install"], &first);
    let traced = root.bring(&traced, "traced");
    root.dpkg(&["--install"], &traced);
    root.does(&["cp", "/srv/settings", "/etc/modprobe.d/ticket.conf"]);
    root.does(&[
        "dpkg-reconfigure",
        "-fnoninteractive",
        &format!("ticket-modules-{release}"),
    ]);
    let image = format!("/boot/initrd.img-{release}");
    let listed = root.does(&["lsinitramfs", &image]);
    assert!(listed.contains("/updates/ticket.ko"), "{listed}");
    root.does(&[
        "systemd-analyze",
        "verify",
        "--man=no",
        "/usr/lib/systemd/system/ticketd.service",
    ]);
    root.does(&["mandb", "-q"]);
    let page = root.does(&["env", "MANWIDTH=500", "man", "--warnings", "4", "vm_trace"]);
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    fs::write(root.dir.join("srv/vm_trace.page"), page).unwrap();
    // In the VM, making it anew would be most of the time.
    root.does(&["mv", &image, "/srv"]);
    tries(&root, &TRIAL.replace("RELEASE", &release), TRIAL_UNIT);

    let machine = folder.path().join("machine");
    fs::create_dir(&machine).unwrap();
    let firmware = firmware::knowing(&certificate, &machine);
    let image = machine.join("disk");
    disk(&root.dir, &image);
    let said = boots(&firmware, &root.dir, &release, &image);
    judge(TRIAL, &said);
}
