// SPDX-License-Identifier: GPL-2.0-only
//! What the kernel tells user space of devices, as udev hears it.

use std::fs::File;
use std::io::{self, Read};
use std::mem;
use std::os::fd::{AsRawFd, FromRawFd};
use std::ptr;
use std::time::{Duration, Instant};

use crate::events::poll;
use crate::guest;

/// The events of all devices, from when it was made on.
#[derive(Debug)]
pub struct Uevents {
    socket: File,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uevent {
    /// `add`, `remove`, `change`, …
    pub action: String,
    /// The device's folder below `/sys`.
    pub path: String,
    /// What is told of it, in the kernel's order, `ACTION` and `DEVPATH` included.
    pub variables: Vec<(String, String)>,
}

impl Uevent {
    /// A variable's value.
    pub fn variable(&self, name: &str) -> Option<&str> {
        let mut all = self.variables.iter();
        let found = all.find(|(of, _)| of == name)?;
        Some(&found.1)
    }
}

/// The kernel's own group, not udev's.
const KERNEL: u32 = 1;

/// More than the kernel says of one.
const EVENT_MAX: usize = 8192;

impl Uevents {
    /// Listens from now on.
    ///
    /// # Errors
    /// What `socket(2)` and `bind(2)` give.
    pub fn listen() -> io::Result<Self> {
        guest::require();
        let kind = libc::SOCK_DGRAM | libc::SOCK_CLOEXEC;
        // SAFETY: it takes numbers.
        let fd = unsafe { libc::socket(libc::AF_NETLINK, kind, libc::NETLINK_KOBJECT_UEVENT) };
        if fd < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: it has just been opened, and nobody else has it.
        let socket = unsafe { File::from_raw_fd(fd) };
        // SAFETY: it is made of numbers.
        let mut address: libc::sockaddr_nl = unsafe { mem::zeroed() };
        address.nl_family = libc::AF_NETLINK as _;
        address.nl_groups = KERNEL;
        let len = mem::size_of_val(&address) as libc::socklen_t;
        // SAFETY: the address is ours, and that long.
        let bound = unsafe { libc::bind(socket.as_raw_fd(), ptr::from_ref(&address).cast(), len) };
        match bound {
            0 => Ok(Self { socket }),
            _ => Err(io::Error::last_os_error()),
        }
    }

    /// The next event of a device whose path ends so, if it comes in time.
    ///
    /// # Errors
    /// What `poll(2)` and `read(2)` give.
    pub fn next_of(&mut self, end: &str, timeout: Duration) -> io::Result<Option<Uevent>> {
        let start = Instant::now();
        loop {
            let left = timeout.saturating_sub(start.elapsed());
            if poll(&self.socket, libc::POLLIN, left)? == 0 {
                return Ok(None);
            }
            let mut bytes = vec![0; EVENT_MAX];
            let n = self.socket.read(&mut bytes)?;
            let event = parse(&bytes[..n]);
            if event.path.ends_with(end) {
                return Ok(Some(event));
            }
        }
    }
}

/// `ACTION@PATH`, and then a variable each, all ended by a NUL.
fn parse(bytes: &[u8]) -> Uevent {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split_terminator('\0');
    let (action, path) = parts
        .next()
        .and_then(|first| first.split_once('@'))
        .unwrap_or_default();
    let variables = parts.filter_map(|part| part.split_once('='));
    Uevent {
        action: action.to_owned(),
        path: path.to_owned(),
        variables: variables
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_taken_apart() {
        let event = parse(b"add@/devices/virtual/misc/x\0ACTION=add\0A=b=c\0");
        assert_eq!(
            (&*event.action, &*event.path),
            ("add", "/devices/virtual/misc/x")
        );
        assert_eq!(event.variable("A"), Some("b=c"));
        assert_eq!(event.variable("B"), None);
        assert_eq!(event.variables.len(), 2);
    }
}
