// SPDX-License-Identifier: GPL-2.0-only
//! A device that is there has its module found by the alias that the kernel gives it: `depmod` and `modprobe` themselves
//! are asked.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::kmod;

/// The kernel for which the modules here are installed.
const RELEASE: &str = "1.2.3";

/// A driver for each bus.
const SOURCE: &str = r#"
#![no_std]
#![forbid(unsafe_code)]
use kmod_core::dmi::dmi_table;
use kmod_core::prelude::*;

/// Has a driver for each bus
#[kernel_module(name = "of_all_buses", license = "GPL")]
#[derive(Default)]
struct OfAllBuses {
    #[pci_driver(ids = [(0x1234, 0x11e8, 0x1af4, _), (0x10ec, _)])]
    pci: DefaultDriver<Nothing>,
    #[platform_driver(ids = ["acme-fan"], acpi = ["ACME0001"], of = ["acme,fan"], dmi = MODELS)]
    platform: DefaultDriver<Nothing>,
    #[acpi_driver(ids = ["ACME0002"])]
    acpi: DefaultDriver<Nothing>,
    #[i2c_driver(ids = ["lm75"])]
    i2c: DefaultDriver<Nothing>,
    #[spi_driver(ids = ["mcp3008"])]
    spi: DefaultDriver<Nothing>,
    #[hid_driver(ids = [(BUS_USB, 0x1209, 0xa4ca), (_, 0x1209, 0xa4cb)])]
    hid: Pads,
    #[usb_driver(ids = [(0x1209, 0xbeac), (class(0xff, 0x42, _))])]
    usb: DefaultDriver<Nothing>,
    #[wmi_driver(ids = ["7A1B3C5D-0001-4E0F-8A9B-1122334455AF"])]
    wmi: DefaultDriver<Nothing>,
}

dmi_table! {
    /// The machines that it is for.
    static MODELS: u32 = [
        { SysVendor = "Gale", ProductName ~ "Breeze 14" } => 14,
    ];
}

#[device]
#[derive(Default)]
struct Nothing {}

#[derive(Default)]
struct Pads;

#[handlers]
impl HidDriver for Pads {
    type Device = Nothing;

    fn probe(&self, _device: &HidDevice<'_, Self>) -> Result<Nothing> {
        Ok(Nothing {})
    }
}
"#;

/// What the kernel writes into `modalias` of a device that it is for, and of one that differs a little.
const ALIASES: &[(&str, &str)] = &[
    (
        "pci:v00001234d000011E8sv00001AF4sd00001100bc00scFFi00",
        "pci:v00001234d000011E8sv00001AF5sd00001100bc00scFFi00",
    ),
    (
        "pci:v000010ECd00008168sv00001043sd00008168bc02sc00i00",
        "pci:v000010EDd00008168sv00001043sd00008168bc02sc00i00",
    ),
    ("platform:acme-fan", "platform:acme-fans"),
    ("acpi:ACME0001:", "acpi:ACME0003:"),
    // One whose own id is unknown, and which is compatible.
    ("acpi:ACME0999:ACME0002:", "acpi:ACME0999:ACME0998:"),
    ("of:NfanT(null)Cacme,fan", "of:NfanT(null)Cacme,fan-2"),
    (
        "of:NfanTcoolerCacme,fan-2Cacme,fan",
        "of:NfanTcoolerCacme,fan-2",
    ),
    (
        "dmi:bvnGale:bvr1.07:bd01/02/2026:svnGale:pnGaleBreeze14X:pvr1:rvnGale:rnB:rvr1:cvnGale:ct10:cvr1:sku:",
        "dmi:bvnGale:bvr1.07:bd01/02/2026:svnGale:pnGaleBreeze15X:pvr1:rvnGale:rnB:rvr1:cvnGale:ct10:cvr1:sku:",
    ),
    ("i2c:lm75", "i2c:lm76"),
    ("spi:mcp3008", "spi:mcp3004"),
    (
        "hid:b0003g0001v00001209p0000A4CA",
        "hid:b0005g0001v00001209p0000A4CA",
    ),
    (
        "hid:b0005g0004v00001209p0000A4CB",
        "hid:b0005g0004v00001209p0000A4CC",
    ),
    (
        "usb:v1209pBEACd0100dc00dsc00dp00icFFisc00ip00in00",
        "usb:v1209pBEADd0100dc00dsc00dp00icFFisc00ip00in00",
    ),
    (
        "usb:v0627p0001d0000dc00dsc00dp00icFFisc42ip07in01",
        "usb:v0627p0001d0000dc00dsc00dp00icFFisc43ip07in01",
    ),
    (
        "wmi:7A1B3C5D-0001-4E0F-8A9B-1122334455AF",
        "wmi:7A1B3C5D-0001-4E0F-8A9B-1122334455AE",
    ),
];

