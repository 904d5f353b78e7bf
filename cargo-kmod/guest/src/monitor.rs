// SPDX-License-Identifier: GPL-2.0-only
//! QEMU's monitor, by which devices come and go.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};

use rustix::termios::{OptionalActions, QueueSelector, tcflush, tcgetattr, tcsetattr};

use crate::guest;

/// The variable with the serial port behind which it is.
pub const MONITOR: &str = "KMOD_MONITOR";

/// QEMU's monitor, which speaks QMP, behind a serial port of the guest. It is there for a module whose
/// `Cargo.toml` asks for it: `[package.metadata.kmod] monitor = true`.
///
/// ```no_run
/// #[test]
/// fn a_card_is_pulled_out_and_put_in() -> std::io::Result<()> {
///     let mut monitor = kmod_test::Monitor::open()?;
///     monitor.device_del("card")?;
///     monitor.device_add("edu,id=card,bus=switched")
/// }
/// ```
#[derive(Debug)]
pub struct Monitor {
    port: BufReader<File>,
    /// Of the last command.
    id: u32,
}

impl Monitor {
    /// Begins to speak with it.
    ///
    /// # Errors
    /// When there is none, or it does not answer.
    pub fn open() -> io::Result<Self> {
        guest::require();
        let port = std::env::var(MONITOR).map_err(|_| {
            io::Error::other(
                "no monitor: [package.metadata.kmod] in Cargo.toml needs monitor = true",
            )
        })?;
        let path = format!("/dev/{port}");
        let port = OpenOptions::new().read(true).write(true).open(path)?;
        let mut raw = tcgetattr(&port)?;
        raw.make_raw();
        tcsetattr(&port, OptionalActions::Now, &raw)?;
        tcflush(&port, QueueSelector::IOFlush)?;
        let mut monitor = Self {
            port: BufReader::new(port),
            id: std::process::id() << 8,
        };
        // What came before the port was raw it has sent back, in part: a byte that no JSON has lets QEMU forget that.
        monitor.port.get_mut().write_all(b"\xff\n")?;
        // It has been told so already if a test was here before.
        match monitor.execute("qmp_capabilities", "{}") {
            Err(error) if !error.to_string().contains("already complete") => Err(error),
            _ => Ok(monitor),
        }
    }

    /// Puts a device in, as QEMU's `-device` takes it.
    ///
    /// # Errors
    /// When QEMU refuses it.
    pub fn device_add(&mut self, device: &str) -> io::Result<()> {
        self.command(&format!("device_add {device}"))
    }

    /// Does what one would type at QEMU's prompt, and is silent if it succeeds: `watchdog_action none`.
    ///
    /// # Errors
    /// When QEMU says something.
    pub fn command(&mut self, line: &str) -> io::Result<()> {
        let arguments = format!("{{\"command-line\":{}}}", quoted(line));
        let answer = self.execute("human-monitor-command", &arguments)?;
        match string(&answer, "return").as_deref() {
            Some("") => Ok(()),
            why => Err(io::Error::other(why.unwrap_or(&answer).trim_end())),
        }
    }

    /// Asks the guest to let go of the device of this `id`, and waits until QEMU has taken it out.
    ///
    /// # Errors
    /// When QEMU refuses that.
    pub fn device_del(&mut self, id: &str) -> io::Result<()> {
        self.execute("device_del", &format!("{{\"id\":{}}}", quoted(id)))?;
        loop {
            let line = self.line()?;
            let is_of_it = string(&line, "device").as_deref() == Some(id);
            if is_of_it && string(&line, "event").as_deref() == Some("DEVICE_DELETED") {
                return Ok(());
            }
        }
    }

    /// The answer to a command of QMP, as JSON.
    fn execute(&mut self, command: &str, arguments: &str) -> io::Result<String> {
        self.id += 1;
        let id = self.id;
        let text = format!("{{\"execute\":\"{command}\",\"arguments\":{arguments},\"id\":{id}}}\n");
        self.port.get_mut().write_all(text.as_bytes())?;
        loop {
            // Its greeting comes before, or what is left of it, and events do at any time.
            let line = self.line()?;
            if !line.contains(&format!("\"id\": {id}")) {
                continue;
            }
            return match line.contains("\"error\":") {
                true => Err(io::Error::other(string(&line, "desc").unwrap_or(line))),
                false => Ok(line),
            };
        }
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = Vec::new();
        match self.port.read_until(b'\n', &mut line)? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(String::from_utf8_lossy(&line).into_owned()),
        }
    }
}

/// A string of JSON.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The first string that has this key, in JSON as QEMU writes it.
fn string(json: &str, key: &str) -> Option<String> {
    let (_, rest) = json.split_once(&format!("\"{key}\": \""))?;
    let mut text = String::new();
    let mut chars = rest.chars();
    loop {
        match chars.next()? {
            '"' => return Some(text),
            '\\' => match chars.next()? {
                'n' => text.push('\n'),
                'r' => text.push('\r'),
                other => text.push(other),
            },
            other => text.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_there_and_back() {
        assert_eq!(quoted("a\"b\\"), r#""a\"b\\""#);
        let answer = r#"{"return": "Error: \"x\" is no device\r\n", "id": 3}"#;
        let said = string(answer, "return");
        assert_eq!(said.as_deref(), Some("Error: \"x\" is no device\r\n"));
        assert_eq!(string(r#"{"return": {}, "id": 3}"#, "return"), None);
        assert_eq!(string(r#"{"return": "cut"#, "return"), None);
    }
}
