// SPDX-License-Identifier: GPL-2.0-only
//! The devices of the module and of its twin, as user space has them.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;

use kmod_test::{Loaded, TempDir, errno, load, load_named, mknod};

pub const EAGAIN: i32 = 11;
pub const EBUSY: i32 = 16;

const O_NONBLOCK: i32 = 0o4000;

/// A device with a buffer.
pub struct Device {
    /// Its folder in sysfs.
    pub folder: String,
    /// Its node, which is open.
    pub node: File,
    temporary: TempDir,
}

impl Device {
    /// That of this name, below this platform device; its node is open so that reads do not wait.
    pub fn find(parent: &str, name: &str) -> Self {
        Self::with(parent, name, O_NONBLOCK)
    }

    /// One whose node is open with these flags.
    pub fn with(parent: &str, name: &str, flags: i32) -> Self {
        let entries = fs::read_dir(format!("/sys/devices/platform/{parent}")).unwrap();
        let folders = entries.map(|entry| entry.unwrap().path());
        let mut devices = folders.filter(|folder| {
            let shown = fs::read_to_string(folder.join("name"));
            shown.is_ok_and(|shown| shown.trim() == name)
        });
        let folder = devices.next().unwrap().to_str().unwrap().to_owned();
        let numbers = fs::read_to_string(format!("{folder}/dev")).unwrap();
        let (major, minor) = numbers.trim().split_once(':').unwrap();
        let temporary = TempDir::new().unwrap();
        let path = temporary.join("node");
        mknod(&path, major.parse().unwrap(), minor.parse().unwrap()).unwrap();
        let node = OpenOptions::new()
            .read(true)
            .custom_flags(flags)
            .open(&path)
            .unwrap();
        Self {
            folder,
            node,
            temporary,
        }
    }

    /// What a file shows.
    pub fn shown(&self, file: &str) -> Result<String, i32> {
        errno(fs::read_to_string(format!("{}/{file}", self.folder)))
    }

    /// With one `write(2)`.
    pub fn write(&self, file: &str, text: &str) -> Result<usize, i32> {
        write(&format!("{}/{file}", self.folder), text)
    }

    /// Has this trigger, and these elements on.
    pub fn begin(&self, trigger: &str, elements: &[&str]) {
        self.write("trigger/current_trigger", trigger).unwrap();
        for entry in fs::read_dir(format!("{}/scan_elements", self.folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if let Some(element) = name.strip_suffix("_en") {
                let on = if elements.contains(&element) {
                    "1"
                } else {
                    "0"
                };
                self.write(&format!("scan_elements/{name}"), on).unwrap();
            }
        }
        self.write("buffer/length", "16").unwrap();
    }

    /// What can be read at once.
    pub fn read(&self, most: usize) -> Result<Vec<u8>, i32> {
        let mut bytes = vec![0; most];
        let count = errno((&self.node).read(&mut bytes))?;
        bytes.truncate(count);
        Ok(bytes)
    }

    /// Opens its node once more.
    pub fn open_again(&self) -> Result<File, i32> {
        errno(File::open(self.temporary.join("node")))
    }
}

/// A device keeps its trigger, and that its module.
impl Drop for Device {
    fn drop(&mut self) {
        let _ = self.write("buffer/enable", "0");
        let _ = self.write("trigger/current_trigger", "\n");
    }
}

/// With one `write(2)`.
pub fn write(path: &str, text: &str) -> Result<usize, i32> {
    let file = errno(OpenOptions::new().write(true).open(path));
    file.and_then(|mut file| errno(file.write(text.as_bytes())))
}

/// A file of the twin's.
pub fn twin(file: &str) -> String {
    format!("/sys/module/vm_iio_buffer_c/parameters/{file}")
}

/// The twin, which has the trigger.
pub fn load_trigger() -> Loaded {
    load_named("vm_iio_buffer_c", &[]).unwrap()
}

/// Both modules, and their devices of this name.
pub fn both(name: &str) -> ([Loaded; 2], [Device; 2]) {
    let modules = [load(&[]).unwrap(), load_trigger()];
    let devices = ["vm_iio_buffer", "vm_iio_buffer_c"].map(|parent| Device::find(parent, name));
    (modules, devices)
}

/// Fires the trigger so often, each time when the handlers of the time before are done.
pub fn fire(times: u32) {
    fs::write(twin("poll"), times.to_string()).unwrap();
}