/// A root with these modules installed, as `depmod` has left it.
struct Installed(tempfile::TempDir);

impl Installed {
    fn new(modules: &[&Path]) -> Self {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("lib/modules").join(RELEASE);
        fs::create_dir_all(folder.join("updates")).unwrap();
        // Else it warns.
        for name in [
            "modules.order",
            "modules.builtin",
            "modules.builtin.modinfo",
        ] {
            fs::write(folder.join(name), "").unwrap();
        }
        for module in modules {
            let name = module.file_name().unwrap();
            fs::copy(module, folder.join("updates").join(name)).unwrap();
        }
        let mut depmod = Command::new("depmod");
        depmod.arg("-b").arg(root.path()).arg(RELEASE);
        assert!(depmod.status().unwrap().success());
        Self(root)
    }

    /// What `modprobe` would load for a device with this alias.
    fn found(&self, alias: &str) -> String {
        let mut modprobe = Command::new("modprobe");
        modprobe.arg("-d").arg(self.0.path());
        modprobe.args(["-S", RELEASE, "-R", alias]);
        let output = modprobe.output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }
}

/// Where a module is that was built, of which the command tells.
fn built(said: &str) -> PathBuf {
    PathBuf::from(said.split_once(" (").unwrap().0)
}

#[test]
fn a_device_of_each_bus_has_its_module_found() {
    let folder = tempfile::tempdir().unwrap();
    kmod(folder.path(), &["new", "of_all_buses"]).run();
    let krate = folder.path().join("of_all_buses");
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::copy(workspace.join("Cargo.lock"), krate.join("Cargo.lock")).unwrap();
    fs::write(krate.join("src/lib.rs"), SOURCE).unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    // One that has all buses.
    let said = kmod(&krate, &["build", "-k", "6.1-amd64"])
        .env("CARGO_TARGET_DIR", target.as_os_str())
        .run();
    assert_eq!(said.code, 0, "{said:?}");
    let installed = Installed::new(&[&built(&said.out)]);
    for (alias, other) in ALIASES {
        assert_eq!(installed.found(alias), "of_all_buses", "{alias}");
        assert_eq!(installed.found(other), "", "{other}");
    }
}

/// What the kernel calls devices that are there is read in a VM.
#[test]
fn a_card_that_is_there_has_its_module_found() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let said = kmod(&workspace, &["build", "-p", "vm-hooks"]).run();
    assert_eq!(said.code, 0, "{said:?}");
    let ours = built(&said.out);
    let twin = ours.with_file_name("vm_hooks_c.ko");
    let installed = Installed::new(&[&ours, &twin]);
    let run = ["run", "-p", "vm-hooks", "--", "cat"];
    let files = [
        "/sys/bus/pci/drivers/vm_hooks/0000:00:01.0/modalias",
        "/sys/bus/pci/devices/0000:00:02.0/modalias",
    ];
    let said = kmod(&workspace, &[&run[..], &files].concat()).run();
    assert_eq!(said.code, 0, "{said:?}");
    let found: Vec<_> = said
        .out
        .lines()
        .map(|alias| installed.found(alias))
        .collect();
    assert_eq!(found, ["vm_hooks", "vm_hooks_c"], "{said:?}");
}
